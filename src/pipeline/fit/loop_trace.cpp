#include "pipeline/fit/loop_trace.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>

#include "pipeline/fit/circle.h"

namespace cadrecode::fit {
namespace {

using part::Curve;
using part::Loop;

constexpr double kPi = std::numbers::pi;
constexpr double kArcCost = 1.6;      // a line costs 1: two lines beat no arc
constexpr size_t kMaxVertices = 900;  // above, the polygon is thinned first
constexpr size_t kMinArcEdges = 3;    // four points on a circle: one is evidence
constexpr size_t kMinCircleVertices = 9;

double line_distance(Vec2 p, Vec2 a, Vec2 b) {
  const Vec2 d = b - a;
  const double length = norm(d);
  return length > 0 ? std::abs(cross(d, p - a)) / length : norm(p - a);
}

double segment_distance(Vec2 p, Vec2 a, Vec2 b) {
  const Vec2 d = b - a;
  const double dd = dot(d, d);
  const double t = dd > 0 ? std::clamp(dot(p - a, d) / dd, 0.0, 1.0) : 0;
  return norm(p - a - d * t);
}

// Turn from edge (a, b) to edge (b, c), radians, positive to the left.
double turn(Vec2 a, Vec2 b, Vec2 c) { return std::atan2(cross(b - a, c - b), dot(b - a, c - b)); }

// Drops repeated vertices and those within `eps` of the line of their kept
// neighbours: what sectioning a triangulated wall leaves behind.
std::vector<Vec2> clean(const std::vector<Vec2>& polygon, double eps) {
  std::vector<Vec2> kept;
  for (Vec2 p : polygon)
    if (kept.empty() || norm(p - kept.back()) > eps) kept.push_back(p);
  while (kept.size() > 1 && norm(kept.front() - kept.back()) <= eps) kept.pop_back();
  for (bool changed = true; changed && kept.size() > 3;) {
    changed = false;
    std::vector<Vec2> next;
    const size_t n = kept.size();
    for (size_t i = 0; i < n; ++i) {
      const Vec2 before = next.empty() ? kept[n - 1] : next.back();
      const Vec2 after = kept[(i + 1) % n];
      const bool straight = dot(kept[i] - before, after - kept[i]) > 0;
      if (straight && line_distance(kept[i], before, after) <= eps && n - i + next.size() > 3) {
        changed = true;
        continue;
      }
      next.push_back(kept[i]);
    }
    kept = std::move(next);
  }
  return kept;
}

// A piece of the segmentation: vertices first..last (inclusive, not wrapped).
struct Piece {
  size_t first = 0, last = 0;
  bool is_arc = false;
  Circle circle;
};

class Segmenter {
 public:
  Segmenter(std::vector<Vec2> vertices, const TraceOptions& options)
      : v_(std::move(vertices)), options_(options), n_(v_.size()) {
    turns_.resize(n_);
    for (size_t i = 0; i < n_; ++i) turns_[i] = turn(at(i + n_ - 1), at(i), at(i + 1));
  }

  std::optional<Circle> whole_circle() const {
    if (n_ < kMinCircleVertices) return std::nullopt;
    const auto circle = fit_circle(v_);
    if (!circle || !on_circle(*circle, 0, n_ - 1)) return std::nullopt;
    for (double t : turns_)
      if (t * turns_[0] <= 0 || std::abs(t) > options_.max_turn) return std::nullopt;
    return circle;
  }

  // Pieces from vertex 0 round to vertex 0 again (index n).
  std::vector<Piece> run() {
    std::vector<double> best(n_ + 1, std::numeric_limits<double>::infinity());
    std::vector<Piece> from(n_ + 1);
    best[0] = 0;
    for (size_t i = 0; i < n_; ++i) {
      for (size_t j = i + 1; j <= n_ && is_line(i, j); ++j)
        relax(best, from, {i, j, false, {}}, 1.0);
      for (size_t j = i + kMinArcEdges; j <= n_ && j < i + n_; ++j) {
        if (!turns_consistent(i, j)) break;
        const auto circle = arc(i, j);
        if (circle) relax(best, from, {i, j, true, *circle}, kArcCost);
        // Two misses in a row end the growth: one may be a stray vertex.
        else if (j > i + kMinArcEdges + 1)
          break;
      }
    }
    std::vector<Piece> pieces;
    for (size_t j = n_; j > 0; j = from[j].first) pieces.push_back(from[j]);
    return {pieces.rbegin(), pieces.rend()};
  }

