#include "learning/procgen/knobs.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace cadrecode::procgen {
namespace {

TEST(Knobs, TheFileHoldsTheDefaults) {
  EXPECT_EQ(load_knobs("configs/generate/v15.yaml"), Knobs{});
}

TEST(Knobs, TheNaiveFileLoadsAndDiffers) {
  const Knobs k = load_knobs("configs/generate/naive.yaml");
  EXPECT_EQ(k.rotated, 1);
  EXPECT_EQ(k.concentric, 0);
}

TEST(Knobs, OverridesAndFingerprint) {
  Knobs k;
  override_knobs(k, "circle=0.25");
  override_knobs(k, "steps=[1,2]");
  override_knobs(k, "rotations=true");
  EXPECT_EQ(k.circle, 0.25);
  EXPECT_EQ(k.steps, (std::vector<double>{1, 2}));
  EXPECT_TRUE(k.rotations);
  EXPECT_NE(fingerprint(k), fingerprint(Knobs{}));
}

void expect_refused(const std::string& yaml, const std::string& word, int line) {
  try {
    parse_knobs(yaml, "k.yaml");
    FAIL() << yaml;
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kValue);
    EXPECT_NE(std::string(e.what()).find(word), std::string::npos) << e.what();
    EXPECT_EQ(e.place().line, line) << yaml;
  }
}

TEST(Knobs, RefusesWithThePlace) {
  expect_refused("circle: 0.5\ncircles: 0.5\n", "circles", 2);
  expect_refused("circle: 1.5\n", "1.5", 1);
  expect_refused("circle: [1]\n", "a number", 1);
  expect_refused("steps: 3\n", "a list", 1);
  expect_refused("steps: [0, 0]\n", "weight", 1);
  expect_refused("attempts: 1.5\n", "whole", 1);
  expect_refused("- 1\n", "key: value", 0);
  Knobs k;
  EXPECT_THROW(override_knobs(k, "circle"), Error);
  EXPECT_THROW(override_knobs(k, "side_min=2"), Error);
}

}  // namespace
}  // namespace cadrecode::procgen
