// Points drawn uniformly from the surface, a block of candidates at a time.
//
// Candidate i comes from two hashed counters (SplitMix64, Steele et al. 2014)
// and from nothing else. A block's candidates are sorted by patch, so that a
// vector's lanes lie on one patch and meet the same prisms; what is kept comes
// out in the candidates' order, so blocks and vectors leave no trace.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "geometry/prism/sample.cpp"
#include "base/simd.h"

#ifndef CADRECODE_PRISM_SAMPLE_ONCE  // not once a target
#define CADRECODE_PRISM_SAMPLE_ONCE
#include <algorithm>
#include <cmath>

#include "base/aligned.h"
#include "base/error.h"
#include "base/random.h"
#include "geometry/prism/boundary.h"
#include "geometry/prism/patches.h"

namespace cadrecode::prism {

constexpr size_t kMostCandidates = 4096;  // a block
constexpr size_t kPadding = 8;            // lanes a patch's candidates are rounded up to

// One thread's memory. Arrays by place: sorted by patch, each patch's run
// rounded up to whole vectors.
struct DrawScratch {
  Sampler sampler;
  AlignedVector<uint64_t> bits0, bits1;  // by candidate
  std::vector<uint32_t> patch, place;    // by candidate
  std::vector<uint32_t> first, fill;     // by patch; first has one more
  AlignedVector<double> u, v;            // by place
  AlignedVector<double> point[3], normal[3];
  std::vector<uint8_t> kept;
};

}  // namespace cadrecode::prism
#endif  // CADRECODE_PRISM_SAMPLE_ONCE