  Vec2 at(size_t i) const { return v_[i % n_]; }

 private:
  static void relax(std::vector<double>& best, std::vector<Piece>& from, const Piece& p,
                    double cost) {
    if (best[p.first] + cost < best[p.last] - 1e-12) {
      best[p.last] = best[p.first] + cost;
      from[p.last] = p;
    }
  }

  bool is_line(size_t i, size_t j) const {
    for (size_t k = i + 1; k < j; ++k)
      if (segment_distance(at(k), at(i), at(j)) > options_.tolerance) return false;
    return true;
  }

  // All inner vertices of i..j turn one way, gently, and not too far round.
  bool turns_consistent(size_t i, size_t j) const {
    double total = 0;
    const double first = turns_[(i + 1) % n_];
    for (size_t k = i + 1; k < j; ++k) {
      const double t = turns_[k % n_];
      if (t * first <= 0 || std::abs(t) > options_.max_turn) return false;
      total += std::abs(t);
    }
    return total < 2 * kPi;
  }

  bool on_circle(const Circle& c, size_t i, size_t j) const {
    for (size_t k = i; k <= j; ++k)
      if (std::abs(norm(at(k) - c.center) - c.radius) > options_.tolerance) return false;
    return true;
  }

  std::optional<Circle> arc(size_t i, size_t j) const {
    std::vector<Vec2> points;
    for (size_t k = i; k <= j; ++k) points.push_back(at(k));
    const auto circle = fit_circle(points);
    if (!circle || !on_circle(*circle, i, j)) return std::nullopt;
    // An arc must bend by more than the tolerance, or a line would do.
    double sagitta = 0;
    for (size_t k = i + 1; k < j; ++k)
      sagitta = std::max(sagitta, line_distance(at(k), at(i), at(j)));
    return sagitta > 4 * options_.tolerance ? circle : std::nullopt;
  }

  std::vector<Vec2> v_;
  TraceOptions options_;
  size_t n_;
  std::vector<double> turns_;
};

// The start of the segmentation should be a true corner: the sharpest turn, or
// on an all-smooth loop an end of the longest edge (a line next to an arc).
std::vector<Vec2> start_at_corner(std::vector<Vec2> v, double max_turn) {
  const size_t n = v.size();
  size_t corner = 0, edge = 0;
  double sharpest = -1, longest = -1;
  for (size_t i = 0; i < n; ++i) {
    const double t = std::abs(turn(v[(i + n - 1) % n], v[i], v[(i + 1) % n]));
    const double l = norm(v[(i + 1) % n] - v[i]);
    if (t > sharpest) sharpest = t, corner = i;
    if (l > longest) longest = l, edge = i;
  }
  std::rotate(v.begin(), v.begin() + static_cast<long>(sharpest > max_turn ? corner : edge),
              v.end());
  return v;
}

Vec2 arc_middle(const Circle& c, Vec2 from, Vec2 to, Vec2 via) {
  const double a0 = std::atan2(from.y - c.center.y, from.x - c.center.x);
  auto sweep_to = [&](Vec2 p) {
    const double a = std::atan2(p.y - c.center.y, p.x - c.center.x) - a0;
    return a < 0 ? a + 2 * kPi : a;
  };
  const double end = sweep_to(to), through = sweep_to(via);
  const double middle = through < end ? a0 + end / 2 : a0 + (end - 2 * kPi) / 2;
  return c.center + Vec2{std::cos(middle), std::sin(middle)} * c.radius;
}

// Corner vertices moved to where neighbouring fitted lines cross.
void cross_lines(const Segmenter& s, const std::vector<Piece>& pieces, std::vector<Vec2>& corners,
                 double reach) {
  auto line_of = [&](const Piece& p) {
    std::vector<Vec2> points;
    for (size_t k = p.first; k <= p.last; ++k) points.push_back(s.at(k));
    return fit_line(points);
  };
  const size_t m = pieces.size();
  for (size_t i = 0; i < m; ++i) {
    const Piece &before = pieces[(i + m - 1) % m], &after = pieces[i];
    if (before.is_arc || after.is_arc) continue;
    const auto a = line_of(before), b = line_of(after);
    if (!a || !b) continue;
    const auto p = intersect(*a, *b, 0.05);
    if (p && norm(*p - corners[i]) <= reach) corners[i] = *p;
  }
}

Loop to_loop(const Segmenter& s, const std::vector<Piece>& pieces, const TraceOptions& options) {
  std::vector<Vec2> corners;
  for (const Piece& p : pieces) corners.push_back(s.at(p.first));
  if (options.intersect_vertices) cross_lines(s, pieces, corners, 6 * options.tolerance);
  Loop loop;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Vec2 a = corners[i], b = corners[(i + 1) % pieces.size()];
    const Piece& p = pieces[i];
    if (p.is_arc)
      loop.curves.push_back(
          Curve::arc(a, arc_middle(p.circle, a, b, s.at((p.first + p.last) / 2)), b));
    else
      loop.curves.push_back(Curve::line(a, b));
  }
  return loop;
}

}  // namespace

