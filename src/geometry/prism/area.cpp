// Surface area and exact bounds, from the bands of the volume's scene.
//
// Per band, the sides of the cells are the surface: a side x(s) of length w
// counts w * sqrt(1 + x'(s)^2) ds. Between bands, what the cross-sections on
// both sides of the event do not have in common is the surface across s.
// Steps along three axes or oblique ones: faces.cpp.
#include <algorithm>
#include <cmath>

#include "geometry/prism/bands.h"
#include "geometry/prism/boundary.h"
#include "geometry/prism/edges.h"
#include "geometry/prism/faces.h"
#include "geometry/prism/quadrature.h"

namespace cadrecode::prism {
namespace {

constexpr int kBoundsPointsPerTurn = 384;  // on curved edges between steps

struct Rectangle {
  double p0, p1, q0, q1;
};

struct Workspace {
  Scene scene;
  Bands bands;
  std::vector<Rectangle> before, after;
  std::vector<std::pair<double, Side>> ends;
};

Workspace& workspace() {
  thread_local Workspace w;
  return w;
}

void rectangles_at(const Bands& bands, double s, std::vector<Rectangle>& out) {
  out.clear();
  for (const Cell& c : bands.cells()) {
    out.push_back({bands.at(c.p0, s), bands.at(c.p1, s), bands.at(c.q0, s), bands.at(c.q1, s)});
  }
}

double area_of(const std::vector<Rectangle>& list) {
  double sum = 0;
  for (const Rectangle& r : list) sum += (r.p1 - r.p0) * (r.q1 - r.q0);
  return sum;
}

double difference(const std::vector<Rectangle>& a, const std::vector<Rectangle>& b) {
  double common = 0;
  for (const Rectangle& x : a) {
    for (const Rectangle& y : b) {
      const double p = std::min(x.p1, y.p1) - std::max(x.p0, y.p0);
      const double q = std::min(x.q1, y.q1) - std::max(x.q0, y.q0);
      if (p > 0 && q > 0) common += p * q;
    }
  }
  return std::max(0.0, area_of(a) + area_of(b) - 2 * common);
}

double stretch(double slope) { return std::sqrt(1 + slope * slope); }

// Sides p = const or p(s) of every cell.
double p_sides(const Bands& bands, double s) {
  double sum = 0;
  for (const Cell& c : bands.cells()) {
    const double height = bands.at(c.q1, s) - bands.at(c.q0, s);
    sum += height * (stretch(bands.slope(c.p0, s)) + stretch(bands.slope(c.p1, s)));
  }
  return sum;
}

// Sides along q: at every q side, what the cells below and above do not share.
// Cells come strip by strip; the cells [first, last) of one strip share q0, q1.
double q_sides(const Bands& bands, double s, std::vector<std::pair<double, Side>>& ends) {
  const std::vector<Cell>& cells = bands.cells();
  double sum = 0;
  size_t below_first = 0, below_last = 0;
  for (size_t first = 0; first <= cells.size();) {
    size_t last = first;
    while (last < cells.size() && cells[last].q0 == cells[first].q0 &&
           cells[last].q1 == cells[first].q1) {
      ++last;
    }
    const bool touching =
        below_last > below_first && first < cells.size() &&
        std::abs(bands.at(cells[below_first].q1, s) - bands.at(cells[first].q0, s)) <= bands.tiny();
    const auto open_side = [&](size_t from, size_t to, bool top) {
      for (size_t k = from; k < to; ++k) {
        const Side side = top ? cells[k].q1 : cells[k].q0;
        sum +=
            (bands.at(cells[k].p1, s) - bands.at(cells[k].p0, s)) * stretch(bands.slope(side, s));
      }
    };
    if (!touching) {
      open_side(below_first, below_last, true);
      if (first < cells.size()) open_side(first, last, false);
    } else {
      ends.clear();
      for (size_t k = below_first; k < below_last; ++k) {
        ends.push_back({bands.at(cells[k].p0, s), 0}),
            ends.push_back({bands.at(cells[k].p1, s), 0});
      }
      for (size_t k = first; k < last; ++k) {
        ends.push_back({bands.at(cells[k].p0, s), 1}),
            ends.push_back({bands.at(cells[k].p1, s), 1});
      }
      std::sort(ends.begin(), ends.end());
      bool in[2] = {false, false};
      double length = 0;
      for (size_t k = 0; k + 1 < ends.size(); ++k) {
        in[ends[k].second] = !in[ends[k].second];
        if (in[0] != in[1]) length += ends[k + 1].first - ends[k].first;
      }
      sum += length * stretch(bands.slope(cells[first].q0, s));
    }
    if (first == cells.size()) break;
    below_first = first, below_last = last, first = last;
  }
  return sum;
}

// Largest or smallest value a side takes on the closed band.
void add_range(const Scene& scene, const Bands& bands, Side side, double lo, double hi,
               double& least, double& most) {
  for (const double s : {lo, hi}) {
    least = std::min(least, bands.at(side, s)), most = std::max(most, bands.at(side, s));
  }
  if (Bands::constant(side)) return;
  const part::MonotonePiece& c = scene.pieces[side].curve;
  if (c.side != 0 && lo < c.center.y && c.center.y < hi) {
    const double x = c.center.x + c.side * c.radius;
    least = std::min(least, x), most = std::max(most, x);
  }
}

bool world_axis(Vec3 v) {
  return std::abs(std::abs(v.x) + std::abs(v.y) + std::abs(v.z) - 1) < 1e-15;
}

// For solids the bands do not measure: a solid's extremes lie on its edges. A
// curved one may end in a corner between two of its points: samples help there.
Box3 bounds_of_edges(const Solid& solid) {
  const Edges edges = find_edges(solid.prepared(), kBoundsPointsPerTurn);
  Box3 box;
  for (const Vec3& p : some_surface_points(solid, 1 << 14)) box.add(p);
  for (const Edges::Line& e : edges.lines) box.add(e.from), box.add(e.to);
  for (const Edges::Point& p : edges.points) box.add(p.at);
  return box;
}

}  // namespace

double area(const Solid& solid) {
  const Prepared& s = solid.prepared();
  if (s.box.empty()) return 0;
  if (s.prisms.size() == 1) {
    const Prism& p = s.prisms[0];
    return 2 * p.profile_area + p.perimeter * (p.end - p.start);
  }
  Workspace& w = workspace();
  w.scene.build(s, nullptr);
  if (w.scene.has_along_s || w.scene.has_oblique) return integrate_faces(w.scene, true).area;
  w.bands.reset(w.scene);
  const std::vector<double>& events = w.bands.events();
  const double tolerance = 1e-10 * w.scene.extent * w.scene.extent;
  w.before.clear();
  double sum = 0;
  for (size_t i = 0; i + 1 < events.size(); ++i) {
    w.bands.open(events[i], events[i + 1]);
    rectangles_at(w.bands, events[i], w.after);
    sum += difference(w.before, w.after);
    if (!w.bands.cells().empty()) {
      sum += integrate_band<1>(events[i], events[i + 1], w.bands.curved(),
                               [&](double at) -> std::array<double, 1> {
                                 return {p_sides(w.bands, at) + q_sides(w.bands, at, w.ends)};
                               },
                               {tolerance})[0];
    }
    rectangles_at(w.bands, events[i + 1], w.before);
  }
  return sum + area_of(w.before);
}

Box3 bounds(const Solid& solid) {
  const Prepared& s = solid.prepared();
  if (s.joins_only || s.box.empty()) return s.box;
  Workspace& w = workspace();
  w.scene.build(s, nullptr);
  const Scene& scene = w.scene;
  if (scene.has_along_s || scene.has_oblique || !world_axis(scene.s) || !world_axis(scene.p)) {
    return volume(solid) > 0 ? bounds_of_edges(solid) : Box3{};
  }
  w.bands.reset(scene);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  double lo[3] = {kInfinity, kInfinity, kInfinity}, hi[3] = {-kInfinity, -kInfinity, -kInfinity};
  for (size_t i = 0; i + 1 < w.bands.events().size(); ++i) {
    const double s0 = w.bands.events()[i], s1 = w.bands.events()[i + 1];
    w.bands.open(s0, s1);
    if (w.bands.cells().empty()) continue;
    lo[0] = std::min(lo[0], s0), hi[0] = std::max(hi[0], s1);
    for (const Cell& c : w.bands.cells()) {
      for (const Side side : {c.p0, c.p1}) add_range(scene, w.bands, side, s0, s1, lo[1], hi[1]);
      for (const Side side : {c.q0, c.q1}) add_range(scene, w.bands, side, s0, s1, lo[2], hi[2]);
    }
  }
  Box3 box;
  if (lo[0] > hi[0]) return box;
  box.add(scene.s * lo[0] + scene.p * lo[1] + scene.q * lo[2]);
  box.add(scene.s * hi[0] + scene.p * hi[1] + scene.q * hi[2]);
  return box;
}

}  // namespace cadrecode::prism
