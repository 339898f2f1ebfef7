#include "evaluation/cadqa/cadqa.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.h"
#include "base/files.h"

namespace cadrecode::cadqa {
namespace {

Question label(const std::string& text, bool sorted = false) {
  Question q;
  q.label = text, q.sorted = sorted;
  return q;
}

TEST(Score, AsPublished) {
  EXPECT_TRUE(score(label("0.08121"), "0.081182907").right);  // both 0.0812
  EXPECT_FALSE(score(label("0.0301"), "0.030027193").right);
  EXPECT_TRUE(score(label("re(19|20)"), "20").right);
  EXPECT_FALSE(score(label("re(19|20)"), "2").right);
  EXPECT_TRUE(score(label("[0.02]"), "0.02").right);
  EXPECT_TRUE(score(label("[[0.1, 0.2, 0.3]]"), "[0.1, 0.2, 0.3]").right);
  EXPECT_TRUE(score(label("[0.2, 0.1]", true), "[0.1, 0.2]").right);
  EXPECT_FALSE(score(label("[0.2, 0.1]"), "[0.1, 0.2]").right);
  EXPECT_TRUE(score(label("[-0.00001, 1.0]"), "[0.0, 1.0]").right);  // -0.0 becomes 0.0
  EXPECT_TRUE(score(label("re\\[0.276(6|7), 0.1\\]"), "[0.2767, 0.1]").right);
  EXPECT_FALSE(score(label("re(unclosed"), "1").right);
}

TEST(Score, ThePrefixMatchIsKnown) {
  const Score s = score(label("0.006"), "0.0061");
  EXPECT_TRUE(s.right);
  EXPECT_FALSE(s.exact);
}

TEST(Literal, Metres) {
  question::Value v;
  v.shape = question::Value::Shape::kNumber, v.number = 12.5,
  v.dimension = question::Dimension::kLength;
  EXPECT_EQ(literal(v, 1), "0.012500000");
  EXPECT_EQ(literal(v, 1000), "12.500000000");
  v.number = 4, v.whole = true, v.dimension = question::Dimension::kNone;
  EXPECT_EQ(literal(v, 1), "4");
  v.shape = question::Value::Shape::kPoints, v.points = {{1, 2, 3}},
  v.dimension = question::Dimension::kLength;
  EXPECT_TRUE(score(label("[0.001, 0.002, 0.003]"), literal(v, 1)).exact);
}

TEST(Read, FoldersOfQuestions) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "cadqa_test";
  std::filesystem::remove_all(folder);
  write_file((folder / "set/a/input.txt").string(), "How wide is it?\r\nHow many holes?\r\n");
  write_file((folder / "set/a/solution.txt").string(), "0.1\r\n2\r\n");
  write_file((folder / "set/a/metadata.txt").string(), "\r\nsorted");
  const auto questions = read_questions(folder.string());
  ASSERT_EQ(questions.size(), 2u);
  EXPECT_EQ(questions[1].label, "2");
  EXPECT_TRUE(questions[1].sorted);
  EXPECT_TRUE(questions[0].step.empty());
  write_file((folder / "set/a/solution.txt").string(), "0.1");
  EXPECT_THROW(read_questions(folder.string()), Error);
  std::filesystem::remove_all(folder);
  EXPECT_THROW(read_questions(folder.string()), Error);
}

TEST(Reach, FindsWhatOneCallGives) {
  sheet::Sheet s;
  s.unit = "mm";
  s.box.add(Vec3{0, 0, 0}), s.box.add(Vec3{100, 50, 10});
  sheet::Feature f;
  f.id = 1, f.kind = sheet::FeatureKind::kHole, f.diameter = 6, f.depth = 10, f.center = {1, 2, 3};
  s.features = {f, f};
  s.features[1].id = 2, s.features[1].center = {41, 2, 3};
  const CallsPtr calls = all_calls(s);
  EXPECT_TRUE(reach(*calls, label("0.1")).whole);
  EXPECT_TRUE(reach(*calls, label("[0.006, 0.006]")).selection);
  EXPECT_TRUE(reach(*calls, label("0.04")).distance);
  EXPECT_TRUE(reach(*calls, label("0.003")).feature);
  EXPECT_FALSE(reach(*calls, label("0.0071")).any());
}

}  // namespace
}  // namespace cadrecode::cadqa
