// Points drawn uniformly from the surface.
//
// Every prism's caps and walls are sampled by area, one counter-based random
// block a candidate, and a candidate is kept where its face is the solid's
// surface (boundary.h). Caps are cut into trapezoids with straight or circular
// sides between the corners of the profile.
#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "geometry/prism/boundary.h"

namespace cadrecode::prism {
namespace {

// A piece of a cap between two neighbouring curves, y in [y0, y1]. Its width is
// at most w0 + (w1 - w0) t at y = y0 + t (y1 - y0), exactly that if both sides
// are lines: tangents bound what bulges outwards, chords what bulges inwards.
struct CapCell {
  double y0, y1, w0, w1;
  int left, right;  // Prepared::pieces
  bool straight;
};

struct Face {
  int step, face;  // SurfaceSamples::step, face
  int first = 0, last = 0;  // caps: cells, half-open
  const WallCurve* wall = nullptr;
};

struct Sampler {
  std::vector<CapCell> cells;
  std::vector<double> cell_sum;  // running areas under the bounds, within each prism
  std::vector<Face> faces;
  std::vector<double> face_sum;  // running areas
};

double arc_area(const part::MonotonePiece& c, double y0, double y1) {
  if (c.side == 0) return c.x_at((y0 + y1) / 2) * (y1 - y0);
  const double r = c.radius, a = std::clamp(y0 - c.center.y, -r, r),
               b = std::clamp(y1 - c.center.y, -r, r);
  const double ra = std::sqrt(r * r - a * a), rb = std::sqrt(r * r - b * b);
  const double angle = std::atan2(b * ra - a * rb, ra * rb + a * b);
  return c.center.x * (y1 - y0) + c.side * (b * rb - a * ra + r * r * angle) / 2;
}

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

// Returns the cap's area.
double add_cells(const Prepared& s, const Prism& prism, Sampler& out) {
  std::vector<double> events;
  for (int i = prism.first_piece; i < prism.last_piece; ++i) {
    events.push_back(s.pieces[i].y0), events.push_back(s.pieces[i].y1);
  }
  std::sort(events.begin(), events.end());
  events.erase(std::unique(events.begin(), events.end()), events.end());
  std::vector<std::pair<double, int>> active;
  double bound_sum = 0, area_sum = 0;
  for (size_t e = 0; e + 1 < events.size(); ++e) {
    const double y0 = events[e], y1 = events[e + 1], mid = (y0 + y1) / 2;
    active.clear();
    for (int i = prism.first_piece; i < prism.last_piece; ++i) {
      const part::MonotonePiece& p = s.pieces[i];
      if (p.y0 < mid && mid <= p.y1) active.push_back({p.x_at(mid), i});
    }
    std::sort(active.begin(), active.end());
    for (size_t k = 0; k + 1 < active.size(); k += 2) {
      const part::MonotonePiece &l = s.pieces[active[k].second], &r = s.pieces[active[k + 1].second];
      CapCell c{y0, y1, 0, 0, active[k].second, active[k + 1].second, l.side == 0 && r.side == 0};
      upper_line(r, false, y0, y1, c.w0, c.w1);
      upper_line(l, true, y0, y1, c.w0, c.w1);
      c.w0 = std::max(c.w0, 0.0), c.w1 = std::max(c.w1, 0.0);
      const double area = arc_area(r, y0, y1) - arc_area(l, y0, y1);
      if (!(area > 0)) continue;
      out.cells.push_back(c);
      out.cell_sum.push_back(bound_sum += (c.w0 + c.w1) / 2 * (y1 - y0));
      area_sum += area;
    }
  }
  return area_sum;
}

Sampler make_sampler(const Prepared& s) {
  Sampler out;
  double sum = 0;
  for (int i = 0; i < static_cast<int>(s.prisms.size()); ++i) {
    const Prism& prism = s.prisms[i];
    const int first = static_cast<int>(out.cells.size());
    const double cap_area = add_cells(s, prism, out);
    const int last = static_cast<int>(out.cells.size());
    for (int cap = 0; cap < 2 && last > first; ++cap) {
      out.faces.push_back({i, cap, first, last});
      out.face_sum.push_back(sum += cap_area);
    }
    for (int w = prism.first_wall; w < prism.last_wall; ++w) {
      out.faces.push_back({i, 2 + s.walls[w].curve, 0, 0, &s.walls[w]});
      out.face_sum.push_back(sum += part::length(s.walls[w].segment) * (prism.end - prism.start));
    }
  }
  return out;
}

double unit(uint32_t bits) { return (bits + 0.5) * 0x1p-32; }

// t in [0, 1] with density proportional to w0 + (w1 - w0) t.
double linear_density(double w0, double w1, double u) {
  const double d = w1 - w0;
  if (std::abs(d) <= 1e-12 * (w0 + w1)) return u;
  return std::clamp((std::sqrt(w0 * w0 + u * (w0 + w1) * d) - w0) / d, 0.0, 1.0);
}

struct Candidate {
  Vec3 point, normal;
};

Candidate on_wall(const Prism& prism, const WallCurve& wall, double along, double up) {
  const part::Segment& g = wall.segment;
  const double w = prism.start + (prism.end - prism.start) * up;
  Vec2 p, out;
  if (g.line) {
    const Vec2 d = g.end - g.start;
    p = g.start + d * along;
    out = Vec2{d.y, -d.x} * (wall.outside / norm(d));
  } else {
    const double a = g.start_angle + g.sweep * along;
    const Vec2 radial{std::cos(a), std::sin(a)};
    p = g.center + radial * g.radius;
    out = radial * (g.sweep > 0 ? wall.outside : -wall.outside);
  }
  return {prism.to_world(p.x, p.y, w), prism.x * out.x + prism.y * out.y};
}

// False if the candidate falls beside the cell's curved side: draw again.
bool on_cap(const Prepared& s, const Prism& prism, const CapCell& c, bool end, double u, double v,
            Candidate& out) {
  const double t = linear_density(c.w0, c.w1, u), y = c.y0 + (c.y1 - c.y0) * t;
  const double left = s.pieces[c.left].x_at(y), x = left + v * (c.w0 + (c.w1 - c.w0) * t);
  if (!c.straight && x > s.pieces[c.right].x_at(y)) return false;
  const double sign = end ? 1 : -1;
  out = {prism.to_world(x, y, end ? prism.end : prism.start), prism.normal * sign};
  return true;
}

// Candidate number i: a face by its area, a point on it by area.
const Face& draw(const Prepared& s, const Sampler& sampler, uint64_t i, uint64_t seed, Candidate& c) {
  const std::array<uint32_t, 2> key{static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)};
  const uint32_t lo = static_cast<uint32_t>(i), hi = static_cast<uint32_t>(i >> 32);
  std::array<uint32_t, 4> w = philox4x32({lo, hi, 0, 0}, key);
  const auto at = std::upper_bound(sampler.face_sum.begin(), sampler.face_sum.end() - 1,
                                   unit(w[0]) * sampler.face_sum.back());
  const Face& face = sampler.faces[at - sampler.face_sum.begin()];
  const Prism& prism = s.prisms[face.step];
  if (face.wall) {
    c = on_wall(prism, *face.wall, unit(w[1]), unit(w[2]));
    return face;
  }
  const auto first = sampler.cell_sum.begin() + face.first;
  const auto last = sampler.cell_sum.begin() + face.last - 1;
  for (uint32_t attempt = 1;; ++attempt) {  // until a draw falls on the cap
    const auto cell = std::upper_bound(first, last, unit(w[3]) * *last);
    const CapCell& cap = sampler.cells[cell - sampler.cell_sum.begin()];
    if (on_cap(s, prism, cap, face.face == 1, unit(w[1]), unit(w[2]), c)) return face;
    w = philox4x32({lo, hi, attempt, 0}, key);
  }
}

}  // namespace