#include "geometry/prism/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cadrecode::prism {
namespace HWY_NAMESPACE {

HWY_INLINE hn::Vec<hn::RebindToUnsigned<D>> hashed(hn::Vec<hn::RebindToUnsigned<D>> z) {
  const hn::RebindToUnsigned<D> w;
  z = hn::Mul(hn::Xor(z, hn::ShiftRight<30>(z)), hn::Set(w, 0xBF58476D1CE4E5B9ull));
  z = hn::Mul(hn::Xor(z, hn::ShiftRight<27>(z)), hn::Set(w, 0x94D049BB133111EBull));
  return hn::Xor(z, hn::ShiftRight<31>(z));
}

// The counters of candidates [first, first + count), whole vectors.
void draw_bits(uint64_t key, uint64_t first, size_t count, uint64_t* bits0, uint64_t* bits1) {
  constexpr uint64_t kStep = 0x9E3779B97F4A7C15ull;
  const hn::RebindToUnsigned<D> w;
  auto at = hn::Mul(hn::Add(hn::Iota(w, 0), hn::Set(w, first)), hn::Set(w, 2 * kStep));
  at = hn::Add(at, hn::Set(w, key + kStep));
  for (size_t i = 0; i < count; i += kLanes) {
    hn::Store(hashed(at), w, bits0 + i);
    hn::Store(hashed(hn::Add(at, hn::Set(w, kStep))), w, bits1 + i);
    at = hn::Add(at, hn::Set(w, 2 * kLanes * kStep));
  }
}

// Taylor series to the last bit for |r| <= pi/4.
HWY_INLINE V sine(V r) {
  const V z = hn::Mul(r, r);
  V sum = all(-1.0 / 1307674368000.0);
  for (const double c : {1.0 / 6227020800.0, -1.0 / 39916800.0, 1.0 / 362880.0, -1.0 / 5040.0,
                         1.0 / 120.0, -1.0 / 6.0}) {
    sum = hn::Add(hn::Mul(sum, z), all(c));
  }
  return hn::Add(r, hn::Mul(hn::Mul(r, z), sum));
}
HWY_INLINE V cosine(V r) {
  const V z = hn::Mul(r, r);
  V sum = all(1.0 / 20922789888000.0);
  for (const double c : {-1.0 / 87178291200.0, 1.0 / 479001600.0, -1.0 / 3628800.0, 1.0 / 40320.0,
                         -1.0 / 720.0, 1.0 / 24.0}) {
    sum = hn::Add(hn::Mul(sum, z), all(c));
  }
  const V half = hn::Mul(z, all(0.5));
  return hn::Add(hn::Sub(all(1), half), hn::Mul(hn::Mul(z, z), sum));
}

// sin and cos of a few turns at most: a quarter turn is taken off in two parts
// (Cody & Waite), the first short enough for exact multiples.
HWY_INLINE void sine_and_cosine(V angle, V& s, V& c) {
  const V quarters = hn::Round(hn::Mul(angle, all(0.63661977236758134)));
  V r = hn::Sub(angle, hn::Mul(quarters, all(1.57079632673412561417)));
  r = hn::Sub(r, hn::Mul(quarters, all(6.07710050650619224932e-11)));
  const V turn = hn::Sub(quarters, hn::Mul(all(4), hn::Floor(hn::Mul(quarters, all(0.25)))));
  const M odd = hn::Or(hn::Eq(turn, all(1)), hn::Eq(turn, all(3)));
  const V plain_s = sine(r), plain_c = cosine(r);
  const V at_s = hn::IfThenElse(odd, plain_c, plain_s),
          at_c = hn::IfThenElse(odd, plain_s, plain_c);
  s = hn::IfThenElse(hn::Ge(turn, all(2)), hn::Neg(at_s), at_s);
  c = hn::IfThenElse(hn::Or(hn::Eq(turn, all(1)), hn::Eq(turn, all(2))), hn::Neg(at_c), at_c);
}

HWY_INLINE Points spread(Vec3 v) { return {all(v.x), all(v.y), all(v.z)}; }
HWY_INLINE Points scaled(Vec3 v, V by) {
  return {hn::Mul(all(v.x), by), hn::Mul(all(v.y), by), hn::Mul(all(v.z), by)};
}
HWY_INLINE Points scaled(const Points& p, V by) {
  return {hn::Mul(p.x, by), hn::Mul(p.y, by), hn::Mul(p.z, by)};
}

// t in [0, 1] with density proportional to w0 + (w1 - w0) t.
HWY_INLINE V linear_density(double w0, double w1, V u) {
  const double d = w1 - w0;
  if (std::abs(d) <= 1e-12 * (w0 + w1)) return u;
  const V root = hn::Sqrt(hn::Add(all(w0 * w0), hn::Mul(u, all((w0 + w1) * d))));
  const V t = hn::Div(hn::Sub(root, all(w0)), all(d));
  return hn::Min(hn::Max(t, hn::Zero(D())), all(1));
}

// The points at (u, v) of a patch; false lanes fall beside a curved side.
HWY_INLINE M place(const Patch& p, V u, V v, Points& point, Points& normal) {
  if (p.kind == Patch::Kind::kFlat) {
    point = sum_of(sum_of(spread(p.base), scaled(p.a, u)), scaled(p.b, v));
    normal = spread(p.normal);
    return every_lane();
  }
  if (p.kind == Patch::Kind::kRound) {
    V s, c;
    sine_and_cosine(hn::Add(all(p.angle0), hn::Mul(all(p.sweep), u)), s, c);
    const Points radial = sum_of(scaled(p.a, c), scaled(p.b, s));
    point = sum_of(sum_of(spread(p.base), radial), scaled(p.up, v));
    normal = scaled(radial, all(p.normal_sign));
    return every_lane();
  }
  const V t = linear_density(p.w0, p.w1, u);
  const V y = hn::Add(all(p.y0), hn::Mul(all(p.y1 - p.y0), t));
  const V width = hn::Add(all(p.w0), hn::Mul(all(p.w1 - p.w0), t));
  const V x = hn::Add(x_at(*p.left, y), hn::Mul(v, width));
  point = sum_of(sum_of(spread(p.base), scaled(p.a, x)), scaled(p.b, y));
  normal = spread(p.normal);
  if ((p.left->side | p.right->side) == 0) return every_lane();
  return hn::Le(x, x_at(*p.right, y));
}

// exposure() of boundary.h: which lanes are the solid's surface and owned by
// the patch's step; `inwards` those whose normal is to be turned.
HWY_INLINE M exposed(const Prepared& s, const Sampler& sampler, const Patch& patch, M kept,
                     const Points& point, const Points& normal, M& inwards) {
  const D d;
  const M none = no_lane(), everywhere = every_lane();
  const Points step = scaled(normal, all(kSideStep * s.extent));
  // sides not yet decided, and sides inside: below the face and above it
  M open_below = everywhere, open_above = everywhere, in_below = none, in_above = none;
  for (int k = patch.first_near; k < patch.last_near; ++k) {
    const int j = sampler.near[k];
    const Prism& prism = s.prisms[j];
    M below = everywhere, above = none;
    if (j != patch.step) {
      const Points at = to_local(point, prism), beside = turned(step, prism);
      below = contained(s, prism, difference_of(at, beside));
      above = contained(s, prism, sum_of(at, beside));
    }
    if (j < patch.step) kept = hn::AndNot(hn::Xor(below, above), kept);
    switch (prism.operation) {
      case part::Operation::kJoin:
        in_below = hn::Or(in_below, hn::And(open_below, below));
        in_above = hn::Or(in_above, hn::And(open_above, above));
        open_below = hn::AndNot(below, open_below), open_above = hn::AndNot(above, open_above);
        break;
      case part::Operation::kCut:
        open_below = hn::AndNot(below, open_below), open_above = hn::AndNot(above, open_above);
        break;
      case part::Operation::kIntersect:
        open_below = hn::And(below, open_below), open_above = hn::And(above, open_above);
        break;
    }
    // decided alike on both sides, or owned by an earlier step
    const M open = hn::Or(open_below, open_above);
    const M alive = hn::And(kept, hn::Or(open, hn::Xor(in_below, in_above)));
    if (hn::AllFalse(d, alive)) return none;
  }
  inwards = in_above;
  return hn::And(kept, hn::Xor(in_below, in_above));
}

// Fills point, normal and kept for every place of a patch's run.
void draw_patch(const Prepared& s, DrawScratch& w, size_t number) {
  const D d;
  const Patch& patch = w.sampler.patches[number];
  for (size_t i = w.first[number]; i < w.first[number + 1]; i += kLanes) {
    Points point, normal;
    M kept = place(patch, hn::Load(d, w.u.data() + i), hn::Load(d, w.v.data() + i), point, normal);
    M inwards = no_lane();
    if (!patch.free) kept = exposed(s, w.sampler, patch, kept, point, normal, inwards);
    uint8_t bits[8] = {};
    hn::StoreMaskBits(d, kept, bits);
    for (size_t k = 0; k < kLanes; ++k) w.kept[i + k] = bits[0] >> k & 1;
    if (bits[0] == 0) continue;
    const V sign = hn::IfThenElse(inwards, all(-1), all(1));
    normal = scaled(normal, sign);
    hn::Store(point.x, d, w.point[0].data() + i), hn::Store(point.y, d, w.point[1].data() + i);
    hn::Store(point.z, d, w.point[2].data() + i);
    hn::Store(normal.x, d, w.normal[0].data() + i), hn::Store(normal.y, d, w.normal[1].data() + i);
    hn::Store(normal.z, d, w.normal[2].data() + i);
  }
}

void draw_patches(const Prepared& s, DrawScratch& w) {
  for (size_t k = 0; k < w.sampler.patches.size(); ++k) draw_patch(s, w, k);
}

}  // namespace HWY_NAMESPACE
}  // namespace cadrecode::prism
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cadrecode::prism {

HWY_EXPORT(draw_bits);
HWY_EXPORT(draw_patches);

namespace {

double unit(uint64_t bits) { return (static_cast<double>(bits & 0xFFFFFFFFull) + 0.5) * 0x1p-32; }

size_t rounded_up(size_t n) { return (n + kPadding - 1) / kPadding * kPadding; }

// Chooses each candidate's patch and sorts their u, v into w.u, w.v.
void sort_candidates(DrawScratch& w, size_t count) {
  const size_t patches = w.sampler.patches.size();
  w.first.assign(patches + 1, 0);
  w.patch.resize(count), w.place.resize(count);
  for (size_t i = 0; i < count; ++i) {
    const uint64_t column = (w.bits0[i] >> 32) * patches;
    const size_t k = column >> 32;
    const size_t chosen =
        unit(column) < w.sampler.share[k] ? k : static_cast<size_t>(w.sampler.other[k]);
    w.patch[i] = static_cast<uint32_t>(chosen);
    ++w.first[chosen + 1];
  }
  for (size_t k = 0; k < patches; ++k) {
    w.first[k + 1] = static_cast<uint32_t>(w.first[k] + rounded_up(w.first[k + 1]));
  }
  w.fill = w.first;
  const size_t places = w.first[patches];
  if (w.u.size() < places) {  // what lies between runs is drawn and thrown away
    w.u.resize(places), w.v.resize(places), w.kept.resize(places);
    for (int a = 0; a < 3; ++a) w.point[a].resize(places), w.normal[a].resize(places);
  }
  for (size_t i = 0; i < count; ++i) {
    const uint32_t to = w.fill[w.patch[i]]++;
    w.place[i] = to;
    w.u[to] = unit(w.bits0[i]), w.v[to] = unit(w.bits1[i]);
  }
}

// Candidates [first, first + count) into w.
void draw_block(const Prepared& s, DrawScratch& w, uint64_t key, uint64_t first, size_t count) {
  w.bits0.resize(rounded_up(count)), w.bits1.resize(rounded_up(count));
  HWY_DYNAMIC_DISPATCH(draw_bits)(key, first, rounded_up(count), w.bits0.data(), w.bits1.data());
  sort_candidates(w, count);
  HWY_DYNAMIC_DISPATCH(draw_patches)(s, w);
}

DrawScratch& scratch_for(const Prepared& s) {
  thread_local DrawScratch w;
  make_sampler(s, w.sampler);
  return w;
}

uint64_t key_of(uint64_t seed) { return RandomStream(seed).bits_at(0); }

// As many candidates as should do for `missing` points, by what was kept so far.
size_t next_count(size_t missing, uint64_t tried, size_t kept) {
  const double rate =
      tried == 0 ? 0.8 : static_cast<double>(kept + 1) / static_cast<double>(tried + 1);
  const double wanted = static_cast<double>(missing) / rate * 1.05 + 8;
  return static_cast<size_t>(std::clamp(wanted, 16.0, static_cast<double>(kMostCandidates)));
}

// Points [from, ...) of `out` from a block; returns how many there are then.
size_t keep(const DrawScratch& w, size_t candidates, size_t from, SurfaceSamples& out) {
  size_t n = from;
  for (size_t i = 0; i < candidates && n < out.points.size(); ++i) {
    const uint32_t at = w.place[i];
    if (!w.kept[at]) continue;
    const Patch& patch = w.sampler.patches[w.patch[i]];
    out.points[n] = {w.point[0][at], w.point[1][at], w.point[2][at]};
    out.normals[n] = {w.normal[0][at], w.normal[1][at], w.normal[2][at]};
    out.step[n] = patch.step, out.face[n] = patch.face;
    ++n;
  }
  return n;
}

}  // namespace

double estimated_area(const Solid& solid, uint64_t candidates) {
  const Prepared& s = solid.prepared();
  DrawScratch& w = scratch_for(s);
  if (w.sampler.patches.empty()) return 0;
  uint64_t kept = 0;
  for (uint64_t first = 0; first < candidates; first += kMostCandidates) {
    draw_block(s, w, key_of(1), first, kMostCandidates);
    for (size_t i = 0; i < kMostCandidates; ++i) kept += w.kept[w.place[i]];
  }
  return w.sampler.total * static_cast<double>(kept) / static_cast<double>(candidates);
}

std::vector<Vec3> some_surface_points(const Solid& solid, uint64_t candidates) {
  const Prepared& s = solid.prepared();
  DrawScratch& w = scratch_for(s);
  std::vector<Vec3> out;
  if (w.sampler.patches.empty()) return out;
  for (uint64_t first = 0; first < candidates; first += kMostCandidates) {
    draw_block(s, w, key_of(1), first, kMostCandidates);
    for (size_t i = 0; i < kMostCandidates; ++i) {
      const uint32_t at = w.place[i];
      if (w.kept[at]) out.push_back({w.point[0][at], w.point[1][at], w.point[2][at]});
    }
  }
  return out;
}

void sample_surface(const Solid& solid, size_t count, uint64_t seed, SurfaceSamples& out) {
  const Prepared& s = solid.prepared();
  DrawScratch& w = scratch_for(s);
  if (w.sampler.patches.empty()) throw Error(ErrorKind::kGeometry, "a part without surface");
  out.points.resize(count), out.normals.resize(count);
  out.step.resize(count), out.face.resize(count);
  constexpr uint64_t kPatience = 1'000'000;
  uint64_t tried = 0;
  for (size_t have = 0; have < count;) {
    if (tried > kPatience && have * 10000 < tried) {
      throw Error(ErrorKind::kGeometry,
                  "a part whose surface is less than 1e-4 of its steps' faces");
    }
    const size_t block = next_count(count - have, tried, have);
    draw_block(s, w, key_of(seed), tried, block);
    have = keep(w, block, have, out);
    tried += block;
  }
}

SurfaceSamples sample_surface(const Solid& solid, size_t count, uint64_t seed) {
  SurfaceSamples out;
  sample_surface(solid, count, seed, out);
  return out;
}

}  // namespace cadrecode::prism
#endif  // HWY_ONCE
