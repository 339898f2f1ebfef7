// Points drawn uniformly from the surface.
//
// Every prism's surface is cut into patches: its walls, and its caps in
// trapezoids between the corners of the profile (a trapezoid with a circular
// side lies in one with straight sides). Candidates are uniform over all
// patches, chosen by the alias method (Walker 1977) from two hashed counters
// each (SplitMix64, Steele et al. 2014); one is kept if it lies on its patch and
// the patch there is the solid's surface (boundary.h). Steps that do not come
// near a patch are left out of that test beforehand.
#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "geometry/prism/boundary.h"

namespace cadrecode::prism {
namespace {

// p(u, v), u and v in [0, 1):
//   flat wall   base + a u + b v
//   round wall  base + a cos(angle) + b sin(angle) + up v, angle = angle0 + sweep u
//   cap cell    base + a x + b y, y = y0 + (y1 - y0) t(u), x from the left curve
struct Patch {
  enum class Kind { kFlat, kRound, kCap } kind;
  int step, face;  // SurfaceSamples::step, face
  double area;     // of the bounding patch
  Vec3 base, a, b, up, normal;
  double angle0 = 0, sweep = 0, normal_sign = 0;  // round: outward = radial * sign
  double y0 = 0, y1 = 0, w0 = 0, w1 = 0;          // cap: width at most w0 + (w1 - w0) t
  const part::MonotonePiece *left = nullptr, *right = nullptr;
  int first_near = 0, last_near = 0;  // Sampler::near, steps from the last to the first
  bool free = false;                  // surface everywhere
};

struct Sampler {
  std::vector<Patch> patches;
  std::vector<int> near;
  std::vector<double> share;  // alias method: keep the column's own patch below this
  std::vector<int> other;
  double total = 0;
};

// Values at both ends of a line that is never below the curve on [y0, y1].
void upper_line(const part::MonotonePiece& c, bool negative, double y0, double y1, double& at0,
                double& at1) {
  const double sign = negative ? -1 : 1, mid = (y0 + y1) / 2, half = (y1 - y0) / 2;
  const bool bulges = c.side * sign > 0;
  if (!bulges) {  // a line, or an arc below its chord
    at0 += sign * c.x_at(y0), at1 += sign * c.x_at(y1);
    return;
  }
  const double dy = mid - c.center.y, x = sign * c.x_at(mid);
  const double slope = -dy / std::sqrt(std::max(1e-300, c.radius * c.radius - dy * dy));
  at0 += x - slope * half, at1 += x + slope * half;
}

// The steps that matter on a patch: those whose prisms reach its box, and all
// intersections. False if it is hidden anyway: a cut that meets nothing. (A face
// an intersection takes away may still own a later face in the same place.)
bool find_near(const Prepared& s, const Box3& box, Patch& patch, std::vector<int>& near) {
  const double reach = kSideStep * s.extent;
  patch.first_near = static_cast<int>(near.size());
  patch.free = s.prisms[patch.step].operation == part::Operation::kJoin;
  for (int j = static_cast<int>(s.prisms.size()) - 1; j >= 0; --j) {
    const Box3& other = s.prisms[j].box;
    bool touches = true;
    for (int a = 0; a < 3; ++a) {
      touches &= box.lo[a] - reach <= other.hi[a] && other.lo[a] - reach <= box.hi[a];
    }
    if (j == patch.step) touches = true;
    if (!touches && s.prisms[j].operation != part::Operation::kIntersect) continue;
    if (j != patch.step) patch.free = false;
    near.push_back(j);
  }
  patch.last_near = static_cast<int>(near.size());
  return patch.free || patch.last_near - patch.first_near > 1;
}

void add_patch(const Prepared& s, const Prism& prism, Patch patch, const part::Box2& flat,
               double w0, double w1, Sampler& out) {
  Box3 box;
  for (const double w : {w0, w1}) {
    box.add(prism.to_world(flat.lo.x, flat.lo.y, w)),
        box.add(prism.to_world(flat.hi.x, flat.lo.y, w));
    box.add(prism.to_world(flat.lo.x, flat.hi.y, w)),
        box.add(prism.to_world(flat.hi.x, flat.hi.y, w));
  }
  const size_t before = out.near.size();
  if (find_near(s, box, patch, out.near)) {
    out.patches.push_back(patch);
  } else {
    out.near.resize(before);
  }
}

void add_caps(const Prepared& s, const Prism& prism, int step, Sampler& out) {
  thread_local std::vector<double> events;
  thread_local std::vector<std::pair<double, int>> active;
  events.clear();
  for (int i = prism.first_piece; i < prism.last_piece; ++i) {
    events.push_back(s.pieces[i].y0), events.push_back(s.pieces[i].y1);
  }
  std::sort(events.begin(), events.end());
  events.erase(std::unique(events.begin(), events.end()), events.end());
  for (size_t e = 0; e + 1 < events.size(); ++e) {
    const double y0 = events[e], y1 = events[e + 1], mid = (y0 + y1) / 2;
    active.clear();
    for (int i = prism.first_piece; i < prism.last_piece; ++i) {
      const part::MonotonePiece& p = s.pieces[i];
      if (p.y0 < mid && mid <= p.y1) active.push_back({p.x_at(mid), i});
    }
    std::sort(active.begin(), active.end());
    for (size_t k = 0; k + 1 < active.size(); k += 2) {
      const part::MonotonePiece &l = s.pieces[active[k].second],
                                &r = s.pieces[active[k + 1].second];
      Patch c{Patch::Kind::kCap, step, 0, 0, {}, prism.x, prism.y, {}, {}};
      c.y0 = y0, c.y1 = y1, c.left = &l, c.right = &r;
      upper_line(r, false, y0, y1, c.w0, c.w1);
      upper_line(l, true, y0, y1, c.w0, c.w1);
      c.w0 = std::max(c.w0, 0.0), c.w1 = std::max(c.w1, 0.0);
      c.area = (c.w0 + c.w1) / 2 * (y1 - y0);
      if (!(c.area > 0)) continue;
      const double least = std::min({l.x_at(y0), l.x_at(y1), active[k].first});
      const part::Box2 flat{{least, y0},
                            {least + std::max(c.w0, c.w1) + std::abs(l.x_at(y0) - l.x_at(y1)), y1}};
      for (int cap = 0; cap < 2; ++cap) {
        const double w = cap ? prism.end : prism.start;
        c.face = cap;
        c.base = prism.origin + prism.normal * w;
        c.normal = cap ? prism.normal : -prism.normal;
        add_patch(s, prism, c, flat, w, w, out);
      }
    }
  }
}

void add_walls(const Prepared& s, const Prism& prism, int step, Sampler& out) {
  for (int i = prism.first_wall; i < prism.last_wall; ++i) {
    const WallCurve& wall = s.walls[i];
    const part::Segment& g = wall.segment;
    Patch p{g.line ? Patch::Kind::kFlat : Patch::Kind::kRound, step, 2 + wall.curve};
    const double height = prism.end - prism.start;
    p.area = part::length(g) * height;
    if (g.line) {
      const Vec2 d = g.end - g.start, n = Vec2{d.y, -d.x} * (wall.outside / norm(d));
      p.base = prism.to_world(g.start.x, g.start.y, prism.start);
      p.a = prism.x * d.x + prism.y * d.y;
      p.b = prism.normal * height;
      p.normal = prism.x * n.x + prism.y * n.y;
    } else {
      p.base = prism.to_world(g.center.x, g.center.y, prism.start);
      p.a = prism.x * g.radius, p.b = prism.y * g.radius, p.up = prism.normal * height;
      p.angle0 = g.start_angle, p.sweep = g.sweep;
      p.normal_sign = (g.sweep > 0 ? wall.outside : -wall.outside) / g.radius;
    }
    add_patch(s, prism, p, part::bounds(g), prism.start, prism.end, out);
  }
}

// Walker's table: column k keeps itself below share[k], else goes to other[k].
void make_alias(Sampler& out) {
  const size_t n = out.patches.size();
  out.share.resize(n), out.other.resize(n);
  for (const Patch& p : out.patches) out.total += p.area;
  std::vector<int> small, large;
  for (size_t k = 0; k < n; ++k) {
    out.share[k] = out.patches[k].area * static_cast<double>(n) / out.total;
    out.other[k] = static_cast<int>(k);
    (out.share[k] < 1 ? small : large).push_back(static_cast<int>(k));
  }
  while (!small.empty() && !large.empty()) {
    const int s = small.back(), l = large.back();
    small.pop_back();
    out.other[s] = l;
    out.share[l] -= 1 - out.share[s];
    if (out.share[l] < 1) large.pop_back(), small.push_back(l);
  }
  for (const int k : small) out.share[k] = 1;
}

Sampler make_sampler(const Prepared& s) {
  Sampler out;
  for (int i = 0; i < static_cast<int>(s.prisms.size()); ++i) {
    add_caps(s, s.prisms[i], i, out);
    add_walls(s, s.prisms[i], i, out);
  }
  make_alias(out);
  return out;
}

uint64_t hashed(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

double unit(uint64_t bits) { return (static_cast<double>(bits & 0xFFFFFFFFull) + 0.5) * 0x1p-32; }

// t in [0, 1] with density proportional to w0 + (w1 - w0) t.
double linear_density(double w0, double w1, double u) {
  const double d = w1 - w0;
  if (std::abs(d) <= 1e-12 * (w0 + w1)) return u;
  return std::clamp((std::sqrt(w0 * w0 + u * (w0 + w1) * d) - w0) / d, 0.0, 1.0);
}

struct Candidate {
  Vec3 point, normal;
};

// False if the candidate falls beside a curved side.
bool place(const Patch& p, double u, double v, Candidate& out) {
  switch (p.kind) {
    case Patch::Kind::kFlat:
      out = {p.base + p.a * u + p.b * v, p.normal};
      return true;
    case Patch::Kind::kRound: {
      const double angle = p.angle0 + p.sweep * u;
      const Vec3 radial = p.a * std::cos(angle) + p.b * std::sin(angle);
      out = {p.base + radial + p.up * v, radial * p.normal_sign};
      return true;
    }
    case Patch::Kind::kCap: {
      const double t = linear_density(p.w0, p.w1, u), y = p.y0 + (p.y1 - p.y0) * t;
      const double x = p.left->x_at(y) + v * (p.w0 + (p.w1 - p.w0) * t);
      if ((p.left->side | p.right->side) != 0 && x > p.right->x_at(y)) return false;
      out = {p.base + p.a * x + p.b * y, p.normal};
      return true;
    }
  }
  return false;
}

struct Draws {
  const Prepared& s;
  Sampler sampler;
  uint64_t key;

  Draws(const Prepared& solid, uint64_t seed)
      : s(solid), sampler(make_sampler(solid)), key(RandomStream(seed).bits_at(0)) {}

  // Candidate number i; the patch, and whether it is surface there.
  Exposure at(uint64_t i, const Patch*& patch, Candidate& c) const {
    const uint64_t r0 = hashed(key + (2 * i + 1) * 0x9E3779B97F4A7C15ull);
    const uint64_t r1 = hashed(key + (2 * i + 2) * 0x9E3779B97F4A7C15ull);
    const uint64_t column = (r0 >> 32) * sampler.patches.size();
    const size_t k = column >> 32;
    patch = &sampler.patches[unit(column) < sampler.share[k] ? k : sampler.other[k]];
    if (!place(*patch, unit(r0), unit(r1), c)) return Exposure::kHidden;
    if (patch->free) return Exposure::kOutwards;
    return exposure(
        s, patch->step, c.point, c.normal,
        {sampler.near.data() + patch->first_near, sampler.near.data() + patch->last_near});
  }
};

}  // namespace

double estimated_area(const Solid& solid, uint64_t candidates) {
  const Draws draws(solid.prepared(), 1);
  if (draws.sampler.patches.empty()) return 0;
  uint64_t kept = 0;
  const Patch* patch;
  Candidate c;
  for (uint64_t i = 0; i < candidates; ++i) kept += draws.at(i, patch, c) != Exposure::kHidden;
  return draws.sampler.total * static_cast<double>(kept) / static_cast<double>(candidates);
}

SurfaceSamples sample_surface(const Solid& solid, size_t count, uint64_t seed) {
  const Draws draws(solid.prepared(), seed);
  if (draws.sampler.patches.empty()) throw Error(ErrorKind::kGeometry, "a part without surface");
  SurfaceSamples out;
  out.points.reserve(count), out.normals.reserve(count);
  out.step.reserve(count), out.face.reserve(count);
  const uint64_t patience = 200000 + 2000 * static_cast<uint64_t>(count);
  const Patch* patch;
  Candidate c;
  for (uint64_t i = 0; out.points.size() < count; ++i) {
    if (i > patience && out.points.size() * 100000 < i) {
      throw Error(ErrorKind::kGeometry,
                  "a part whose surface is less than 1e-5 of its steps' faces");
    }
    const Exposure e = draws.at(i, patch, c);
    if (e == Exposure::kHidden) continue;
    out.points.push_back(c.point);
    out.normals.push_back(e == Exposure::kOutwards ? c.normal : -c.normal);
    out.step.push_back(patch->step), out.face.push_back(patch->face);
  }
  return out;
}

}  // namespace cadrecode::prism
