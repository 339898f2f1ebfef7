#include "geometry/prism/edges.h"

#include <algorithm>
#include <cmath>

#include "geometry/prism/boundary.h"
#include "geometry/prism/oblique.h"

namespace cadrecode::prism {
namespace {

constexpr double kParallel = 1e-9;

struct Face {
  int step, surface;
  const part::Segment* curve = nullptr;  // walls
  Box3 box;
};

std::vector<Face> faces_of(const Prepared& s, std::vector<Surface>& surfaces) {
  std::vector<Face> out;
  const auto add = [&](int step, Surface surface, const part::Segment* curve, const Box3& box) {
    out.push_back({step, static_cast<int>(surfaces.size()), curve, box});
    surfaces.push_back(surface);
  };
  for (int i = 0; i < static_cast<int>(s.prisms.size()); ++i) {
    const Prism& prism = s.prisms[i];
    for (const double w : {prism.start, prism.end}) {
      add(i, {prism.to_world(0, 0, w), prism.normal}, nullptr,
          box_over(prism, prism.profile_box, w, w));
    }
    for (int k = prism.first_wall; k < prism.last_wall; ++k) {
      const part::Segment& g = s.walls[k].segment;
      Surface f;
      if (g.line) {
        const Vec2 d = normalized(g.end - g.start);
        f.point = prism.to_world(g.start.x, g.start.y, prism.start);
        f.normal = prism.x * d.y - prism.y * d.x;
      } else {
        f.round = true;
        f.axis_point = prism.to_world(g.center.x, g.center.y, 0);
        f.axis = prism.normal, f.radius = g.radius;
      }
      add(i, f, &g, box_over(prism, part::bounds(g), prism.start, prism.end));
    }
  }
  return out;
}

// Steps into the four sectors between two surfaces with normals na and nb:
// combinations of the dual vectors, so that each surface is left on the wanted
// side however flat the angle.
struct Sectors {
  Vec3 a, b;
  Sectors(const Prepared& s, Vec3 na, Vec3 nb) {
    const double c = dot(na, nb), sine = std::sqrt(std::max(1e-12, 1 - c * c));
    const double step = kSideStep * s.extent / sine;
    a = (na - nb * c) * step, b = (nb - na * c) * (1.37 * step);
  }
  Vec3 at(int corner) const { return (corner & 1 ? a : -a) + (corner & 2 ? b : -b); }
};

// Where the line o + t d may begin or stop to be an edge: wherever a line just
// beside it enters or leaves a prism. Between those, one point decides.
void add_line(const Prepared& s, Vec3 o, Vec3 d, Vec3 na, Vec3 nb, double t_lo, double t_hi,
              std::vector<double>& t, Edges& out) {
  const double step = kSideStep * s.extent;
  const Sectors sectors(s, na, nb);
  t.clear();
  for (int corner = 0; corner < 4; ++corner) {
    const Vec3 p = o + sectors.at(corner);
    for (const Prism& prism : s.prisms) cut_line(s, prism, p, d, t);
  }
  for (double& v : t) v = std::clamp(v, t_lo, t_hi);
  t.push_back(t_lo), t.push_back(t_hi);
  std::sort(t.begin(), t.end());
  bool open = false;
  for (size_t k = 0; k + 1 < t.size(); ++k) {
    if (t[k + 1] - t[k] <= 8 * step) continue;
    const bool edge = surface_through(s, o + d * ((t[k] + t[k + 1]) / 2), na, nb);
    if (edge && open) {
      out.lines.back().to = o + d * t[k + 1];
    } else if (edge) {
      out.lines.push_back({o + d * t[k], o + d * t[k + 1]});
    }
    open = edge;
  }
}

// The range of t in which o + t d runs through a box grown by `margin`.
bool clip(const Box3& box, double margin, Vec3 o, Vec3 d, double& lo, double& hi) {
  for (int a = 0; a < 3; ++a) {
    const double b0 = box.lo[a] - margin, b1 = box.hi[a] + margin;
    if (std::abs(d[a]) < 1e-12) {
      if (o[a] < b0 || o[a] > b1) return false;
      continue;
    }
    double t0 = (b0 - o[a]) / d[a], t1 = (b1 - o[a]) / d[a];
    if (t0 > t1) std::swap(t0, t1);
    lo = std::max(lo, t0), hi = std::min(hi, t1);
  }
  return lo < hi;
}

void add_straight(const Prepared& s, const Face& fa, const Face& fb, Vec3 o, Vec3 d, Vec3 na,
                  Vec3 nb, std::vector<double>& t, Edges& out) {
  double lo = -1e300, hi = 1e300;
  const double margin = kSideStep * s.extent;
  if (clip(fa.box, margin, o, d, lo, hi) && clip(fb.box, margin, o, d, lo, hi)) {
    add_line(s, o, d, na, nb, lo, hi, t, out);
  }
}

void plane_and_plane(const Prepared& s, const Face& fa, const Face& fb, std::vector<double>& t,
                     Edges& out) {
  const Surface &a = out.surfaces[fa.surface], &b = out.surfaces[fb.surface];
  const Vec3 d = cross(a.normal, b.normal);
  const double dd = dot(d, d);
  if (dd < kParallel) return;
  const double ca = dot(a.normal, a.point), cb = dot(b.normal, b.point);
  const Vec3 o = cross(b.normal * -ca + a.normal * cb, d) / -dd;
  add_straight(s, fa, fb, o, d / std::sqrt(dd), a.normal, b.normal, t, out);
}

// A plane along a cylinder's axis cuts it in up to two straight lines.
void plane_along_cylinder(const Prepared& s, const Face& plane, const Face& round,
                          std::vector<double>& t, Edges& out) {
  const Surface p = out.surfaces[plane.surface], c = out.surfaces[round.surface];
  const double h = dot(p.normal, c.axis_point - p.point), h2 = c.radius * c.radius - h * h;
  if (h2 <= 0) return;
  const Vec3 foot = c.axis_point - p.normal * h, across = normalized(cross(c.axis, p.normal));
  for (const double sign : {1.0, -1.0}) {
    const Vec3 o = foot + across * (sign * std::sqrt(h2));
    add_straight(s, plane, round, o, c.axis, p.normal, (o - c.axis_point) / c.radius, t, out);
  }
}

// Points where the rulings of a round wall pierce the other face's surface.
void pierce(const Prepared& s, const Face& round, const Face& other, int per_turn, Edges& out) {
  const Prism& prism = s.prisms[round.step];
  const part::Segment& g = *round.curve;
  const Surface target = out.surfaces[other.surface], own = out.surfaces[round.surface];
  const double margin = kSideStep * s.extent;
  const double turns = std::abs(g.sweep) / (2 * part::kPi), spans = part::length(g) / s.extent;
  const int n = std::max(4, static_cast<int>(per_turn * std::max(turns, spans)));
  for (int i = 0; i <= n; ++i) {
    // the ends are corners of the profile: stay just beside them
    const double at = std::clamp(static_cast<double>(i) / n, 1e-5, 1 - 1e-5);
    const Vec2 q = part::point_at(g, at);
    const Vec3 o = prism.to_world(q.x, q.y, 0), d = prism.normal;
    double t[2];
    int count = 0;
    if (!target.round) {
      const double along = dot(target.normal, d);
      if (std::abs(along) < kParallel) return;
      t[count++] = dot(target.normal, target.point - o) / along;
    } else {
      const Vec3 w = o - target.axis_point;
      const Vec3 w2 = w - target.axis * dot(w, target.axis),
                 d2 = d - target.axis * dot(d, target.axis);
      const double a = dot(d2, d2), b = dot(w2, d2),
                   c = dot(w2, w2) - target.radius * target.radius;
      const double disc = b * b - a * c;
      if (a < kParallel || disc < 0) continue;
      t[count++] = (-b - std::sqrt(disc)) / a, t[count++] = (-b + std::sqrt(disc)) / a;
    }
    for (int k = 0; k < count; ++k) {
      if (t[k] < prism.start - margin || t[k] > prism.end + margin) continue;
      const Vec3 y = o + d * t[k];
      bool in_box = true;
      for (int a = 0; a < 3; ++a) {
        in_box &= y[a] >= other.box.lo[a] - margin && y[a] <= other.box.hi[a] + margin;
      }
      Vec3 na, nb;
      own.value(y, na), target.value(y, nb);
      if (in_box && surface_through(s, y, na, nb))
        out.points.push_back({y, round.surface, other.surface});
    }
  }
}

// A prism's own edges, as far as other steps leave them: along its normal at
// every corner of the profile, and around both caps.
void add_own(const Prepared& s, const std::vector<Face>& faces, size_t wall, int per_turn,
             std::vector<double>& t, Edges& out) {
  const Face& face = faces[wall];
  const Prism& prism = s.prisms[face.step];
  const part::Segment& g = *face.curve;
  const Surface surface = out.surfaces[face.surface];
  const auto world = [&](Vec2 p, double w) { return prism.to_world(p.x, p.y, w); };
  const double margin = kSideStep * s.extent, height = prism.end - prism.start;
  for (size_t k = 0; k < faces.size(); ++k) {  // the wall that goes on from this one's end
    if (k == wall || faces[k].step != face.step || !faces[k].curve) continue;
    if (norm(faces[k].curve->start - g.end) > part::kTolerance) continue;
    Vec3 na, nb;
    const Vec3 corner = world(g.end, prism.start);
    surface.value(corner, na), out.surfaces[faces[k].surface].value(corner, nb);
    if (norm(cross(na, nb)) > 1e-6) {
      add_line(s, corner, prism.normal, na, nb, -margin, height + margin, t, out);
    }
  }
  for (size_t k = 0; k < faces.size(); ++k) {
    if (faces[k].step != face.step || faces[k].curve) continue;
    if (g.line) {
      const double w = dot(out.surfaces[faces[k].surface].point - prism.origin, prism.normal);
      const Vec3 from = world(g.start, w), d = world(g.end, w) - from;
      add_line(s, from, normalized(d), surface.normal, prism.normal, -margin, norm(d) + margin, t,
               out);
    } else {
      pierce(s, face, faces[k], per_turn, out);
    }
  }
}

}  // namespace

bool surface_through(const Prepared& s, Vec3 y, Vec3 na, Vec3 nb) {
  const Sectors sectors(s, na, nb);
  bool any = false, all = true;
  for (int corner = 0; corner < 4; ++corner) {
    const Vec3 p = y + sectors.at(corner);
    const bool in = member(s, [&](int k) { return prism_contains(s, s.prisms[k], p); });
    any |= in, all &= in;
  }
  return any && !all;
}

double Surface::value(Vec3 y, Vec3& gradient) const {
  if (!round) {
    gradient = normal;
    return dot(normal, y - point);
  }
  Vec3 w = y - axis_point;
  w = w - axis * dot(w, axis);
  const double r = norm(w);
  gradient = r > 0 ? w / r : Vec3{1, 0, 0};
  return r - radius;
}

// y = x + la na + lb nb with both linearised surfaces met.
bool meet_surfaces(const Surface& a, const Surface& b, Vec3 x, Vec3 start, double tolerance,
                   Vec3& y) {
  y = start;
  for (int i = 0; i < 20; ++i) {
    Vec3 na, nb;
    const double ga = a.value(y, na), gb = b.value(y, nb);
    const double c = dot(na, nb), det = 1 - c * c;
    if (det < 1e-9) return false;
    const double ra = -ga - dot(na, x - y), rb = -gb - dot(nb, x - y);
    const Vec3 next = x + na * ((ra - c * rb) / det) + nb * ((rb - c * ra) / det);
    const double moved = norm(next - y);
    y = next;
    if (moved <= tolerance && std::abs(ga) <= tolerance && std::abs(gb) <= tolerance) return true;
  }
  return false;
}

Edges find_edges(const Prepared& s, int per_turn) {
  Edges out;
  const std::vector<Face> faces = faces_of(s, out.surfaces);
  std::vector<double> t;
  const double margin = kSideStep * s.extent;
  for (size_t i = 0; i < faces.size(); ++i) {
    if (faces[i].curve) add_own(s, faces, i, per_turn, t, out);
    for (size_t j = i + 1; j < faces.size(); ++j) {
      const Face &a = faces[i], &b = faces[j];
      if (a.step == b.step) continue;
      bool touch = true;
      for (int k = 0; k < 3; ++k) {
        touch &= a.box.lo[k] - margin <= b.box.hi[k] && b.box.lo[k] - margin <= a.box.hi[k];
      }
      if (!touch) continue;
      const Surface &sa = out.surfaces[a.surface], &sb = out.surfaces[b.surface];
      if (!sa.round && !sb.round) {
        plane_and_plane(s, a, b, t, out);
      } else if (sa.round && sb.round) {
        pierce(s, a, b, per_turn, out), pierce(s, b, a, per_turn, out);
      } else {
        const Face &plane = sa.round ? b : a, &round = sa.round ? a : b;
        const double along =
            dot(out.surfaces[plane.surface].normal, out.surfaces[round.surface].axis);
        if (std::abs(along) < kParallel) {
          plane_along_cylinder(s, plane, round, t, out);
        } else {
          pierce(s, round, plane, per_turn, out);
        }
      }
    }
  }
  return out;
}

}  // namespace cadrecode::prism
