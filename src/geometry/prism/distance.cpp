// Distance from points to the solid's surface.
//
// The nearest surface point lies inside a face of some prism, on that prism's
// own border, or on an edge where faces of different steps meet. Faces are tried
// from the nearest: the first whose foot point is surface gives an upper bound,
// and the answer if no nearer face was passed over. Otherwise the edges found
// beforehand (edges.h) are asked too: straight ones exactly, curved ones by
// their nearest laid point moved along the edge.
#include <algorithm>
#include <cmath>
#include <optional>

#include "geometry/prism/boundary.h"
#include "geometry/prism/edges.h"

namespace cadrecode::prism {
namespace {

constexpr int kPointsPerTurn = 96;  // on a curved edge

struct Hit {
  double distance;
  Vec3 point;   // foot on the face
  Vec3 inside;  // the same, a little off the face's border
  Vec3 normal;  // of the prism, outwards
  int step;
};

// Foot of (u, v) on a curve; `clamped` if it is an end.
Vec2 foot_on(const part::Segment& g, Vec2 p, bool& clamped) {
  clamped = false;
  if (g.line) {
    const Vec2 d = g.end - g.start;
    const double t = dot(p - g.start, d) / dot(d, d);
    clamped = t <= 0 || t >= 1;
    return t <= 0 ? g.start : t >= 1 ? g.end : g.start + d * t;
  }
  const Vec2 d = p - g.center;
  const double r = norm(d);
  if (r > 0 && part::arc_covers(g, d)) return g.center + d * (g.radius / r);
  if (g.full) return g.start;
  clamped = true;
  return norm(p - g.start) <= norm(p - g.end) ? g.start : g.end;
}

// A point of the curve `step` away from its end `q`, towards the middle.
Vec2 off_end(const part::Segment& g, Vec2 q, double step) {
  const bool at_start = norm(q - g.start) <= norm(q - g.end);
  const double t = std::min(0.25, step / part::length(g));
  return part::point_at(g, at_start ? t : 1 - t);
}

Vec2 outward(const WallCurve& wall, Vec2 at) {
  const part::Segment& g = wall.segment;
  if (g.line) {
    const Vec2 d = g.end - g.start;
    return Vec2{d.y, -d.x} * (wall.outside / norm(d));
  }
  return (at - g.center) * ((g.sweep > 0 ? wall.outside : -wall.outside) / g.radius);
}

void add_hits(const Prepared& s, int step, Vec3 x, std::vector<Hit>& out) {
  const Prism& prism = s.prisms[step];
  const Vec3 p = prism.to_local(x);
  const double nudge = 10 * kSideStep * s.extent;
  const double z = std::clamp(p.z, prism.start, prism.end);
  const double inset = std::min(nudge, (prism.end - prism.start) / 4);
  const double z_inside = std::clamp(z, prism.start + inset, prism.end - inset);
  for (int i = prism.first_wall; i < prism.last_wall; ++i) {
    const WallCurve& wall = s.walls[i];
    bool clamped;
    const Vec2 foot = foot_on(wall.segment, {p.x, p.y}, clamped);
    const Vec2 off = clamped ? off_end(wall.segment, foot, nudge) : foot;
    const Vec2 n = outward(wall, off);
    const Vec2 gap = foot - Vec2{p.x, p.y};
    out.push_back({std::sqrt(dot(gap, gap) + (z - p.z) * (z - p.z)),
                   prism.to_world(foot.x, foot.y, z), prism.to_world(off.x, off.y, z_inside),
                   prism.x * n.x + prism.y * n.y, step});
  }
  if (!profile_contains(s, prism, p.x, p.y)) return;
  for (const double cap : {prism.start, prism.end}) {
    const Vec3 foot = prism.to_world(p.x, p.y, cap);
    out.push_back(
        {std::abs(p.z - cap), foot, foot, cap == prism.end ? prism.normal : -prism.normal, step});
  }
}

double to_line(const Edges::Line& e, Vec3 x) {
  const Vec3 d = e.to - e.from;
  const double t = std::clamp(dot(x - e.from, d) / std::max(1e-300, dot(d, d)), 0.0, 1.0);
  return norm(x - (e.from + d * t));
}

// The nearest of the curved edges' points, moved along its edge towards x as far
// as that is still the edge.
double to_curves(const Prepared& s, const Edges& edges, Vec3 x, double best) {
  const Edges::Point* nearest = nullptr;
  double least = best + s.extent / kPointsPerTurn;
  for (const Edges::Point& p : edges.points) {
    const double d = norm(p.at - x);
    if (d < least) least = d, nearest = &p;
  }
  if (!nearest) return best;
  best = std::min(best, least);
  const Surface &a = edges.surfaces[nearest->a], &b = edges.surfaces[nearest->b];
  Vec3 y, na, nb;
  if (!meet_surfaces(a, b, x, nearest->at, 1e-10 * s.extent, y)) return best;
  const double d = norm(y - x);
  a.value(y, na), b.value(y, nb);
  return d < best && surface_through(s, y, na, nb) ? d : best;
}

double distance(const Prepared& s, std::optional<Edges>& edges, Vec3 x, std::vector<Hit>& hits) {
  hits.clear();
  for (int i = 0; i < static_cast<int>(s.prisms.size()); ++i) add_hits(s, i, x, hits);
  const auto nearer = [](const Hit& a, const Hit& b) { return a.distance < b.distance; };
  if (s.prisms.size() == 1) return std::min_element(hits.begin(), hits.end(), nearer)->distance;
  double best = std::numeric_limits<double>::infinity();
  for (size_t k = 0; k < hits.size(); ++k) {
    std::iter_swap(hits.begin() + k, std::min_element(hits.begin() + k, hits.end(), nearer));
    const Hit& h = hits[k];
    if (exposure(s, h.step, h.inside, h.normal, s.last_to_first, false) == Exposure::kHidden)
      continue;
    best = h.distance;
    if (k == 0) return best;
    break;
  }
  if (!edges) edges = find_edges(s, kPointsPerTurn);  // most points near the surface need none
  for (const Edges::Line& e : edges->lines) best = std::min(best, to_line(e, x));
  return to_curves(s, *edges, x, best);
}

}  // namespace

void distance(const Solid& solid, std::span<const Vec3> points, std::span<double> out) {
  const Prepared& s = solid.prepared();
  thread_local std::vector<Hit> hits;
  if (s.prisms.empty()) {
    std::fill(out.begin(), out.end(), std::numeric_limits<double>::infinity());
    return;
  }
  std::optional<Edges> edges;
  for (size_t i = 0; i < points.size(); ++i) out[i] = distance(s, edges, points[i], hits);
}

void signed_distance(const Solid& solid, std::span<const Vec3> points, std::span<double> out) {
  distance(solid, points, out);
  for (size_t i = 0; i < points.size(); ++i) {
    if (inside(solid, points[i])) out[i] = -out[i];
  }
}

}  // namespace cadrecode::prism
