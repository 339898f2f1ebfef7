// Exact farthest points, pruned and in vectors.
//
// The points are put into buckets of kBucket along a Hilbert curve, each with
// its box and the largest of its points' distances to the chosen ones. A new
// choice changes nothing in a bucket whose box is farther from it than that,
// and such buckets are passed over.
//
// Why the result is the plain loop's to the last index: the distance to a box
// is computed in float32 by the very operations of the distance to a point, in
// the same order. Each is monotone, rounding is monotone, so the computed bound
// is never above the computed distance of any point in the box: no slack needed.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "geometry/cloud/farthest.cpp"
#include "base/simd.h"

#ifndef CADRECODE_CLOUD_FARTHEST_ONCE  // not once a target
#define CADRECODE_CLOUD_FARTHEST_ONCE
#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>

#include "base/aligned.h"
#include "base/error.h"
#include "geometry/cloud/curve.h"
#include "geometry/cloud/sample.h"

namespace cadrecode::cloud {

constexpr size_t kBucket = 64;  // points; a multiple of every target's lanes
constexpr float kFloatMax = std::numeric_limits<float>::max();
constexpr uint32_t kNoPoint = std::numeric_limits<uint32_t>::max();

// One thread's memory, kept between calls.
struct FarthestScratch {
  FloatPoints given;
  AlignedVector<uint32_t> key;
  std::vector<uint32_t> cell_start;
  // In bucket order. The padding has nearest = -1, so it is never chosen.
  AlignedVector<float> at[3], nearest;
  AlignedVector<uint32_t> index;
  // By bucket, padded to a multiple of kBucket with farthest = -1.
  AlignedVector<float> lo[3], hi[3], farthest;
  std::vector<uint32_t> touched;
  size_t buckets = 0;

  void resize(size_t points);
};

}  // namespace cadrecode::cloud
#endif  // CADRECODE_CLOUD_FARTHEST_ONCE

