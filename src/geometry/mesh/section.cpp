#include "geometry/mesh/section.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <unordered_map>

namespace cadrecode::mesh {
namespace {

constexpr uint32_t kNone = ~uint32_t{0};

// A crossing triangle's contribution: from the edge where its boundary goes
// down through the plane to the edge where it comes up (solid on the left).
struct Segment {
  uint32_t from, to;  // nodes: cut edges
  uint32_t triangle;
};

// One level's segments as a graph on its cut edges.
struct Graph {
  std::vector<Vec2> nodes;
  std::vector<Segment> segments;
  std::vector<std::array<uint32_t, 2>> uses;  // (node, segment · 2 + is_end), by node
  std::vector<uint32_t> first_use;            // [nodes + 1]
};

Vec2 cut(const Vec3& p, const Vec3& q, double level) {
  if (p.z == level) return {p.x, p.y};
  if (q.z == level) return {q.x, q.y};
  const double t = (level - p.z) / (q.z - p.z);
  return {p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t};
}

Graph build_graph(const TriangleMesh& mesh, const std::vector<Vec3>& local, double level,
                  std::span<const uint32_t> triangles) {
  Graph graph;
  std::unordered_map<uint64_t, uint32_t> node_of;
  node_of.reserve(triangles.size() * 2);
  const auto node = [&](uint32_t a, uint32_t b) {
    if (a > b) std::swap(a, b);  // both triangles of an edge compute the same point
    const auto [at, fresh] =
        node_of.try_emplace(uint64_t{a} << 32 | b, static_cast<uint32_t>(graph.nodes.size()));
    if (fresh) graph.nodes.push_back(cut(local[a], local[b], level));
    return at->second;
  };
  for (uint32_t t : triangles) {
    Segment segment{kNone, kNone, t};
    for (int s = 0; s < 3; ++s) {
      const uint32_t a = mesh.triangles[t][s], b = mesh.triangles[t][(s + 1) % 3];
      const bool a_above = local[a].z >= level, b_above = local[b].z >= level;
      if (a_above && !b_above) segment.from = node(a, b);
      if (!a_above && b_above) segment.to = node(a, b);
    }
    graph.segments.push_back(segment);
  }
  graph.first_use.assign(graph.nodes.size() + 1, 0);
  for (const Segment& s : graph.segments)
    ++graph.first_use[s.from + 1], ++graph.first_use[s.to + 1];
  std::partial_sum(graph.first_use.begin(), graph.first_use.end(), graph.first_use.begin());
  graph.uses.resize(graph.segments.size() * 2);
  std::vector<uint32_t> at(graph.first_use.begin(), graph.first_use.end() - 1);
  for (uint32_t s = 0; s < graph.segments.size(); ++s) {
    graph.uses[at[graph.segments[s].from]++] = {s, 0};
    graph.uses[at[graph.segments[s].to]++] = {s, 1};
  }
  return graph;
}

// Walks the graph along unused segments.
class Tracer {
 public:
  explicit Tracer(const Graph& graph) : graph_(graph), used_(graph.segments.size()) {}

  std::vector<SectionCurve> trace() {
    std::vector<SectionCurve> curves;
    // Open curves first, from ends that only lead away, then from any odd node.
    for (int pass = 0; pass < 2; ++pass) {
      for (uint32_t n = 0; n < graph_.nodes.size(); ++n) {
        while (is_start(n, pass == 0)) curves.push_back(walk(n));
      }
    }
    for (uint32_t s = 0; s < graph_.segments.size(); ++s) {
      if (!used_[s]) curves.push_back(walk(graph_.segments[s].from));
    }
    return curves;
  }

 private:
  bool is_start(uint32_t n, bool only_leaving) const {
    uint32_t out = 0, in = 0;
    for (uint32_t u = graph_.first_use[n]; u < graph_.first_use[n + 1]; ++u) {
      if (!used_[graph_.uses[u][0]]) ++(graph_.uses[u][1] == 0 ? out : in);
    }
    return (out + in) % 2 == 1 && (!only_leaving || out > in);
  }

