#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "evaluation/benchmark/catalogue.h"
#include "evaluation/benchmark/data_set.h"
#include "evaluation/benchmark/predictions.h"
#include "evaluation/benchmark/store.h"

namespace cadrecode::benchmark {
namespace {

namespace fs = std::filesystem;

class InFolder : public testing::Test {
 protected:
  void SetUp() override {
    root_ =
        fs::temp_directory_path() / ("cadrecode-benchmark-" + std::to_string(getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }
  std::string path(const std::string& name) const { return (root_ / name).string(); }
  void put(const std::string& name, const std::string& text) const { write_file(path(name), text); }
  std::string get(const std::string& name) const { return read_file(path(name)); }
  fs::path root_;
};

const char* const kYaml =
    "title: t\ndata:\n  - {name: d, path: p}\nsystems:\n  - {name: A, predictions: q}\n";

std::string message_of(const std::string& yaml) {
  try {
    read_config(yaml, "f.yaml");
  } catch (const Error& e) {
    return to_string(e.place()) + " " + e.what();
  }
  return "";
}

TEST(Config, Defaults) {
  const Config c = read_config(kYaml, "f.yaml");
  EXPECT_EQ(c.title, "t");
  EXPECT_EQ(c.candidates, 1u);
  EXPECT_EQ(c.points, 256u);
  EXPECT_EQ(c.protocols, std::vector<std::string>{"cadrecode"});
  EXPECT_EQ(c.systems[0].kind, SystemKind::kPredictions);
}

TEST(Config, EverySystem) {
  const Config c = read_config(
      "data: [{path: some/parts}]\ncandidates: 10\nprotocol: [opencadrecode]\nsystems:\n"
      "  - {model: models/mini, temperature: 0.8, points: 128, weights: int8}\n"
      "  - {fit: true}\n  - {name: r, reconstruct: {candidates: 5, cloud: 2048}}\n"
      "  - {name: one, predictions: x.jsonl, key: k, candidates: 1}\n",
      "f.yaml");
  EXPECT_EQ(c.data[0].name, "parts");
  EXPECT_EQ(c.systems[0].name, "mini");
  EXPECT_EQ(*c.systems[0].points, 128u);
  EXPECT_EQ(c.systems[2].cloud, 2048u);
  EXPECT_EQ(c.systems[2].judged, 5u);
  EXPECT_EQ(*c.systems[3].candidates, 1u);
  EXPECT_EQ(c.protocols.front(), "cadrecode");  // always measured
  EXPECT_EQ(c.protocols.size(), 2u);
}

TEST(Config, SystemsForSomeDataSets) {
  const std::string data = "data: [{name: d, path: p}, {name: e, path: q}]\n";
  const Config c =
      read_config(data + "systems: [{name: A, predictions: x, data: e}, {fit: true}]", "f");
  EXPECT_FALSE(runs_on(c.systems[0], "d"));
  EXPECT_TRUE(runs_on(c.systems[0], "e"));
  EXPECT_TRUE(runs_on(c.systems[1], "d"));
  EXPECT_NE(message_of(data + "systems: [{fit: true, data: [d, g]}]").find("'g'"),
            std::string::npos);
}

TEST(Config, ErrorsNamePlaceAndRemedy) {
  const std::string base = kYaml;
  EXPECT_NE(message_of(base + "candidate: 3\n").find("f.yaml:6:1"), std::string::npos);
  EXPECT_NE(message_of(base + "candidate: 3\n").find("'candidates'"), std::string::npos);
  EXPECT_NE(message_of(base + "candidates: many\n").find("'many'"), std::string::npos);
  EXPECT_NE(message_of(base + "candidates: -1\n"), "");
  EXPECT_NE(message_of(base + "choose: [best]\n").find("oracle"), std::string::npos);
  EXPECT_NE(message_of(base + "protocol: icp\n").find("icp"), std::string::npos);
  EXPECT_NE(message_of("data: [{name: d, path: p}]\n").find("systems"), std::string::npos);
  EXPECT_NE(message_of("data: [{name: d}]\nsystems: [{fit: true}]\n").find("path"),
            std::string::npos);
  EXPECT_NE(message_of("data: [{name: ../d, path: p}]\nsystems: [{fit: true}]\n"), "");
  EXPECT_NE(message_of("data: [{path: p}, {path: q/p}]\nsystems: [{fit: true}]\n").find("twice"),
            std::string::npos);
  EXPECT_NE(message_of("data: [{path: p}]\nsystems: [{fit: true, model: m}]\n"), "");
  EXPECT_NE(
      message_of("data: [{path: p}]\ncandidates: 4\nsystems: [{model: m}]\n").find("temperature"),
      std::string::npos);
  EXPECT_NE(message_of("data: [\n"), "");
  EXPECT_NE(message_of(""), "");
  EXPECT_NE(message_of("- 1\n"), "");
}

TEST(Config, EveryPrefixIsReadOrRefused) {
  const std::string yaml = kYaml;
  for (size_t n = 0; n < yaml.size(); ++n) {
    try {
      read_config(yaml.substr(0, n), "f");
    } catch (const Error&) {
    }
  }
}

TEST_F(InFolder, DataOfFilesInOrderOfIds) {
  put("d/b.stl", "solid"), put("d/a.py", "x"), put("d/deep/a.step", "y"), put("d/n.txt", "-");
  put("d/a.stl", "z");
  DataConfig c;
  c.name = "d", c.path = path("d");
  const DataSet all = load_data(c, 1);
  std::vector<std::string> ids;
  for (const PartRef& p : all.parts) ids.push_back(p.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"a.py", "a.stl", "b", "deep/a"}));
  EXPECT_EQ(all.fingerprint.size(), 64u);
  EXPECT_EQ(load_data(c, 2).fingerprint, all.fingerprint);
  put("d/b.stl", "Solid");
  EXPECT_NE(load_data(c, 1).fingerprint, all.fingerprint);
  c.first = 1, c.every = 2;
  ASSERT_EQ(load_data(c, 1).parts.size(), 2u);
  EXPECT_EQ(load_data(c, 1).parts[1].number, 1u);
  c.path = path("none");
  EXPECT_THROW(load_data(c, 1), Error);
}

TEST_F(InFolder, DataOfRowsSplitsAndScans) {
  put("rows.jsonl", "{\"id\":\"a\",\"code\":\"1\"}\n\n{\"id\":\"b\",\"path\":\"b.stl\"}\n");
  put("b.stl", "s"), put("split.json", "{\"test\":[\"a\"]}"), put("scans/a.ply", "p");
  DataConfig c;
  c.name = "d", c.path = path("rows.jsonl"), c.split = path("split.json"), c.part = "test";
  c.input = path("scans");
  const DataSet set = load_data(c, 1);
  ASSERT_EQ(set.parts.size(), 1u);
  EXPECT_EQ(*set.parts[0].truth.code, "1");
  EXPECT_EQ(set.parts[0].shown.path, path("scans/a.ply"));
  c.part = "train";
  EXPECT_THROW(load_data(c, 1), Error);
  c.split = c.part = c.input = "";
  put("rows.jsonl", "{\"id\":\"a\",\"code\":\"1\"}\n{\"id\":\"a\",\"code\":\"2\"}\n");
  EXPECT_THROW(load_data(c, 1), Error);
  put("rows.jsonl", "{\"id\":\"a\"}\n");
  EXPECT_THROW(load_data(c, 1), Error);
}

TEST_F(InFolder, PredictionsOfEveryLayout) {
  put("f/a+0.py", "0"), put("f/a+2.py", "2"), put("f/b.stl", "s"), put("f/c+x.step", "c");
  put("f/b.py", "p");
  auto found = read_predictions(path("f"), "");
  ASSERT_EQ(found.at("a").size(), 3u);
  EXPECT_TRUE(found.at("a")[1].answer.missing());
  EXPECT_EQ(found.at("a")[1].kind, "missing");
  EXPECT_EQ(found.at("b")[0].answer.path, path("f/b.py"));  // programs count before meshes
  EXPECT_EQ(found.count("c+x"), 1u);

  put("o/generated_code/a.py", "0"), put("o/generated_stl/a.stl", "s");
  put("o/generated_stl/b.stl", "s");
  found = read_predictions(path("o"), "");
  EXPECT_EQ(found.at("a")[0].answer.path, path("o/generated_code/a.py"));
  EXPECT_EQ(found.at("b")[0].answer.path, path("o/generated_stl/b.stl"));

  put("r.jsonl",
      "{\"id\":\"a\",\"sample\":1,\"code\":\"one\",\"tokens\":5}\n"
      "{\"id\":\"a\",\"sample\":0,\"code\":null}\n");
  found = read_predictions(path("r.jsonl"), "");
  EXPECT_TRUE(found.at("a")[0].answer.missing());
  EXPECT_EQ(*found.at("a")[1].answer.code, "one");
  EXPECT_EQ(*found.at("a")[1].tokens, 5u);
  EXPECT_THROW(read_predictions(path("none"), ""), Error);
  EXPECT_THROW(read_predictions(path("r.jsonl"), "other"), Error);
}

// ---- store -----------------------------------------------------------------------

Config config() {
  return read_config("data: [{name: d, path: p}]\nsystems: [{name: A, predictions: q}]\n", "f");
}

Settings settings(uint64_t parts) {
  Settings s;
  s.data["d"] = {parts, "f00", "p"};
  s.systems["A"] = R"({"kind":"predictions"})";
  s.metrics = R"({"by":"auto"})";
  return s;
}

report::Row row(uint64_t part, uint32_t k, uint32_t of) {
  report::Row r;
  r.data = "d", r.system = "A", r.id = "p" + std::to_string(part), r.part = part;
  r.candidate = k, r.candidates = of, r.ok = true;
  r[report::Figure::kCd] = 0.25 * static_cast<double>(part) + k;
  return r;
}

void fill(Store& store, const std::vector<uint64_t>& parts) {
  for (const uint64_t p : parts) {
    if (store.measured({"d", "A", p})) continue;
    if (!store.take_answers({"d", "A", p}))
      store.add_answers({"d", "A", p}, "p" + std::to_string(p),
                        {{{"", "code " + std::to_string(p)}, {}, {}, {}}, {{}, "limit", "no", 3}});
    store.add_rows({row(p, 0, 2), row(p, 1, 2)});
  }
}

TEST_F(InFolder, GoesOnAfterEveryCut) {
  {
    Store store(path("whole"), {}, settings(3), false);
    fill(store, {0, 1, 2});
  }
  const std::string rows = get("whole/rows.jsonl"), answers = get("whole/predictions.jsonl");
  for (size_t n = 0; n < rows.size(); n += 7) {
    const std::string folder = "cut" + std::to_string(n);
    put(folder + "/settings.json", get("whole/settings.json"));
    put(folder + "/rows.jsonl", rows.substr(0, n));
    put(folder + "/predictions.jsonl", answers.substr(0, std::min(n + 40, answers.size())));
    {
      Store store(path(folder), {}, settings(3), false);
      fill(store, {0, 1, 2});
    }
    EXPECT_EQ(get(folder + "/rows.jsonl"), rows) << n;
    EXPECT_EQ(get(folder + "/predictions.jsonl"), answers) << n;
  }
}

TEST_F(InFolder, RefusesOtherSettings) {
  { Store store(path("f"), {}, settings(3), false); }
  Settings other = settings(3);
  other.systems["A"] = R"({"kind":"fit"})";
  EXPECT_THROW(Store(path("f"), {}, other, false), Error);
  other = settings(3), other.data["d"].fingerprint = "f01";
  EXPECT_THROW(Store(path("f"), {}, other, false), Error);
  other = settings(3), other.metrics = R"({"by":"mesh"})";
  EXPECT_THROW(Store(path("f"), {}, other, false), Error);
  EXPECT_NO_THROW(Store(path("f"), {}, other, true));
  other.systems["B"] = "{}";  // another system beside it is welcome
  EXPECT_NO_THROW(Store(path("f"), {}, other, false));
}

TEST_F(InFolder, RescoreKeepsTheAnswers) {
  {
    Store store(path("f"), {}, settings(2), false);
    fill(store, {0, 1});
  }
  Store store(path("f"), {}, settings(2), true);
  EXPECT_FALSE(store.measured({"d", "A", 0}));
  const auto kept = store.take_answers({"d", "A", 1});
  ASSERT_TRUE(kept);
  EXPECT_EQ(*(*kept)[0].answer.code, "code 1");
  EXPECT_EQ((*kept)[1].message, "no");
  EXPECT_EQ(*(*kept)[1].tokens, 3u);
}

TEST_F(InFolder, ShardsBecomeTheWhole) {
  {
    Store store(path("whole"), {}, settings(7), false);
    fill(store, {0, 1, 2, 3, 4, 5, 6});
  }
  for (uint64_t i = 0; i < 3; ++i) {
    Store store(path("parts"), {i, 3}, settings(7), false);
    for (uint64_t p = 0; p < 7; ++p)
      if (p % 3 == i) fill(store, {p});
  }
  collect(path("whole"), config()), collect(path("parts"), config());
  for (const char* file : {"/rows.jsonl", "/predictions.jsonl", "/settings.json"})
    EXPECT_EQ(get(std::string("parts") + file), get(std::string("whole") + file)) << file;
  EXPECT_FALSE(fs::exists(path("parts/rows-0-of-3.jsonl")));
  EXPECT_NO_THROW(collect(path("parts"), config()));  // again
}

std::string refusal(const std::string& folder) {
  try {
    collect(folder, config());
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

TEST_F(InFolder, MergeRefusesWhatIsIncompleteOrMixed) {
  {
    Store store(path("f"), {0, 2}, settings(4), false);
    fill(store, {0, 2});
  }
  EXPECT_NE(refusal(path("f")).find("never begun: 1/2"), std::string::npos);
  {
    Store store(path("f"), {1, 2}, settings(4), false);
    fill(store, {1});
  }
  EXPECT_NE(refusal(path("f")).find("1 of 4 parts of 'd' by 'A' (1/2: 1)"), std::string::npos)
      << refusal(path("f"));
  { Store store(path("f"), {2, 3}, settings(4), false); }
  EXPECT_NE(refusal(path("f")).find("different divisions"), std::string::npos);
  fs::remove(path("f/settings-2-of-3.json"));
  std::string text = get("f/settings-1-of-2.json");
  text.replace(text.find("auto"), 4, "mesh");
  put("f/settings-1-of-2.json", text);
  EXPECT_NE(refusal(path("f")).find("other settings"), std::string::npos);
  EXPECT_TRUE(fs::exists(path("f/rows-0-of-2.jsonl")));  // nothing was touched
}

TEST(Catalogue, TheCommittedSets) {
  const auto sets = known_sets();
  ASSERT_GE(sets.size(), 4u);
  for (const KnownSet& s : sets) {
    EXPECT_FALSE(s.title.empty()) << s.name;
    EXPECT_EQ(s.published.rfind("https://", 0), 0u) << s.name;
  }
  DataConfig c;
  c.name = "x", c.path = "p", c.set = "deepcad";
  EXPECT_NO_THROW(check_known(c, 8046));
  EXPECT_THROW(check_known(c, 8045), Error);
  c.set = "unheard-of";
  EXPECT_THROW(check_known(c, 1), Error);
  EXPECT_THROW(known_set_of("name: [", "f"), Error);
  EXPECT_THROW(known_set_of("name: a\n", "f"), Error);
}

}  // namespace
}  // namespace cadrecode::benchmark
