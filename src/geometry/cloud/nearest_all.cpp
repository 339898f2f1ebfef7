#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "geometry/cloud/nearest_all.cpp"
#include "base/simd.h"

#ifndef CADRECODE_CLOUD_NEAREST_ALL_ONCE  // not once a target
#define CADRECODE_CLOUD_NEAREST_ALL_ONCE
#include <algorithm>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "geometry/cloud/curve.h"
#include "geometry/cloud/nearest_all.h"

namespace cadrecode::cloud {
constexpr size_t kGroup = 8;  // queries that share a walk
constexpr double kInfinity = std::numeric_limits<double>::infinity();
}  // namespace cadrecode::cloud
#endif

HWY_BEFORE_NAMESPACE();
namespace cadrecode::cloud {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<double, kGroup>;
using V = hn::Vec<D>;
constexpr size_t kLanes = hn::MaxLanes(D());
constexpr size_t kParts = kGroup / kLanes;  // vectors a group

HWY_INLINE V squared(V dx, V dy, V dz) {
  return hn::Add(hn::Add(hn::Mul(dx, dx), hn::Mul(dy, dy)), hn::Mul(dz, dz));
}

HWY_INLINE V gap(V lo, V hi, V other_lo, V other_hi) {
  return hn::Max(hn::Max(hn::Sub(other_lo, hi), hn::Sub(lo, other_hi)), hn::Zero(D()));
}

struct Group {
  V at[3][kParts], best[kParts];
  double lo[3], hi[3];  // their box
  double worst;         // largest of best
};

HWY_INLINE void load_group(const PointTree& from, size_t first, Group& g) {
  const D d;
  for (int a = 0; a < 3; ++a) {
    const double* at = from.coordinates(a).data() + first;
    V least = hn::Load(d, at), most = least;
    for (size_t i = 0; i < kParts; ++i) {
      g.at[a][i] = hn::Load(d, at + i * kLanes);
      least = hn::Min(least, g.at[a][i]), most = hn::Max(most, g.at[a][i]);
    }
    g.lo[a] = hn::GetLane(hn::MinOfLanes(d, least));
    g.hi[a] = hn::GetLane(hn::MaxOfLanes(d, most));
  }
  for (size_t i = 0; i < kParts; ++i) g.best[i] = hn::Set(d, kInfinity);
  g.worst = kInfinity;
}

// Some query's own distance to the box is below its best.
HWY_INLINE bool reaches(const Group& g, const PointTree::Boxes& boxes, size_t b) {
  const D d;
  V lo[3], hi[3];
  for (int a = 0; a < 3; ++a) {
    lo[a] = hn::Set(d, boxes.lo[a][b]), hi[a] = hn::Set(d, boxes.hi[a][b]);
  }
  for (size_t i = 0; i < kParts; ++i) {
    const V bound = squared(gap(g.at[0][i], g.at[0][i], lo[0], hi[0]),
                            gap(g.at[1][i], g.at[1][i], lo[1], hi[1]),
                            gap(g.at[2][i], g.at[2][i], lo[2], hi[2]));
    if (!hn::AllFalse(d, hn::Lt(bound, g.best[i]))) return true;
  }
  return false;
}

HWY_INLINE void visit(const PointTree& to, size_t leaf, Group& g) {
  const D d;
  const size_t first = leaf * PointTree::kLeaf;
  const double *x = to.coordinates(0).data() + first, *y = to.coordinates(1).data() + first,
               *z = to.coordinates(2).data() + first;
  for (size_t j = 0; j < PointTree::kLeaf; ++j) {
    const V tx = hn::Set(d, x[j]), ty = hn::Set(d, y[j]), tz = hn::Set(d, z[j]);
    for (size_t i = 0; i < kParts; ++i) {
      g.best[i] = hn::Min(g.best[i], squared(hn::Sub(g.at[0][i], tx), hn::Sub(g.at[1][i], ty),
                                             hn::Sub(g.at[2][i], tz)));
    }
  }
  V worst = g.best[0];
  for (size_t i = 1; i < kParts; ++i) worst = hn::Max(worst, g.best[i]);
  g.worst = hn::GetLane(hn::MaxOfLanes(d, worst));
}

// Bit k: box first + k is nearer to the group's box than `worst`; 16 boxes.
HWY_INLINE uint32_t nearer(const Group& g, const PointTree::Boxes& boxes, size_t first) {
  const D d;
  uint32_t bits = 0;
  for (size_t k = 0; k < 16; k += kLanes) {
    V gaps[3];
    for (int a = 0; a < 3; ++a) {
      gaps[a] =
          gap(hn::Set(d, g.lo[a]), hn::Set(d, g.hi[a]), hn::Load(d, boxes.lo[a].data() + first + k),
              hn::Load(d, boxes.hi[a].data() + first + k));
    }
    const auto mask = hn::Lt(squared(gaps[0], gaps[1], gaps[2]), hn::Set(d, g.worst));
    uint8_t bytes[8] = {};
    hn::StoreMaskBits(d, mask, bytes);
    bits |= static_cast<uint32_t>(bytes[0]) << k;
  }
  return bits;
}

void search(const PointTree& from, const PointTree& to, double* out) {
  static_assert(PointTree::kBranch == 16 && PointTree::kLeaf % kGroup == 0);
  const D d;
  Group g;
  size_t start = 0;  // a leaf likely to be near
  for (size_t first = 0; first < from.size(); first += kGroup) {
    load_group(from, first, g);
    const size_t warm = start;
    visit(to, warm, g);
    for (size_t b = 0; b * PointTree::kBranch < to.leaf_count(); b += 16) {
      for (uint32_t branches = nearer(g, to.branches(), b); branches; branches &= branches - 1) {
        const size_t first_leaf = (b + static_cast<size_t>(__builtin_ctz(branches))) * 16;
        for (uint32_t leaves = nearer(g, to.leaves(), first_leaf); leaves; leaves &= leaves - 1) {
          const size_t leaf = first_leaf + static_cast<size_t>(__builtin_ctz(leaves));
          if (leaf == warm || !reaches(g, to.leaves(), leaf)) continue;
          const double before = g.worst;
          visit(to, leaf, g);
          if (g.worst < before) start = leaf;
        }
      }
    }
    alignas(64) double best[kGroup];
    for (size_t i = 0; i < kParts; ++i) hn::Store(g.best[i], d, best + i * kLanes);
    const size_t last = std::min(first + kGroup, from.size());
    for (size_t i = first; i < last; ++i) out[from.order()[i]] = best[i - first];
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace cadrecode::cloud
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cadrecode::cloud {

HWY_EXPORT(search);

namespace {

// About one point to an occupied cell of a surface.
int bits_for(size_t points) { return points <= 20000 ? 7 : kMostCurveBits; }

// Positions by rising key (radix sort, 11 bits a pass).
std::vector<uint32_t> sorted_by_key(const AlignedVector<uint32_t>& keys, size_t count, int bits) {
  struct Item {
    uint32_t key, index;
  };
  constexpr int kDigit = 11;
  constexpr uint32_t kMask = (1u << kDigit) - 1;
  std::vector<Item> items(count), other(count);
  for (uint32_t i = 0; i < count; ++i) items[i] = {keys[i], i};
  for (int shift = 0; shift < bits; shift += kDigit) {
    uint32_t start[kMask + 2] = {};
    for (const Item& item : items) ++start[(item.key >> shift & kMask) + 1];
    std::partial_sum(start, start + kMask + 2, start);
    for (const Item& item : items) other[start[item.key >> shift & kMask]++] = item;
    items.swap(other);
  }
  std::vector<uint32_t> order(count);
  for (size_t i = 0; i < count; ++i) order[i] = items[i].index;
  return order;
}

size_t rounded_up(size_t n, size_t multiple) { return (n + multiple - 1) / multiple * multiple; }

// Boxes over runs of `run` intervals [lo[i], hi[i]].
void fit_boxes(const AlignedVector<double>& lo, const AlignedVector<double>& hi, size_t run,
               size_t padding, AlignedVector<double>& out_lo, AlignedVector<double>& out_hi) {
  const size_t count = (lo.size() + run - 1) / run;
  out_lo.assign(rounded_up(count, padding), kInfinity);
  out_hi.assign(rounded_up(count, padding), -kInfinity);
  for (size_t i = 0; i < lo.size(); ++i) {
    out_lo[i / run] = std::min(out_lo[i / run], lo[i]);
    out_hi[i / run] = std::max(out_hi[i / run], hi[i]);
  }
}

}  // namespace

PointTree::PointTree(std::span<const Vec3> points) {
  if (points.empty()) return;
  thread_local FloatPoints rounded;
  thread_local AlignedVector<uint32_t> keys;
  rounded.load(points);
  const int bits = bits_for(points.size());
  find_curve_keys(rounded, bits, keys);
  order_ = sorted_by_key(keys, points.size(), 3 * bits);
  const size_t padded = rounded_up(points.size(), kLeaf);
  for (int a = 0; a < 3; ++a) {
    at_[a].resize(padded);
    for (size_t i = 0; i < padded; ++i) {
      at_[a][i] = points[order_[std::min(i, points.size() - 1)]][a];
    }
    fit_boxes(at_[a], at_[a], kLeaf, kBranch, leaves_.lo[a], leaves_.hi[a]);
    fit_boxes(leaves_.lo[a], leaves_.hi[a], kBranch, 16, branches_.lo[a], branches_.hi[a]);
  }
}

void nearest_squared(const PointTree& from, const PointTree& to, std::span<double> out) {
  if (to.size() == 0) throw Error(ErrorKind::kValue, "no points to be near to");
  if (from.size() > 0) HWY_DYNAMIC_DISPATCH(search)(from, to, out.data());
}

std::vector<double> nearest_squared(std::span<const Vec3> from, std::span<const Vec3> to) {
  std::vector<double> out(from.size());
  nearest_squared(PointTree(from), PointTree(to), out);
  return out;
}

}  // namespace cadrecode::cloud
#endif  // HWY_ONCE
