#include "base/nearest_word.h"

#include <gtest/gtest.h>

namespace cadrecode {
namespace {

TEST(NearestWord, CountsSlips) {
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("same", "same"), 0u);
}

TEST(NearestWord, NamesTheNearestWithinTwo) {
  const std::vector<std::string> names = {"learning_rate", "batch_size", "seed"};
  EXPECT_EQ(nearest_word("lerning_rat", names), "learning_rate");
  EXPECT_EQ(nearest_word("sed", names), "seed");
  EXPECT_EQ(nearest_word("momentum", names), "");
  EXPECT_EQ(nearest_word("seed", names), "") << "the word itself is no suggestion";
}

}  // namespace
}  // namespace cadrecode
