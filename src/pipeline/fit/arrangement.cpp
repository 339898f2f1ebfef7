#include "pipeline/fit/arrangement.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "pipeline/fit/loop_trace.h"

namespace cadrecode::fit {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

double unit_length(const PlaneCurve& c) { return c.is_circle ? c.circle.radius : 1; }

Vec2 point_at(const PlaneCurve& c, double t) {
  if (c.is_circle) return c.circle.center + Vec2{std::cos(t), std::sin(t)} * c.circle.radius;
  return c.line.normal * c.line.offset + c.line.direction() * t;
}

bool is_full(const PlaneCurve& c) {
  return c.is_circle && c.stretches.size() == 1 &&
         c.stretches[0].second - c.stretches[0].first >= kTurn - 1e-9;
}

void line_circle(const Line& l, const Circle& c, double tolerance, std::vector<Vec2>& out) {
  const double d = l.signed_distance(c.center);
  const Vec2 foot = c.center - l.normal * d;
  if (std::abs(std::abs(d) - c.radius) <= tolerance) {
    out.push_back(foot);
  } else if (std::abs(d) < c.radius) {
    const Vec2 half = l.direction() * std::sqrt(c.radius * c.radius - d * d);
    out.push_back(foot - half), out.push_back(foot + half);
  }
}

void circle_circle(const Circle& a, const Circle& b, double tolerance, std::vector<Vec2>& out) {
  const Vec2 d = b.center - a.center;
  const double dist = norm(d);
  if (dist <= tolerance) return;  // concentric
  const Vec2 u = d / dist;
  if (std::abs(dist - a.radius - b.radius) <= tolerance) {
    out.push_back(a.center + u * a.radius);
    return;
  }
  if (std::abs(dist - std::abs(a.radius - b.radius)) <= tolerance) {
    out.push_back(a.center + u * (a.radius > b.radius ? a.radius : -a.radius));
    return;
  }
  const double along = (dist * dist + a.radius * a.radius - b.radius * b.radius) / (2 * dist);
  const double h2 = a.radius * a.radius - along * along;
  if (h2 <= 0) return;
  const Vec2 foot = a.center + u * along, half = perpendicular(u) * std::sqrt(h2);
  out.push_back(foot - half), out.push_back(foot + half);
}

void meet(const PlaneCurve& a, const PlaneCurve& b, double tolerance, std::vector<Vec2>& out) {
  out.clear();
  if (a.is_circle && b.is_circle)
    circle_circle(a.circle, b.circle, tolerance, out);
  else if (a.is_circle)
    line_circle(b.line, a.circle, tolerance, out);
  else if (b.is_circle)
    line_circle(a.line, b.circle, tolerance, out);
  else if (const auto p = intersect(a.line, b.line, 1e-3))
    out.push_back(*p);
}

struct Mark {
  double t;
  uint32_t vertex;
};

class Builder {
 public:
  Builder(std::vector<PlaneCurve> curves, double tolerance) : tolerance_(tolerance) {
    out_.curves = std::move(curves);
    marks_.resize(out_.curves.size());
  }

  Arrangement run() {
    find_vertices();
    make_edges();
    drop_dangling();
    link();
    make_faces();
    return std::move(out_);
  }

 private:
  // The stretch of curve c holding point p (parameter adjusted into it), or -1.
  int stretch_of(const PlaneCurve& c, Vec2 p, double& t) const {
    t = c.parameter(p);
    const double slack = tolerance_ / unit_length(c);
    for (size_t i = 0; i < c.stretches.size(); ++i)
      for (double turn : {0.0, kTurn, -kTurn}) {
        if (turn != 0 && !c.is_circle) break;
        const auto [lo, hi] = c.stretches[i];
        if (t + turn >= lo - slack && t + turn <= hi + slack) {
          t += turn;
          return static_cast<int>(i);
        }
      }
    return -1;
  }

  uint32_t vertex(Vec2 p) {
    for (uint32_t i = 0; i < out_.vertices.size(); ++i)
      if (std::abs(out_.vertices[i].x - p.x) <= tolerance_ &&
          norm(out_.vertices[i] - p) <= tolerance_)
        return i;
    out_.vertices.push_back(p);
    return static_cast<uint32_t>(out_.vertices.size() - 1);
  }

  void mark(size_t curve, Vec2 p, uint32_t v) {
    double t;
    if (const int s = stretch_of(out_.curves[curve], p, t); s >= 0) marks_[curve].push_back({t, v});
  }