Loop trace_loop(std::vector<Vec2> polygon, const TraceOptions& options) {
  double eps = options.tolerance * 0.05;
  polygon = clean(polygon, eps);
  while (polygon.size() > kMaxVertices) polygon = clean(polygon, eps *= 2);
  double length = 0;
  for (size_t i = 0; i < polygon.size(); ++i)
    length += norm(polygon[(i + 1) % polygon.size()] - polygon[i]);
  if (polygon.size() < 3 || std::abs(signed_area(polygon)) <= options.tolerance * length / 2)
    return {};

  Segmenter segmenter(start_at_corner(std::move(polygon), options.max_turn), options);
  if (const auto circle = segmenter.whole_circle())
    return Loop{{Curve::circle(circle->center, circle->radius)}};
  const auto pieces = segmenter.run();
  if (pieces.size() == 1) return {};
  return to_loop(segmenter, pieces, options);
}

Loop tidy(const Loop& loop, double tolerance) {
  if (loop.curves.size() == 1) return loop.curves[0].radius > tolerance ? loop : Loop{};
  Loop out;
  for (const Curve& c : loop.curves) {
    const bool arc = c.kind == Curve::Kind::kArc;
    const double reach = std::max(norm(c.end - c.start), arc ? norm(c.mid - c.start) : 0.0);
    if (reach <= tolerance) continue;
    out.curves.push_back(c);
    if (arc && norm(c.end - c.start) > tolerance &&
        line_distance(c.mid, c.start, c.end) <= tolerance / 10)
      out.curves.back() = Curve::line(c.start, c.end);
  }
  // The gaps that short curves leave close at the following curve's start.
  const size_t n = out.curves.size();
  for (size_t i = 0; i < n; ++i) out.curves[i].end = out.curves[(i + 1) % n].start;
  double area = 0;
  if (n >= 2) area = std::abs(signed_area(flatten(out)));
  return area > tolerance * tolerance ? out : Loop{};
}

std::vector<Vec2> flatten(const Loop& loop, double max_angle) {
  std::vector<Vec2> out;
  for (const Curve& c : loop.curves) {
    if (c.kind == Curve::Kind::kLine) {
      out.push_back(c.start);
      continue;
    }
    const bool full = c.kind == Curve::Kind::kCircle;
    const auto circle =
        full ? std::optional<Circle>({c.mid, c.radius}) : circle_through(c.start, c.mid, c.end);
    if (!circle) {
      out.push_back(c.start);
      continue;
    }
    const Vec2 s = full ? Vec2{c.radius, 0} : c.start - circle->center;
    double sweep = 2 * kPi;
    if (!full) {
      const Vec2 e = c.end - circle->center;
      sweep = std::atan2(cross(s, e), dot(s, e));
      const bool left = cross(c.mid - c.start, c.end - c.mid) > 0;
      if (left && sweep < 0) sweep += 2 * kPi;
      if (!left && sweep > 0) sweep -= 2 * kPi;
    }
    const int steps = std::max(full ? 8 : 2, static_cast<int>(std::abs(sweep) / max_angle) + 1);
    for (int k = 0; k < steps; ++k) {
      const double a = sweep * k / steps, cs = std::cos(a), sn = std::sin(a);
      out.push_back(circle->center + Vec2{s.x * cs - s.y * sn, s.x * sn + s.y * cs});
    }
  }
  return out;
}

