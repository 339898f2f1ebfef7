#include "pipeline/question/question.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "pipeline/question/json.h"

namespace cadrecode::question {
namespace {

sheet::Feature hole(int id, double diameter, Vec3 at, bool through, sheet::Sides sides) {
  sheet::Feature f;
  f.id = id, f.kind = FeatureKind::kHole, f.form = "plain";
  f.diameter = diameter, f.depth = through ? 10 : 4, f.through = through;
  f.center = f.position = at, f.axis = {0, 0, 1};
  f.sides = f.on = sides;
  return f;
}

// A plate of 100 x 50 x 10 with three holes.
Sheet plate() {
  Sheet s;
  s.unit = "mm";
  s.box.add(Vec3{0, 0, 0}), s.box.add(Vec3{100, 50, 10});
  s.volume = 50000, s.area = 13000, s.center = {50, 25, 5};
  s.wall = {9, 10, 10, 1};
  s.bodies.resize(1);
  s.faces_of_kind = {6, 3, 0, 0, 0, 0};
  const sheet::Sides both = sheet::kTop | sheet::kBottom;
  s.features = {hole(1, 6, {10, 10, 5}, true, both), hole(2, 6, {90, 10, 5}, true, both),
                hole(3, 12, {50, 25, 8}, false, sheet::kTop)};
  return s;
}

std::string ask(const std::string& text) {
  const Sheet s = plate();
  return answer(s, parse(text, "mm")).text;
}

TEST(Question, Table) {
  const std::vector<std::pair<const char*, const char*>> kTable = {
      {"How many holes are there?", "3"},
      {"how many through holes does the part have", "2"},
      {"number of blind holes", "1"},
      {"How many holes are visible from the bottom?", "2"},
      {"How many holes are larger than 10 mm?", "1"},
      {"how many holes with a diameter between 5 and 7 mm are there", "2"},
      {"how many holes with a radius of 3 mm are there", "2"},
      {"how many 6 mm holes are there?", "2"},
      {"How many holes are above the center of the object?", "1"},
      {"how many holes are there excluding the bottom?", "1"},
      {"What is the diameter of the largest hole?", "12 mm"},
      {"What is the radius of the smallest hole?", "3 mm"},
      {"What is the diameter of the holes?", "6 (2 times), 12 mm"},
      {"What are the different diameters of the holes?", "6, 12 mm"},
      {"What is the depth of the deepest hole?", "10 mm"},
      {"What is the minimal distance between holes?", "42.8252 mm"},
      {"what is the maximum distance between the centers of two holes", "80 mm"},
      {"Where is the largest hole located?", "(50, 25, 8) mm"},
      {"How wide is the object?", "100 mm"},
      {"How deep is the object", "50 mm"},
      {"What is the height of the part?", "10 mm"},
      {"What is the width and height of the part?", "100, 10 mm"},
      {"overall dimensions of the object (width, depth and height)", "100, 50, 10 mm"},
      {"What is the volume?", "50000 mm³"},
      {"What is its surface area?", "13000 mm²"},
      {"What is the mass in steel?", "392.5 g"},
      {"How heavy is it in aluminum?", "135 g"},
      {"How thick is the wall?", "10 mm"},
      {"How many faces does it have?", "9"},
      {"how many cylindrical faces are there", "3"},
      {"Are there slots?", "no"},
      {"Does it have holes?", "yes"},
      {"What is the center of mass of the part?", "(50, 25, 5) mm"}};
  for (const auto& [text, expected] : kTable) {
    std::string got;
    try {
      got = ask(text);
    } catch (const Error& error) {
      got = error.what();
    }
    EXPECT_EQ(got, expected) << text;
  }
}

TEST(Question, UnitsInTheQuestion) {
  const Sheet s = plate();
  EXPECT_EQ(answer(s, parse("how many holes are larger than 1 cm?", "mm")).value.number, 1);
  EXPECT_EQ(answer(s, parse("how many holes are smaller than 0.5 inch?", "mm")).value.number, 3);
}

TEST(Question, RefusesWhatItDoesNotKnow) {
  for (const char* text :
       {"How wide is the gear?", "what is love", "How many holes and slots are there?", "diameter",
        "", "What is the mass of the part?",
        "what is the depth of the part visible from the left with frills"}) {
    EXPECT_THROW(parse(text, "mm"), Error) << text;
  }
}

TEST(Question, NothingMatchesIsNoNumber) {
  const Sheet s = plate();
  EXPECT_EQ(answer(s, parse("how many dimples are there?", "mm")).value.number, 0);
  EXPECT_THROW(answer(s, parse("what is the diameter of the dimples?", "mm")), Error);
  Sheet open = s;
  open.closed = false;
  EXPECT_THROW(answer(open, parse("what is the volume?", "mm")), Error);
}

TEST(Question, NeverCrashesOnAnyText) {
  const std::string seed =
      "How many through holes with a diameter between 5 and 7 mm are visible from the left?";
  for (size_t cut = 0; cut <= seed.size(); ++cut) {
    for (const std::string& text :
         {seed.substr(0, cut), seed.substr(cut), seed.substr(cut) + seed.substr(0, cut)}) {
      try {
        answer(plate(), parse(text, "mm"));
      } catch (const Error&) {
      }
    }
  }
}

TEST(Query, FromJson) {
  using nlohmann::json;
  const Sheet s = plate();
  const auto get = [&](const char* text) {
    return answer(s, query_from_json(json::parse(text))).text;
  };
  EXPECT_EQ(get(R"({"of":"hole","property":"count","through":true})"), "2");
  EXPECT_EQ(get(R"({"of":"hole","property":"diameter","reduce":"max"})"), "12 mm");
  EXPECT_EQ(get(R"({"of":"hole","property":"count","visible_from":["bottom"],"max_diameter":7})"),
            "2");
  EXPECT_EQ(get(R"({"of":"part","property":"mass","material":"steel"})"), "392.5 g");
  for (const char* bad : {R"({"of":"holes"})", R"({"of":3})", R"({"property":"colour"})", R"([])",
                          R"({"of":"hole","through":"yes"})", R"({"visible_from":"north"})",
                          R"({"of":"hole","min_diameter":"6"})"}) {
    EXPECT_THROW(query_from_json(json::parse(bad)), Error) << bad;
  }
}

}  // namespace
}  // namespace cadrecode::question
