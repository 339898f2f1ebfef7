#include <gtest/gtest.h>

#include "base/error.h"
#include "pipeline/ask/tools.h"

namespace cadrecode::ask {
namespace {

TEST(Diff, ShowsWhatChangedWithItsSurroundings) {
  std::string a, b;
  for (int i = 1; i <= 30; ++i) {
    a += "line " + std::to_string(i) + "\n";
    b += i == 10 ? "line ten\n" : i == 28 ? "" : "line " + std::to_string(i) + "\n";
  }
  const std::string d = unified_diff(a, b, "p.py");
  EXPECT_NE(d.find("@@ -7,7 +7,7 @@"), std::string::npos) << d;
  EXPECT_NE(d.find("-line 10\n+line ten\n"), std::string::npos) << d;
  EXPECT_NE(d.find("@@ -25,6 +25,5 @@"), std::string::npos) << d;
  EXPECT_EQ(d.find(" line 20\n"), std::string::npos) << d;
  EXPECT_EQ(unified_diff(a, a, "p.py"), "");
  EXPECT_NE(unified_diff("", "x\n", "p.py").find("@@ -0,0 +1,1 @@"), std::string::npos);
}

TEST(Program, InAnAnswer) {
  EXPECT_EQ(program_in("Here:\n```python\nimport cadquery as cq\nr = 1\n```\nDone."),
            "import cadquery as cq\nr = 1\n");
  EXPECT_EQ(program_in("import cadquery as cq\nr = 1\n"), "import cadquery as cq\nr = 1\n");
  EXPECT_EQ(program_in("```\nprint(1)\n```"), "");
  EXPECT_EQ(program_in("I cannot do that."), "");
  EXPECT_EQ(program_in("```python\nimport cadquery"), "");
}

TEST(Tools, MeasureAndRefuse) {
  sheet::Sheet s;
  s.unit = "mm";
  s.box.add(Vec3{0, 0, 0}), s.box.add(Vec3{10, 20, 30});
  sheet::Feature f;
  f.id = 1, f.kind = sheet::FeatureKind::kHole, f.diameter = 6, f.axis = {0, 0, 1};
  s.features = {f, f};
  s.features[1].id = 2, s.features[1].center = {3, 4, 12};
  const auto tools = measuring_tools(s);
  const auto call = [&](size_t i, const std::string& a) { return tools[i].call(a); };
  EXPECT_NE(call(0, R"({"of":"hole","property":"count"})").find("\"answer\":2"), std::string::npos);
  EXPECT_NE(call(1, R"({"id":2})").find("\"diameter\":6"), std::string::npos);
  EXPECT_NE(call(2, R"({"a":1,"b":2})").find("\"between_centers\":13"), std::string::npos);
  EXPECT_NE(call(2, R"({"a":1,"b":2})").find("\"across_axis_of_a\":5"), std::string::npos);
  EXPECT_NE(call(3, "{}").find("wall_thickness") == std::string::npos
                ? call(3, "{}").find("features")
                : 0,
            std::string::npos);
  for (const char* bad : {"", "[]", "{\"id\":\"x\"}", "{\"id\":99}"})
    EXPECT_THROW(call(1, bad), Error) << bad;
}

}  // namespace
}  // namespace cadrecode::ask