  // The segment to follow from node n: one that starts here, else (neighbours
  // turned against each other) one that ends here; of several the sharpest left
  // turn, which keeps touching outlines apart.
  uint32_t choose(uint32_t n, Vec2 arriving) const {
    uint32_t best = kNone;
    double best_angle = 0;
    bool best_backwards = true;
    for (uint32_t u = graph_.first_use[n]; u < graph_.first_use[n + 1]; ++u) {
      const auto [s, is_end] = graph_.uses[u];
      if (used_[s] || (is_end && !best_backwards && best != kNone)) continue;
      const Segment& segment = graph_.segments[s];
      const Vec2 way = graph_.nodes[is_end ? segment.from : segment.to] - graph_.nodes[n];
      const double angle = std::atan2(cross(arriving, way), dot(arriving, way));
      if (best == kNone || (best_backwards && !is_end) ||
          (best_backwards == (is_end == 1) && angle > best_angle)) {
        best = s;
        best_angle = angle;
        best_backwards = is_end == 1;
      }
    }
    return best;
  }

  SectionCurve walk(uint32_t start) {
    SectionCurve curve;
    Vec2 arriving{1, 0};
    uint32_t n = start;
    for (;;) {
      curve.points.push_back(graph_.nodes[n]);
      const uint32_t s = choose(n, arriving);
      if (s == kNone) return curve;  // an open end
      used_[s] = true;
      curve.triangles.push_back(graph_.segments[s].triangle);
      const uint32_t to =
          graph_.segments[s].from == n ? graph_.segments[s].to : graph_.segments[s].from;
      arriving = graph_.nodes[to] - graph_.nodes[n];
      n = to;
      if (n == start) {
        curve.closed = true;
        return curve;
      }
    }
  }