double signed_area(const std::vector<Vec2>& polygon) {
  double sum = 0;
  for (size_t i = 0; i < polygon.size(); ++i) {
    // Relative to the first vertex: far-off parts must not lose digits.
    const Vec2 a = polygon[i] - polygon[0], b = polygon[(i + 1) % polygon.size()] - polygon[0];
    sum += cross(a, b);
  }
  return sum / 2;
}

bool contains(const std::vector<Vec2>& polygon, Vec2 p) {
  bool inside = false;
  for (size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const Vec2 a = polygon[i], b = polygon[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
      inside = !inside;
  }
  return inside;
}

Vec2 interior_point(const std::vector<Vec2>& polygon) {
  Vec2 lo = polygon[0], hi = polygon[0];
  for (Vec2 p : polygon) {
    lo = {std::min(lo.x, p.x), std::min(lo.y, p.y)};
    hi = {std::max(hi.x, p.x), std::max(hi.y, p.y)};
  }
  // The middle of the widest inner span on a few horizontal lines.
  Vec2 best = (lo + hi) / 2;
  double best_width = -1;
  for (int k = 1; k < 16; ++k) {
    const double y = lo.y + (hi.y - lo.y) * (k + 0.0137) / 16;
    std::vector<double> xs;
    for (size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
      const Vec2 a = polygon[i], b = polygon[j];
      if ((a.y > y) != (b.y > y)) xs.push_back((b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x);
    }
    std::sort(xs.begin(), xs.end());
    for (size_t i = 0; i + 1 < xs.size(); i += 2)
      if (xs[i + 1] - xs[i] > best_width)
        best_width = xs[i + 1] - xs[i], best = {(xs[i] + xs[i + 1]) / 2, y};
  }
  return best;
}

double distance(const std::vector<Vec2>& polygon, Vec2 p) {
  double best = std::numeric_limits<double>::infinity();
  for (size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++)
    best = std::min(best, segment_distance(p, polygon[j], polygon[i]));
  return best;
}

bool same_outline(const std::vector<Vec2>& a, const std::vector<Vec2>& b, double tolerance) {
  for (Vec2 p : a)
    if (distance(b, p) > tolerance) return false;
  for (Vec2 p : b)
    if (distance(a, p) > tolerance) return false;
  return true;
}

std::vector<part::Region> nest_loops(std::vector<Loop> loops) {
  struct Item {
    std::vector<Vec2> polygon;
    double area;
    Vec2 inner;
    int depth = 0;
    int parent = -1;
  };
  std::vector<Item> items;
  for (const Loop& loop : loops) {
    auto polygon = flatten(loop);
    const double area = std::abs(signed_area(polygon));
    const Vec2 inner = interior_point(polygon);
    items.push_back({std::move(polygon), area, inner});
  }
  std::vector<part::Region> regions;
  std::vector<int> region_of(loops.size(), -1);
  for (size_t i = 0; i < loops.size(); ++i)
    for (size_t j = 0; j < loops.size(); ++j) {
      // A hole's own inside point also lies in its parent, never the reverse
      // for a smaller loop: area decides.
      if (i == j || items[j].area <= items[i].area) continue;
      if (!contains(items[j].polygon, items[i].inner)) continue;
      ++items[i].depth;
      if (items[i].parent < 0 || items[j].area < items[items[i].parent].area)
        items[i].parent = static_cast<int>(j);
    }
  for (size_t i = 0; i < loops.size(); ++i)
    if (items[i].depth % 2 == 0) {
      region_of[i] = static_cast<int>(regions.size());
      regions.push_back({loops[i], {}});
    }
  for (size_t i = 0; i < loops.size(); ++i)
    if (items[i].depth % 2 == 1)
      regions[region_of[items[i].parent]].inner.push_back(std::move(loops[i]));
  return regions;
}

}  // namespace cadrecode::fit
