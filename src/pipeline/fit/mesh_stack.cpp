#include "pipeline/fit/mesh_stack.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "geometry/mesh/section.h"
#include "pipeline/fit/levels.h"
#include "pipeline/fit/loop_trace.h"

namespace cadrecode::fit {
namespace {

using Polygons = std::vector<std::vector<Vec2>>;

struct Cutter {
  const mesh::TriangleMesh& mesh;
  const Frame& frame;
  MeshStackOptions options;
  double size;

  // Points nearer to each other than `merge` become one.
  Polygons cut(double offset, double merge = 0) const {
    Polygons out;
    for (auto& curve : mesh::cross_section(mesh, frame, offset, {.merge_tolerance = merge}).curves)
      if (curve.closed && curve.points.size() >= 3) out.push_back(std::move(curve.points));
    return out;
  }

  std::vector<part::Region> regions(const Polygons& polygons) const {
    std::vector<part::Loop> loops;
    for (const auto& p : polygons) {
      auto loop = trace(p);
      if (!loop.curves.empty()) loops.push_back(std::move(loop));
    }
    return nest_loops(std::move(loops));
  }

  // Outlines of exact shapes need few curves; where many come back the mesh is
  // rough, and a wider tolerance says more by less.
  part::Loop trace(const std::vector<Vec2>& polygon) const {
    constexpr size_t kManyCurves = 60;
    const double widest = 0.01 * size;
    for (double t = options.tolerance;; t *= 4) {
      auto loop = trace_loop(polygon, {.tolerance = t,
                                       .max_turn = options.max_turn,
                                       .intersect_vertices = t > options.tolerance});
      if (loop.curves.size() <= kManyCurves || 4 * t > widest) return loop;
    }
  }
};

double total_area(const Polygons& polygons) {
  double sum = 0;
  for (const auto& p : polygons) sum += signed_area(p);
  return std::abs(sum);
}

// Largest distance of a vertex of one outline set to the other set.
double deviation(const Polygons& from, const Polygons& to) {
  double worst = 0;
  for (const auto& polygon : from)
    for (Vec2 p : polygon) {
      double best = INFINITY;
      for (const auto& other : to) best = std::min(best, distance(other, p));
      worst = std::max(worst, best);
    }
  return worst;
}

bool changes(const Cutter& cutter, const Polygons& low, const Polygons& high) {
  const double a = total_area(low), b = total_area(high);
  if (std::abs(a - b) > cutter.options.max_change * std::max(a, b)) return true;
  const double limit = cutter.options.max_change * cutter.size;
  return deviation(low, high) > limit || deviation(high, low) > limit;
}

size_t curve_count(const std::vector<part::Region>& regions) {
  size_t n = 0;
  for (const auto& r : regions) {
    n += r.outer.curves.size();
    for (const auto& l : r.inner) n += l.curves.size();
  }
  return n;
}

// A wall's triangles may lean from one ring of vertices to another: half way up
// the section then runs through the middle of chords, and circles are no longer
// seen as such. Close to its ends it runs through the vertices. The plainest of
// the three says what the walls are.
std::vector<part::Region> plainest_regions(const Cutter& cutter, double start, double end,
                                           const Polygons& middle) {
  auto best = cutter.regions(middle);
  size_t fewest = curve_count(best);
  const double area = total_area(middle), inset = 5e-4 * (end - start);
  for (double offset : {start + inset, end - inset}) {
    if (fewest <= 4 * middle.size()) break;  // nothing to gain
    // Edges leaning either way from one vertex leave two points beside it.
    const auto polygons = cutter.cut(offset, cutter.options.tolerance);
    if (polygons.size() != middle.size() ||
        std::abs(total_area(polygons) - area) > cutter.options.max_change * area)
      continue;
    auto regions = cutter.regions(polygons);
    const size_t n = curve_count(regions);
    if (n < fewest && regions.size() == best.size()) fewest = n, best = std::move(regions);
  }
  return best;
}

void add_slabs(const Cutter& cutter, double start, double end, int halvings, MeshStack& out,
               double& varying_volume) {
  const double height = end - start;
  const auto middle = cutter.cut(start + 0.5 * height);
  if (halvings > 0 && height > 0.004 * cutter.size) {
    // Quarter points would do for straight slopes; near the ends round ones show.
    const auto low = cutter.cut(start + 0.1 * height), high = cutter.cut(end - 0.1 * height);
    if (changes(cutter, low, high) || changes(cutter, low, middle)) {
      if (halvings == cutter.options.max_halvings) varying_volume += total_area(middle) * height;
      add_slabs(cutter, start, start + height / 2, halvings - 1, out, varying_volume);
      add_slabs(cutter, start + height / 2, end, halvings - 1, out, varying_volume);
      return;
    }
  }
  out.stack.slabs.push_back({start, end, plainest_regions(cutter, start, end, middle)});
}

}  // namespace

MeshStack mesh_stack(const mesh::TriangleMesh& mesh, const Frame& frame,
                     const MeshStackOptions& options) {
  MeshStack out;
  out.stack.frame = frame;
  const auto levels = mesh_levels(mesh, frame.normal, options.level_gap);
  Box3 box;
  for (const Vec3& v : mesh.vertices) box.add(v);
  const Cutter cutter{mesh, frame, options, box.longest()};
  const double base = dot(frame.origin, frame.normal);
  double varying = 0, total = 0;
  for (size_t i = 0; i + 1 < levels.size(); ++i) {
    const double start = levels[i].offset - base, end = levels[i + 1].offset - base;
    total += total_area(cutter.cut((start + end) / 2)) * (end - start);
    add_slabs(cutter, start, end, options.max_halvings, out, varying);
  }
  out.varying = total > 0 ? varying / total : 1;
  return out;
}

}  // namespace cadrecode::fit