HWY_BEFORE_NAMESPACE();
namespace cadrecode::cloud {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using F = hn::ScalableTag<float>;
using V = hn::Vec<F>;

void fit_boxes(FarthestScratch& w) {
  const F f;
  const size_t lanes = hn::Lanes(f);
  for (size_t b = 0; b < w.buckets; ++b) {
    for (int a = 0; a < 3; ++a) {
      const float* at = w.at[a].data() + b * kBucket;
      V least = hn::Load(f, at), most = least;
      for (size_t i = lanes; i < kBucket; i += lanes) {
        const V v = hn::Load(f, at + i);
        least = hn::Min(least, v), most = hn::Max(most, v);
      }
      w.lo[a][b] = hn::GetLane(hn::MinOfLanes(f, least));
      w.hi[a][b] = hn::GetLane(hn::MaxOfLanes(f, most));
    }
  }
}

struct Chosen {
  V x, y, z;
};

HWY_INLINE V squared(V dx, V dy, V dz) {
  return hn::Add(hn::Add(hn::Mul(dx, dx), hn::Mul(dy, dy)), hn::Mul(dz, dz));
}

HWY_INLINE V gap(V p, const AlignedVector<float>& lo, const AlignedVector<float>& hi, size_t b) {
  const F f;
  const V below = hn::Sub(hn::Load(f, lo.data() + b), p),
          above = hn::Sub(p, hn::Load(f, hi.data() + b));
  return hn::Max(hn::Max(below, above), hn::Zero(f));
}

// The buckets the new choice may change, into w.touched; returns how many.
HWY_INLINE size_t find_touched(FarthestScratch& w, const Chosen& p) {
  const F f;
  const size_t lanes = hn::Lanes(f);
  size_t count = 0;
  for (size_t b = 0; b < w.buckets; b += lanes) {
    const V bound = squared(gap(p.x, w.lo[0], w.hi[0], b), gap(p.y, w.lo[1], w.hi[1], b),
                            gap(p.z, w.lo[2], w.hi[2], b));
    const auto reached = hn::Lt(bound, hn::Load(f, w.farthest.data() + b));
    if (hn::AllFalse(f, reached)) continue;
    uint8_t bytes[8] = {};
    hn::StoreMaskBits(f, reached, bytes);
    uint64_t bits = 0;
    for (int i = 0; i < 8; ++i) bits |= static_cast<uint64_t>(bytes[i]) << (8 * i);
    for (; bits; bits &= bits - 1) {
      w.touched[count++] = static_cast<uint32_t>(b) + static_cast<uint32_t>(std::countr_zero(bits));
    }
  }
  return count;
}

HWY_INLINE void update_bucket(FarthestScratch& w, size_t b, const Chosen& p) {
  const F f;
  const size_t lanes = hn::Lanes(f), first = b * kBucket;
  V most = hn::Set(f, -1.0f);
  for (size_t i = first; i < first + kBucket; i += lanes) {
    const V d2 = squared(hn::Sub(p.x, hn::Load(f, w.at[0].data() + i)),
                         hn::Sub(p.y, hn::Load(f, w.at[1].data() + i)),
                         hn::Sub(p.z, hn::Load(f, w.at[2].data() + i)));
    const V nearest = hn::Min(d2, hn::Load(f, w.nearest.data() + i));
    hn::Store(nearest, f, w.nearest.data() + i);
    most = hn::Max(most, nearest);
  }
  w.farthest[b] = hn::GetLane(hn::MaxOfLanes(f, most));
}

// Position of the farthest point; of those, the one given first.
HWY_INLINE size_t find_farthest(const FarthestScratch& w) {
  const F f;
  const size_t lanes = hn::Lanes(f);
  V most = hn::Load(f, w.farthest.data());
  for (size_t b = lanes; b < w.buckets; b += lanes) {
    most = hn::Max(most, hn::Load(f, w.farthest.data() + b));
  }
  most = hn::MaxOfLanes(f, most);
  uint32_t first = kNoPoint;
  size_t position = 0;
  const auto search_bucket = [&](size_t b) {
    for (size_t i = b * kBucket; i < (b + 1) * kBucket; i += lanes) {
      const auto equal = hn::Eq(hn::Load(f, w.nearest.data() + i), most);
      if (hn::AllFalse(f, equal)) continue;
      for (size_t k = i; k < i + lanes; ++k) {
        if (w.nearest[k] == hn::GetLane(most) && w.index[k] < first) {
          first = w.index[k], position = k;
        }
      }
    }
  };
  for (size_t b = 0; b < w.buckets; b += lanes) {
    if (hn::AllFalse(f, hn::Eq(hn::Load(f, w.farthest.data() + b), most))) continue;
    for (size_t k = b; k < std::min(b + lanes, w.buckets); ++k) {
      if (w.farthest[k] == hn::GetLane(most)) search_bucket(k);
    }
  }
  return position;
}

// `last`: the position of the start.
void select(FarthestScratch& w, size_t last, std::span<uint32_t> out) {
  const F f;
  fit_boxes(w);
  for (size_t k = 0; k < out.size(); ++k) {
    out[k] = w.index[last];
    if (k + 1 == out.size()) break;
    const Chosen p{hn::Set(f, w.at[0][last]), hn::Set(f, w.at[1][last]), hn::Set(f, w.at[2][last])};
    const size_t touched = find_touched(w, p);
    for (size_t t = 0; t < touched; ++t) update_bucket(w, w.touched[t], p);
    last = find_farthest(w);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace cadrecode::cloud
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cadrecode::cloud {

HWY_EXPORT(select);

void FarthestScratch::resize(size_t points) {
  buckets = (points + kBucket - 1) / kBucket;
  const size_t padded = buckets * kBucket;
  const size_t padded_buckets = (buckets + kBucket - 1) / kBucket * kBucket;
  for (int a = 0; a < 3; ++a) {
    at[a].resize(padded);
    lo[a].assign(padded_buckets, 0), hi[a].assign(padded_buckets, 0);
  }
  index.resize(padded), touched.resize(padded_buckets);
  nearest.assign(padded, kFloatMax);
  farthest.assign(padded_buckets, -1.0f);
  std::fill_n(farthest.begin(), buckets, kFloatMax);
}

namespace {

// About eight points to an occupied cell of a surface, seldom fewer than one.
int bits_for(size_t points) {
  int bits = 2;
  while (bits < 7 && (size_t{32} << (2 * bits)) < points) ++bits;
  return bits;
}

// Counting sort by key; returns where point 0 went.
size_t order_points(FarthestScratch& w, size_t count, int bits) {
  w.cell_start.assign((size_t{1} << (3 * bits)) + 1, 0);
  for (size_t i = 0; i < count; ++i) ++w.cell_start[w.key[i] + 1];
  std::partial_sum(w.cell_start.begin(), w.cell_start.end(), w.cell_start.begin());
  size_t start = 0;
  for (size_t i = 0; i < count; ++i) {
    const size_t to = w.cell_start[w.key[i]]++;
    if (i == 0) start = to;
    w.at[0][to] = w.given.x[i], w.at[1][to] = w.given.y[i], w.at[2][to] = w.given.z[i];
    w.index[to] = static_cast<uint32_t>(i);
  }
  for (size_t i = count; i < w.index.size(); ++i) {
    for (int a = 0; a < 3; ++a) w.at[a][i] = w.at[a][count - 1];
    w.index[i] = kNoPoint, w.nearest[i] = -1;
  }
  return start;
}

}  // namespace

void farthest_points(std::span<const Vec3> points, std::span<uint32_t> out) {
  if (out.size() > points.size()) {
    throw Error(ErrorKind::kValue, "more farthest points are asked for than there are points");
  }
  if (out.empty()) return;
  thread_local FarthestScratch w;
  w.given.load(points);
  if (!w.given.finite) {
    throw Error(ErrorKind::kValue,
                "farthest points need coordinates that are finite in single precision");
  }
  w.resize(points.size());
  const int bits = bits_for(points.size());
  find_curve_keys(w.given, bits, w.key);
  const size_t start = order_points(w, points.size(), bits);
  HWY_DYNAMIC_DISPATCH(select)(w, start, out);
}

std::vector<uint32_t> farthest_points(const std::vector<Vec3>& points, size_t count) {
  std::vector<uint32_t> chosen(std::min(count, points.size()));
  farthest_points(points, chosen);
  return chosen;
}

}  // namespace cadrecode::cloud
#endif  // HWY_ONCE