double estimated_area(const Solid& solid, uint64_t candidates) {
  const Prepared& s = solid.prepared();
  const Sampler sampler = make_sampler(s);
  if (sampler.face_sum.empty()) return 0;
  uint64_t kept = 0;
  for (uint64_t i = 0; i < candidates; ++i) {
    Candidate c;
    const Face& face = draw(s, sampler, i, 1, c);
    kept += exposure(s, face.step, c.point, c.normal) != Exposure::kHidden;
  }
  return sampler.face_sum.back() * static_cast<double>(kept) / static_cast<double>(candidates);
}

SurfaceSamples sample_surface(const Solid& solid, size_t count, uint64_t seed) {
  const Prepared& s = solid.prepared();
  const Sampler sampler = make_sampler(s);
  if (sampler.face_sum.empty()) throw Error(ErrorKind::kGeometry, "a part without surface");
  SurfaceSamples out;
  out.points.reserve(count), out.normals.reserve(count);
  out.step.reserve(count), out.face.reserve(count);
  const bool single = s.prisms.size() == 1;
  const uint64_t patience = 200000 + 2000 * static_cast<uint64_t>(count);
  for (uint64_t i = 0; out.points.size() < count; ++i) {
    if (i > patience && out.points.size() * 100000 < i) {
      throw Error(ErrorKind::kGeometry, "a part whose surface is less than 1e-5 of its steps' faces");
    }
    Candidate c;
    const Face& face = draw(s, sampler, i, seed, c);
    const Exposure e =
        single ? Exposure::kOutwards : exposure(s, face.step, c.point, c.normal);
    if (e == Exposure::kHidden) continue;
    out.points.push_back(c.point);
    out.normals.push_back(e == Exposure::kOutwards ? c.normal : -c.normal);
    out.step.push_back(face.step), out.face.push_back(face.face);
  }
  return out;
}

}  // namespace cadrecode::prism