  void find_vertices() {
    std::vector<Vec2> points;
    for (size_t i = 0; i < out_.curves.size(); ++i)
      for (size_t j = i + 1; j < out_.curves.size(); ++j) {
        meet(out_.curves[i], out_.curves[j], tolerance_, points);
        for (Vec2 p : points) {
          double t;
          if (stretch_of(out_.curves[i], p, t) < 0 || stretch_of(out_.curves[j], p, t) < 0)
            continue;
          const uint32_t v = vertex(p);
          mark(i, p, v), mark(j, p, v);
        }
      }
    // A circle needs two vertices to be cut into edges with distinct ends.
    for (size_t i = 0; i < out_.curves.size(); ++i) {
      const PlaneCurve& c = out_.curves[i];
      if (!is_full(c)) continue;
      const double first = marks_[i].empty() ? c.stretches[0].first : marks_[i][0].t;
      for (int k = 0; marks_[i].size() < 3 && k < 3; ++k) {
        const double t = first + kTurn * k / 3;
        const Vec2 p = point_at(c, t);
        marks_[i].push_back({t, vertex(p)});
      }
    }
  }

  void make_edges() {
    for (uint32_t i = 0; i < out_.curves.size(); ++i) {
      const PlaneCurve& c = out_.curves[i];
      auto& m = marks_[i];
      const bool full = is_full(c);
      if (full)
        for (Mark& k : m) k.t = k.t - kTurn * std::floor(k.t / kTurn);
      std::sort(m.begin(), m.end(), [](const Mark& a, const Mark& b) {
        return a.t != b.t ? a.t < b.t : a.vertex < b.vertex;
      });
      const auto end = std::unique(
          m.begin(), m.end(), [](const Mark& a, const Mark& b) { return a.vertex == b.vertex; });
      m.erase(end, m.end());
      if (full && m.size() > 1 && m.front().vertex == m.back().vertex) m.pop_back();
      for (size_t k = 0; k + 1 < m.size(); ++k)
        if (same_stretch(c, m[k].t, m[k + 1].t)) add_edge(i, m[k], m[k + 1]);
      if (full && m.size() > 1) {
        Mark first = m.front();
        first.t += kTurn;
        add_edge(i, m.back(), first);
      }
    }
  }

  bool same_stretch(const PlaneCurve& c, double t0, double t1) const {
    const double slack = tolerance_ / unit_length(c);
    for (const auto& [lo, hi] : c.stretches)
      if (t0 >= lo - slack && t1 <= hi + slack) return true;
    return is_full(c);
  }

  void add_edge(uint32_t curve, Mark a, Mark b) {
    if (a.vertex == b.vertex) return;
    const PlaneCurve& c = out_.curves[curve];
    ArrangedEdge e{a.vertex,
                   b.vertex,
                   curve,
                   a.t,
                   b.t,
                   (b.t - a.t) * unit_length(c),
                   point_at(c, (a.t + b.t) / 2)};
    // Two curves that run along each other between the same vertices are one.
    for (const ArrangedEdge& o : out_.edges)
      if (((o.a == e.a && o.b == e.b) || (o.a == e.b && o.b == e.a)) &&
          norm(o.middle - e.middle) <= 2 * tolerance_)
        return;
    out_.edges.push_back(e);
  }

  void drop_dangling() {
    for (bool changed = true; changed;) {
      std::vector<int> degree(out_.vertices.size());
      for (const auto& e : out_.edges) ++degree[e.a], ++degree[e.b];
      changed = std::erase_if(out_.edges, [&](const ArrangedEdge& e) {
                  return degree[e.a] < 2 || degree[e.b] < 2;
                }) > 0;
    }
  }

  uint32_t origin(uint32_t half) const {
    const auto& e = out_.edges[half / 2];
    return half % 2 ? e.b : e.a;
  }

  // Half-edges round every vertex counter-clockwise, judged a short way along
  // each, so that tangent curves come in their true order.
  void link() {
    const size_t n = out_.edges.size();
    std::vector<std::vector<uint32_t>> star(out_.vertices.size());
    for (uint32_t h = 0; h < 2 * n; ++h) star[origin(h)].push_back(h);
    out_.next.assign(2 * n, 0);
    for (auto& spokes : star) {
      double step = INFINITY;
      for (uint32_t h : spokes) step = std::min(step, out_.edges[h / 2].length / 2);
      std::vector<std::pair<double, uint32_t>> order;
      for (uint32_t h : spokes) {
        const auto& e = out_.edges[h / 2];
        const auto& c = out_.curves[e.curve];
        const double dt = step / unit_length(c);
        const Vec2 p = point_at(c, h % 2 ? e.to - dt : e.from + dt);
        const Vec2 d = p - out_.vertices[origin(h)];
        order.push_back({std::atan2(d.y, d.x), h});
      }
      std::sort(order.begin(), order.end());
      for (size_t k = 0; k < order.size(); ++k) {
        const uint32_t incoming = order[k].second ^ 1u;
        out_.next[incoming] = order[(k + order.size() - 1) % order.size()].second;
      }
    }
  }

