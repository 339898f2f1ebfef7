#include "learning/procgen/unique.h"

#include <gtest/gtest.h>

#include <unordered_set>

#include "base/random.h"
#include "geometry/part/build.h"
#include "geometry/part/canonical.h"
#include "geometry/part/loop.h"

namespace cadrecode::procgen {
namespace {

using namespace part;

Part three(Operation a, Operation b, bool swapped) {
  Step first = join(box({-10, -10, 0}, {10, 10, 4}));
  Step second{a, box({-3, -3, 0}, {3, 3, 9})}, third{b, box({4, 4, 0}, {8, 8, 2})};
  if (swapped) std::swap(second, third);
  return {{first, second, third}};
}

TEST(Hash, OrderOfEqualOperationsHasNoPart) {
  for (const Operation o : {Operation::kJoin, Operation::kCut, Operation::kIntersect}) {
    EXPECT_EQ(invariant_hash(three(o, o, false), false), invariant_hash(three(o, o, true), false));
  }
  EXPECT_NE(invariant_hash(three(Operation::kJoin, Operation::kCut, false), false),
            invariant_hash(three(Operation::kJoin, Operation::kCut, true), false));
  EXPECT_NE(invariant_hash(three(Operation::kJoin, Operation::kJoin, false), false),
            invariant_hash(three(Operation::kCut, Operation::kCut, false), false));
}

TEST(Hash, LoopStartAndDirectionHaveNoPart) {
  Part a{{join(extrude(named_plane("YZ"), profile(polygon({{0, 0}, {9, 1}, {7, 8}})), 5))}};
  Part b{
      {join(extrude(named_plane("YZ"), profile(reversed(polygon({{9, 1}, {7, 8}, {0, 0}}))), 5))}};
  EXPECT_EQ(invariant_hash(a, false), invariant_hash(b, false));
  b.steps[0].extrusion.end = 6;
  EXPECT_NE(invariant_hash(a, false), invariant_hash(b, false));
}

TEST(Hash, TheCubesRotationsIfAskedFor) {
  const Part a{{join(box({-10, -5, -2}, {10, 5, 2})), join(box({0, 0, 2}, {4, 3, 7}))}};
  int same = 0;
  for (const Vec3 x : {Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, -1}}) {
    for (const Vec3 n : {Vec3{0, 0, 1}, Vec3{1, 0, 0}, Vec3{0, -1, 0}}) {
      if (dot(x, n) != 0) continue;
      const Part turned = moved(a, {{{}, x, n}, 1});
      EXPECT_EQ(invariant_hash(a, true), invariant_hash(turned, true));
      same += invariant_hash(a, false) == invariant_hash(turned, false);
    }
  }
  EXPECT_EQ(same, 1);
}

TEST(HashSet, AgreesWithTheLibrarys) {
  HashSet ours;
  std::unordered_set<uint64_t> theirs;
  RandomStream random(5);
  for (int i = 0; i < 200'000; ++i) {
    const uint64_t h = i % 50 == 0 ? random.next_below(100) : random.next_below(150'000) << 40;
    EXPECT_EQ(ours.contains(h), theirs.count(h) == 1);
    EXPECT_EQ(ours.insert(h), theirs.insert(h).second);
  }
  EXPECT_EQ(ours.size(), theirs.size());
  EXPECT_LE(ours.bytes(), theirs.size() * 8 * 5 / 2);
}

}  // namespace
}  // namespace cadrecode::procgen