  const Graph& graph_;
  std::vector<bool> used_;
};

void reverse(SectionCurve& curve) {
  std::reverse(curve.points.begin(), curve.points.end());
  std::reverse(curve.triangles.begin(), curve.triangles.end());
}

// Links open ends, nearest pairs first.
void join_ends(std::vector<SectionCurve>& curves, double tolerance) {
  for (;;) {
    size_t best_a = 0, best_b = 0;
    int best_way = -1;  // 0: a's end to b's start; 1: end to end; 2: start to start
    double best = tolerance;
    for (size_t a = 0; a < curves.size(); ++a) {
      if (curves[a].closed) continue;
      for (size_t b = a; b < curves.size(); ++b) {
        if (curves[b].closed) continue;
        const auto consider = [&](Vec2 p, Vec2 q, size_t i, size_t j, int way) {
          const double d = norm(p - q);
          if (d > best || (d == best && best_way >= 0)) return;
          best = d, best_a = i, best_b = j, best_way = way;
        };
        consider(curves[a].points.back(), curves[b].points.front(), a, b, 0);
        if (a == b) continue;
        consider(curves[b].points.back(), curves[a].points.front(), b, a, 0);
        consider(curves[a].points.back(), curves[b].points.back(), a, b, 1);
        consider(curves[a].points.front(), curves[b].points.front(), a, b, 2);
      }
    }
    if (best_way < 0) return;
    SectionCurve& a = curves[best_a];
    SectionCurve& b = curves[best_b];
    if (best_a == best_b) {  // the bridge back belongs to the last triangle
      a.triangles.push_back(a.triangles.back());
      a.closed = true;
      continue;
    }
    if (best_way == 1) reverse(b);
    if (best_way == 2) reverse(a);
    a.triangles.push_back(a.triangles.back());
    a.points.insert(a.points.end(), b.points.begin(), b.points.end());
    a.triangles.insert(a.triangles.end(), b.triangles.begin(), b.triangles.end());
    curves.erase(curves.begin() + static_cast<std::ptrdiff_t>(best_b));
  }
}

// Drops points that repeat the one before, and the segments between.
void merge_points(SectionCurve& curve, double tolerance) {
  const size_t n = curve.points.size();
  std::vector<Vec2> points;
  std::vector<uint32_t> triangles;
  for (size_t i = 0; i < n; ++i) {
    const bool has_segment = i < curve.triangles.size();
    const bool last = i + 1 == n;
    const Vec2 next = last ? curve.points[0] : curve.points[i + 1];
    const bool repeats = has_segment && norm(next - curve.points[i]) <= tolerance;
    if (repeats && !(last && points.empty())) continue;
    points.push_back(curve.points[i]);
    if (has_segment) triangles.push_back(curve.triangles[i]);
  }
  curve.points = std::move(points);
  curve.triangles = std::move(triangles);
}

void finish(Section& section, const SectionOptions& options, double extent) {
  auto& curves = section.curves;
  const double merge = options.merge_tolerance < 0 ? 1e-9 * extent : options.merge_tolerance;
  if (options.join_tolerance > 0) join_ends(curves, options.join_tolerance);
  for (SectionCurve& curve : curves) merge_points(curve, merge);
  std::erase_if(curves, [](const SectionCurve& c) { return c.points.size() < (c.closed ? 3 : 2); });
  const auto lowest = [](const SectionCurve& c) {
    return *std::min_element(c.triangles.begin(), c.triangles.end());
  };
  std::stable_sort(curves.begin(), curves.end(), [&](const SectionCurve& a, const SectionCurve& b) {
    return lowest(a) < lowest(b);
  });
}

}  // namespace

double SectionCurve::signed_area() const {
  double sum = 0;
  for (size_t i = 0; i < points.size(); ++i) {
    sum += cross(points[i] - points[0], points[(i + 1) % points.size()] - points[0]);
  }
  return sum / 2;
}

double SectionCurve::length() const {
  double sum = 0;
  for (size_t i = 0; i < triangles.size(); ++i) {
    sum += norm(points[(i + 1) % points.size()] - points[i]);
  }
  return sum;
}

double Section::area() const {
  double sum = 0;
  for (const SectionCurve& curve : curves) sum += curve.closed ? curve.signed_area() : 0;
  return sum;
}

bool Section::closed() const {
  return std::all_of(curves.begin(), curves.end(), [](const auto& c) { return c.closed; });
}

std::vector<Section> cross_sections(const TriangleMesh& mesh, const Frame& frame,
                                    std::span<const double> offsets,
                                    const SectionOptions& options) {
  std::vector<Vec3> local(mesh.vertices.size());
  std::transform(mesh.vertices.begin(), mesh.vertices.end(), local.begin(),
                 [&](Vec3 p) { return frame.to_local(p); });
  std::vector<uint32_t> order(offsets.size());  // offsets from low to high
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return offsets[a] < offsets[b]; });
  std::vector<double> levels;
  for (uint32_t i : order) levels.push_back(offsets[i]);

  // Triangle t crosses the levels in (lowest z, highest z].
  std::vector<std::vector<uint32_t>> crossing(levels.size());
  for (uint32_t t = 0; t < mesh.triangles.size(); ++t) {
    const auto [a, b, c] = mesh.triangles[t];
    const auto [low, high] = std::minmax({local[a].z, local[b].z, local[c].z});
    auto level = std::upper_bound(levels.begin(), levels.end(), low);
    for (; level != levels.end() && *level <= high; ++level) {
      crossing[static_cast<size_t>(level - levels.begin())].push_back(t);
    }
  }
  Box3 box;
  for (const Vec3& p : local) box.add(p);
  std::vector<Section> sections(levels.size());
  for (size_t i = 0; i < levels.size(); ++i) {
    Section& section = sections[order[i]];
    section.offset = levels[i];
    const Graph graph = build_graph(mesh, local, levels[i], crossing[i]);
    section.curves = Tracer(graph).trace();
    finish(section, options, box.longest());
  }
  return sections;
}

Section cross_section(const TriangleMesh& mesh, const Frame& frame, double offset,
                      const SectionOptions& options) {
  return std::move(cross_sections(mesh, frame, {&offset, 1}, options)[0]);
}

}  // namespace cadrecode::mesh
