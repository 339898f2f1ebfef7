#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "evaluation/report/analysis.h"
#include "evaluation/report/tables.h"

namespace cadrecode::report {
namespace {

Row row(const std::string& system, uint64_t part, uint32_t k, uint32_t of, double cd, double iou,
        double misfit) {
  Row r;
  r.data = "d", r.system = system, r.id = "p" + std::to_string(part);
  r.part = part, r.candidate = k, r.candidates = of, r.ok = true, r.by = "prism", r.valid = 1;
  r[Figure::kCd] = cd, r[Figure::kIou] = r[Figure::kIouOfficial] = iou;
  r[Figure::kMisfit] = misfit;
  return r;
}

Row failed(const std::string& system, uint64_t part, const char* stage) {
  Row r;
  r.data = "d", r.system = system, r.id = "p" + std::to_string(part), r.part = part;
  r.stage = stage, r.kind = "geometry", r.message = "did not work, \"at all\" | <b>";
  return r;
}

Options options() {
  Options o;
  o.data = {"d"}, o.systems = {"A", "B"}, o.bootstrap = 50;
  return o;
}

TEST(Row, LinesThereAndBack) {
  Row r = row("A", 3, 1, 4, 0.12345678901234567, 1, 0.5);
  r[Figure::kTokens] = 212;
  const std::string line = to_line(r);
  const Row back = row_of_line(line);
  EXPECT_EQ(to_line(back), line);
  EXPECT_EQ(back[Figure::kCd], r[Figure::kCd]);
  EXPECT_FALSE(back.has(Figure::kFixedCd));
  EXPECT_EQ(line.find("nan"), std::string::npos);
  const std::string error = to_line(failed("A", 1, "run"));
  EXPECT_EQ(to_line(row_of_line(error)), error);
}

TEST(Row, EveryPrefixIsRefused) {
  const std::string line = to_line(row("A", 3, 1, 4, 0.1, 1, 0.5));
  for (size_t n = 0; n < line.size(); ++n) EXPECT_THROW(row_of_line(line.substr(0, n)), Error) << n;
  EXPECT_THROW(row_of_line(R"({"data":"d","system":"s","id":"i","part":-1,"candidate":0,)"
                           R"("candidates":1,"status":"ok"})"),
               Error);
  EXPECT_THROW(row_of_line(R"({"data":"d","system":"s","id":"i","part":1,"candidate":1,)"
                           R"("candidates":1,"status":"ok"})"),
               Error);
}

// Part 0: the oracle takes CD from 1 and IoU from 2, the input chooses 2, the
// first is 0. Part 1: nothing runs. Part 2: the truth fails.
TEST(Analysis, ChoicesSideBySide) {
  std::vector<Row> rows = {row("A", 0, 0, 3, 0.9, 0.5, 3), row("A", 0, 1, 3, 0.2, 0.6, 2),
                           row("A", 0, 2, 3, 0.4, 0.9, 1), failed("A", 1, "run"),
                           failed("A", 2, "truth")};
  const Analysis a = analyse(rows, options());
  ASSERT_EQ(a.cells.size(), 3u);
  const Cell &oracle = a.cells[0], &input = a.cells[1], &single = a.cells[2];
  for (const Cell& c : a.cells) {
    EXPECT_EQ(c.parts, 2u);
    EXPECT_EQ(c.truths_failed, 1u);
    EXPECT_EQ(c.invalid, 1u);
    EXPECT_EQ(*c.invalid_ratio.value, 0.5);
    EXPECT_EQ(c.candidates, 3u);
  }
  EXPECT_EQ(*oracle.mean_cd.value, 0.2);
  EXPECT_EQ(*oracle.mean_iou.value, 0.9);
  EXPECT_EQ(*oracle.mean_iou_same, 0.6);
  EXPECT_EQ(*input.mean_cd.value, 0.4);
  EXPECT_EQ(*input.mean_iou.value, 0.9);
  EXPECT_EQ(*single.mean_cd.value, 0.9);
  const auto& growth = a.growth.at({"d", "A"});
  ASSERT_EQ(growth.size(), 3u);  // 1, 2, 3
  EXPECT_EQ(*growth[1].oracle.mean_cd, 0.2);
  EXPECT_EQ(*growth[1].input.mean_cd, 0.2);
  EXPECT_EQ(a.failures.at({"d", "A"}).causes.at("run: geometry"), 1u);
}

TEST(Analysis, SoundSolidsAreChosenBeforeOthers) {
  std::vector<Row> rows = {row("A", 0, 0, 3, 0.9, 0.5, 3), row("A", 0, 1, 3, 0.2, 0.6, 2),
                           row("A", 0, 2, 3, 0.4, 0.9, 1)};
  rows[2].valid = 0;
  EXPECT_EQ(*analyse(rows, options()).cells[1].mean_cd.value, 0.2);
  for (Row& r : rows) r.valid = 0;  // nothing sound: the nearest
  EXPECT_EQ(*analyse(rows, options()).cells[1].mean_cd.value, 0.4);
}

TEST(Analysis, PairsOfSystems) {
  std::vector<Row> rows;
  for (uint64_t p = 0; p < 30; ++p) {
    rows.push_back(row("A", p, 0, 1, 0.1 + 0.001 * static_cast<double>(p), 0.9, 0));
    rows.push_back(p == 7 ? failed("B", p, "run")
                          : row("B", p, 0, 1, 0.2 + 0.002 * static_cast<double>(p), 0.8, 0));
  }
  const Analysis a = analyse(rows, options());
  ASSERT_EQ(a.comparisons.size(), 1u);
  const Comparison& c = a.comparisons[0];
  EXPECT_EQ(c.parts, 30u);
  EXPECT_EQ(c.both, 29u);
  EXPECT_EQ(c.better_cd, 29u);
  EXPECT_EQ(c.only_a, 1u);
  EXPECT_LT(c.cd_p, 1e-4);
  EXPECT_EQ(c.valid_p, 1);
  EXPECT_NEAR(*c.iou.value, (29 * 0.1 + 0.9) / 30, 1e-12);
}

TEST(Analysis, OrderOfRowsDoesNotMatter) {
  std::vector<Row> rows;
  for (uint64_t p = 0; p < 9; ++p)
    for (uint32_t k = 0; k < 4; ++k)
      rows.push_back(row(p % 2 ? "A" : "B", p, k, 4,
                         0.1 * (1 + static_cast<double>((p * 7 + k * 3) % 11)), 0.5, 0.1 * k));
  const Facts facts{{{"d", "deepcad", 9, "abc"}}, {{"A", "a | b"}}, "m"};
  const Analysis a = analyse(rows, options());
  const std::string text = to_markdown(a, options(), facts), csv = to_csv(a);
  std::reverse(rows.begin(), rows.end());
  const Analysis b = analyse(rows, options());
  EXPECT_EQ(to_markdown(b, options(), facts), text);
  EXPECT_EQ(to_csv(b), csv);
  EXPECT_NE(text.find("*CAD-Recode v1.5 (2025)*"), std::string::npos);  // quoted
  EXPECT_NE(text.find("Sources of the quoted rows"), std::string::npos);
  EXPECT_EQ(text.find("nan"), std::string::npos);
}

TEST(Analysis, ACandidateTwice) {
  const std::vector<Row> rows = {row("A", 0, 0, 2, 0.9, 0.5, 3), row("A", 0, 0, 2, 0.8, 0.5, 3)};
  EXPECT_THROW(analyse(rows, options()), Error);
}

TEST(Tables, TextIsSafeInEveryForm) {
  Options o = options();
  o.title = "50 % & more_|<b>";
  const std::vector<Row> rows = {failed("A", 0, "run")};
  const Facts facts{{{"d", "", 1, "abc"}}, {}, ""};
  const Analysis a = analyse(rows, o);
  const std::string tex = to_latex(a, o, facts), md = to_markdown(a, o, facts);
  EXPECT_NE(tex.find("50 \\% \\& more\\_"), std::string::npos);
  EXPECT_EQ(md.find("\n# 50"), std::string::npos);
  EXPECT_NE(md.find("did not work, \"at all\" \\| \\<b>"), std::string::npos);
  EXPECT_EQ(plain_number(-0.00001, 2), "0.00");
  EXPECT_EQ(plain_number(std::nan(""), 2), "-");
}

}  // namespace
}  // namespace cadrecode::report