  std::vector<Vec2> polygon_of(uint32_t start, std::vector<uint32_t>& cycle) const {
    std::vector<Vec2> polygon;
    cycle.clear();
    for (uint32_t h = start;;) {
      cycle.push_back(h);
      const auto& e = out_.edges[h / 2];
      const auto& c = out_.curves[e.curve];
      const int steps = c.is_circle ? std::max(2, static_cast<int>((e.to - e.from) / 0.1) + 1) : 1;
      for (int k = 0; k < steps; ++k) {
        const double s = static_cast<double>(k) / steps;
        polygon.push_back(k == 0 ? out_.vertices[origin(h)]
                                 : point_at(c, h % 2 ? e.to - s * (e.to - e.from)
                                                     : e.from + s * (e.to - e.from)));
      }
      h = out_.next[h];
      if (h == start) return polygon;
    }
  }

  void make_faces() {
    const size_t halves = 2 * out_.edges.size();
    out_.faces.push_back({});
    out_.face_of.assign(halves, 0);
    std::vector<uint8_t> seen(halves);
    struct Outer {
      std::vector<uint32_t> cycle;
      std::vector<Vec2> polygon;
    };
    std::vector<Outer> outers;  // clockwise cycles: what holes are made of
    std::vector<uint32_t> component = components();
    std::vector<uint32_t> component_of_face{~0u};
    std::vector<uint32_t> cycle;
    for (uint32_t h = 0; h < halves; ++h) {
      if (seen[h]) continue;
      auto polygon = polygon_of(h, cycle);
      for (uint32_t k : cycle) seen[k] = 1;
      const double area = signed_area(polygon);
      if (area <= 0) {
        outers.push_back({cycle, std::move(polygon)});
        continue;
      }
      const auto face = static_cast<uint32_t>(out_.faces.size());
      for (uint32_t k : cycle) out_.face_of[k] = face;
      out_.faces.push_back(face_from(std::move(polygon), area));
      component_of_face.push_back(component[origin(h)]);
    }
    for (Outer& o : outers) {
      const uint32_t own = component[origin(o.cycle[0])];
      uint32_t parent = 0;
      for (uint32_t f = 1; f < out_.faces.size(); ++f) {
        if (component_of_face[f] == own) continue;
        if (parent && out_.faces[f].area >= out_.faces[parent].area) continue;
        if (inside_box(out_.faces[f], o.polygon[0]) &&
            contains(out_.faces[f].outline, o.polygon[0]))
          parent = f;
      }
      for (uint32_t k : o.cycle) out_.face_of[k] = parent;
      if (parent) out_.faces[parent].holes.push_back(std::move(o.polygon));
    }
    for (auto& f : out_.faces)
      for (const auto& hole : f.holes) f.area -= std::abs(signed_area(hole));
  }

  static bool inside_box(const ArrangedFace& f, Vec2 p) {
    return p.x >= f.lo.x && p.x <= f.hi.x && p.y >= f.lo.y && p.y <= f.hi.y;
  }

  static ArrangedFace face_from(std::vector<Vec2> polygon, double area) {
    ArrangedFace f{std::move(polygon), {}, {INFINITY, INFINITY}, {-INFINITY, -INFINITY}, area};
    for (Vec2 p : f.outline) {
      f.lo = {std::min(f.lo.x, p.x), std::min(f.lo.y, p.y)};
      f.hi = {std::max(f.hi.x, p.x), std::max(f.hi.y, p.y)};
    }
    return f;
  }

  std::vector<uint32_t> components() const {
    std::vector<uint32_t> parent(out_.vertices.size());
    for (uint32_t i = 0; i < parent.size(); ++i) parent[i] = i;
    auto root = [&](uint32_t i) {
      while (parent[i] != i) i = parent[i] = parent[parent[i]];
      return i;
    };
    for (const auto& e : out_.edges) parent[root(e.a)] = root(e.b);
    std::vector<uint32_t> out(parent.size());
    for (uint32_t i = 0; i < out.size(); ++i) out[i] = root(i);
    return out;
  }

