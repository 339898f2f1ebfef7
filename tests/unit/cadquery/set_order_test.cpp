// Expected values printed by CPython 3.11.
#include "language/cadquery/set_order.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cadrecode::cadquery {
namespace {

// Where the points of the set's order stand in the list.
std::vector<int> order(const std::vector<Vec2>& points) {
  std::vector<int> positions;
  for (Vec2 p : in_set_order(points))
    positions.push_back(
        static_cast<int>(std::find(points.begin(), points.end(), p) - points.begin()));
  return positions;
}

TEST(SetOrder, HashesOfFloats) {
  const std::pair<double, int64_t> expected[] = {{0.0, 0},
                                                 {-0.0, 0},
                                                 {1.0, 1},
                                                 {-1.0, -2},
                                                 {0.1, 230584300921369408},
                                                 {-2.5, -1152921504606846978},
                                                 {1e+300, 1224995262755759164},
                                                 {1e-300, 482449582752280463},
                                                 {123456.789, 1819310134279660096},
                                                 {3.141592653589793, 326490430436040707},
                                                 {-0.3333333333333333, -768614336404564608},
                                                 {2.305843009213694e+18, 1}};
  for (const auto& [number, hash] : expected) EXPECT_EQ(python_hash(number), hash) << number;
}

TEST(SetOrder, HashesOfPairs) {
  EXPECT_EQ(python_hash(Vec2{0, 0}), -8458139203682520985);
  EXPECT_EQ(python_hash(Vec2{1, 2}), -3550055125485641917);
  EXPECT_EQ(python_hash(Vec2{-1.5, 0.25}), -6648997671128461238);
}

TEST(SetOrder, SmallAndGrownTables) {
  EXPECT_EQ(order({{-2.6, 0.4}, {-1.3, 1.0}, {1.3, -4.3}, {-4.9, 3.4}}),
            (std::vector<int>{3, 2, 0, 1}));
  EXPECT_EQ(order({{-2.4, -2.7}, {5.0, -0.3}, {3.4, -0.2}, {1.4, -3.5}, {1.3, 3.7}}),
            (std::vector<int>{1, 0, 4, 3, 2}));
  EXPECT_EQ(order({{0.2, 2.4},
                   {1.7, -4.4},
                   {2.6, 0.9},
                   {-2.0, -4.7},
                   {3.7, -0.3},
                   {2.2, 3.8},
                   {2.1, 4.2},
                   {-1.1, 3.0},
                   {-0.6, 4.4},
                   {3.8, -4.0},
                   {-3.6, -2.8},
                   {4.7, -0.6}}),
            (std::vector<int>{10, 5, 2, 0, 6, 8, 4, 1, 9, 7, 3, 11}));
  EXPECT_EQ(order({{1.3, -2.0}, {0.1, -1.1}, {-1.5, 0.9},  {0.8, 4.0},   {1.8, 4.3},  {3.6, 4.9},
                   {1.7, -3.4}, {3.6, 4.6},  {4.0, 0.7},   {2.1, -2.9},  {3.3, 0.7},  {-2.2, -4.4},
                   {3.5, 4.9},  {-4.1, 3.0}, {-0.9, -3.5}, {-2.1, 2.7},  {3.7, -4.6}, {1.1, -4.6},
                   {2.2, -1.7}, {3.8, 4.8},  {0.1, 5.0},   {-1.9, -4.2}, {1.0, -4.7}, {-3.0, -0.9},
                   {1.1, -3.4}, {-4.6, 3.7}, {-1.9, 4.6},  {4.0, -1.2},  {-0.4, 0.2}, {1.4, 1.0},
                   {0.6, 1.2},  {4.4, 0.1},  {-0.7, 2.2},  {-2.6, -2.0}, {4.8, 0.2},  {0.5, -4.9},
                   {-0.8, 0.8}, {-4.8, 1.2}, {1.3, -4.4},  {1.3, -0.3}}),
            (std::vector<int>{28, 30, 16, 31, 17, 26, 24, 12, 11, 5,  7,  32, 13, 35,
                              25, 20, 10, 37, 21, 19, 29, 1,  33, 9,  8,  36, 6,  14,
                              15, 39, 4,  22, 2,  0,  18, 27, 34, 23, 38, 3}));
}

TEST(SetOrder, RepeatsCountOnce) {
  EXPECT_EQ(in_set_order({{1, 2}, {1, 2}, {0.0, 1}, {-0.0, 1}}).size(), 2u);
  EXPECT_TRUE(in_set_order({}).empty());
}

}  // namespace
}  // namespace cadrecode::cadquery
