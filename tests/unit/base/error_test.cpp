#include "base/error.h"

#include <gtest/gtest.h>

namespace cadrecode {
namespace {

TEST(Error, KeepsTheFirstPlace) {
  Error inner(ErrorKind::kValue, "bad", {"a.py", 3, 7});
  EXPECT_EQ(to_string(inner.at({"b.py", 1, 1}).place()), "a.py:3:7");
  EXPECT_EQ(to_string(Error(ErrorKind::kValue, "bad").at({"", 2, 0}).place()), "2");
}

TEST(Error, KindsAndWordsAreInverse) {
  for (int i = 0; i < 7; ++i) {
    auto kind = static_cast<ErrorKind>(i);
    EXPECT_EQ(error_kind_from_string(to_string(kind)), kind);
  }
  EXPECT_THROW(error_kind_from_string("fatal"), Error);
}

}  // namespace
}  // namespace cadrecode