  Arrangement out_;
  double tolerance_;
  std::vector<std::vector<Mark>> marks_;
};

part::Loop loop_of(const Arrangement& a, const std::vector<uint32_t>& cycle) {
  // Runs of half-edges along one curve become one piece.
  auto curve_of = [&](uint32_t h) { return a.edges[h / 2].curve; };
  auto same = [&](uint32_t g, uint32_t h) { return curve_of(g) == curve_of(h) && g % 2 == h % 2; };
  const size_t n = cycle.size();
  size_t start = n;
  for (size_t i = 0; i < n && start == n; ++i)
    if (!same(cycle[(i + n - 1) % n], cycle[i])) start = i;
  if (start == n) {
    const auto& c = a.curves[curve_of(cycle[0])];
    if (!c.is_circle) return {};
    return {{part::Curve::circle(c.circle.center, c.circle.radius)}};
  }
  auto origin = [&](uint32_t h) { return a.vertices[h % 2 ? a.edges[h / 2].b : a.edges[h / 2].a]; };
  part::Loop loop;
  for (size_t i = 0; i < n;) {
    const uint32_t first = cycle[(start + i) % n];
    double sweep = 0;
    size_t j = i;
    for (; j < n && same(first, cycle[(start + j) % n]); ++j) {
      const auto& e = a.edges[cycle[(start + j) % n] / 2];
      sweep += e.to - e.from;
    }
    const Vec2 p = origin(first), q = origin(cycle[(start + j) % n]);
    const auto& c = a.curves[curve_of(first)];
    const auto& e = a.edges[first / 2];
    if (c.is_circle) {
      const double middle = first % 2 ? e.to - sweep / 2 : e.from + sweep / 2;
      loop.curves.push_back(part::Curve::arc(p, point_at(c, middle), q));
    } else {
      loop.curves.push_back(part::Curve::line(p, q));
    }
    i = j;
  }
  return loop;
}

// A border that meets itself in a vertex, in simple cycles.
std::vector<std::vector<uint32_t>> simple_cycles(const Arrangement& a,
                                                 const std::vector<uint32_t>& cycle) {
  std::vector<std::vector<uint32_t>> out;
  std::vector<uint32_t> path;
  auto origin = [&](uint32_t h) { return h % 2 ? a.edges[h / 2].b : a.edges[h / 2].a; };
  for (uint32_t h : cycle) {
    for (size_t k = 0; k < path.size(); ++k)
      if (origin(path[k]) == origin(h)) {
        out.emplace_back(path.begin() + static_cast<long>(k), path.end());
        path.resize(k);
        break;
      }
    path.push_back(h);
  }
  out.push_back(std::move(path));
  return out;
}

}  // namespace

uint32_t Arrangement::locate(Vec2 p) const {
  uint32_t best = 0;
  double best_area = INFINITY;
  for (uint32_t f = 1; f < faces.size(); ++f) {
    const auto& face = faces[f];
    if (p.x < face.lo.x || p.x > face.hi.x || p.y < face.lo.y || p.y > face.hi.y) continue;
    double area = face.area;  // of the outline: holes put back
    for (const auto& hole : face.holes) area += std::abs(signed_area(hole));
    if (area < best_area && contains(face.outline, p)) best = f, best_area = area;
  }
  return best;
}

Arrangement arrange(std::vector<PlaneCurve> curves, double tolerance) {
  return Builder(std::move(curves), tolerance).run();
}

std::vector<part::Loop> border_loops(const Arrangement& a, const std::vector<uint8_t>& inside) {
  const size_t halves = a.face_of.size();
  std::vector<uint8_t> border(halves), seen(halves);
  for (uint32_t h = 0; h < halves; ++h)
    border[h] = inside[a.face_of[h]] && !inside[a.face_of[h ^ 1u]];
  std::vector<part::Loop> loops;
  for (uint32_t h = 0; h < halves; ++h) {
    if (!border[h] || seen[h]) continue;
    std::vector<uint32_t> cycle;
    for (uint32_t k = h; !seen[k];) {
      seen[k] = 1;
      cycle.push_back(k);
      k = a.next[k];
      for (size_t turns = 0; !border[k] && turns < halves; ++turns) k = a.next[k ^ 1u];
    }
    for (const auto& simple : simple_cycles(a, cycle)) {
      auto loop = loop_of(a, simple);
      if (loop.curves.size() > 1 ||
          (loop.curves.size() == 1 && loop.curves[0].kind == part::Curve::Kind::kCircle))
        loops.push_back(std::move(loop));
    }
  }
  return loops;
}

}  // namespace cadrecode::fit
