#include "pipeline/fit/cloud_stack.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "geometry/cloud/neighbours.h"
#include "pipeline/fit/arrangement.h"
#include "pipeline/fit/blurred_levels.h"
#include "pipeline/fit/cell_labels.h"
#include "pipeline/fit/loop_trace.h"
#include "pipeline/fit/smooth.h"
#include "pipeline/fit/wall_curves.h"

namespace cadrecode::fit {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

constexpr double kUneven = 5e-4;  // scatter over size, that leaves directions of walls open

struct WallPoint {
  Vec2 p;
  double height;
};

// Points on the border of a set that fills areas: those whose neighbours leave a
// third of the way round empty.
std::vector<Vec2> rim_of(const std::vector<Vec2>& points) {
  constexpr size_t kNear = 14;
  constexpr double kEmpty = kTurn / 3;
  std::vector<Vec3> flat;
  for (Vec2 p : points) flat.push_back({p.x, p.y, 0});
  const cloud::PointIndex index(flat);
  std::vector<Vec2> out;
  std::vector<double> angles;
  for (Vec2 p : points) {
    angles.clear();
    for (const auto& n : index.nearest({p.x, p.y, 0}, kNear))
      if (const Vec2 d = points[n.index] - p; dot(d, d) > 0) angles.push_back(std::atan2(d.y, d.x));
    if (angles.size() < 3) continue;
    std::sort(angles.begin(), angles.end());
    double widest = angles.front() + kTurn - angles.back();
    for (size_t i = 1; i < angles.size(); ++i) widest = std::max(widest, angles[i] - angles[i - 1]);
    if (widest > kEmpty) out.push_back(p);
  }
  return out;
}

class StackFinder {
 public:
  StackFinder(const std::vector<Vec3>& points, const Frame& frame, const CloudTraits& traits,
              const CloudStackOptions& options)
      : frame_(frame), traits_(traits), options_(options) {
    for (Vec3 p : points) local_.push_back(frame.to_local(p));
  }

  CloudStack run() {
    CloudStack out;
    out.stack.frame = frame_;
    find_levels();
    if (levels_.size() < 2) return out;
    split_points();
    cut_plane();
    if (plane_.faces.size() < 2) return out;
    if (!sheet_) add_wall_ends();
    label(out);
    return out;
  }

 private:
  void find_levels() {
    std::vector<double> heights;
    for (Vec3 p : local_) heights.push_back(p.z);
    levels_ = cloud_levels(heights, options_, traits_.size);
    // What lies beyond the outermost spikes must have an end too.
    close_ends(levels_, heights, 2 * options_.level_tolerance + 0.004 * traits_.size);
    see_sheet(heights);
  }

  // A sheet so thin that its rim has hardly a point, or its faces are one to the
  // scatter: all points are of its faces, and where they end is its outline.
  void see_sheet(const std::vector<double>& heights) {
    const double thin = 4 * options_.level_tolerance + 2 / std::sqrt(traits_.density);
    double mean = 0, variance = 0;
    for (double h : heights) mean += h;
    const auto count = static_cast<double>(heights.size());
    mean /= count;
    for (double h : heights) variance += (h - mean) * (h - mean);
    const double deviation = std::sqrt(variance / count);
    const bool seen = levels_.size() == 2 && levels_[0].weight > 0 && levels_[1].weight > 0;
    const double height = levels_.back().offset - levels_.front().offset;
    sheet_ = !seen && 2 * deviation < thin && height < 4 * thin;
    if (!sheet_) return;
    levels_ = {{mean - deviation, 0}, {mean + deviation, 0}};
    levels_[0].weight = levels_[1].weight = count / 2;
  }

  void split_points() {
    flat_.resize(levels_.size());
    if (sheet_) {
      for (size_t i = 0; i < local_.size(); ++i) flat_[i % 2].push_back({local_[i].x, local_[i].y});
      return;
    }
    for (Vec3 p : local_) {
      size_t nearest = 0;
      for (size_t k = 1; k < levels_.size(); ++k)
        if (std::abs(p.z - levels_[k].offset) < std::abs(p.z - levels_[nearest].offset))
          nearest = k;
      if (std::abs(p.z - levels_[nearest].offset) <= options_.level_tolerance &&
          levels_[nearest].weight > 0)
        flat_[nearest].push_back({p.x, p.y});
      else
        walls_.push_back({{p.x, p.y}, p.z});
    }
  }

  size_t slab_of(double height) const {
    size_t k = 0;
    while (k + 2 < levels_.size() && height > levels_[k + 1].offset) ++k;
    return k;
  }

  void cut_plane() {
    std::vector<Vec2> points;
    for (const WallPoint& w : walls_) points.push_back(w.p);
    if (sheet_) {
      for (Vec3 p : local_) points.push_back({p.x, p.y});
      points = rim_of(points);
      // The outermost points lie a little inside, by chance more or less.
      options_.wall_tolerance = std::max(options_.wall_tolerance, 0.5 / std::sqrt(traits_.density));
    }
    auto curves = find_wall_curves(points, traits_.size, options_.wall_tolerance,
                                   options_.wall_claim, options_.seed);
    if (traits_.noise > kUneven * traits_.size) align_lines(curves, options_.wall_tolerance);
    plane_ = arrange_walls(curves, {}, traits_.size, options_.wall_tolerance);
    edges_of_curve_.resize(plane_.curves.size());
    for (uint32_t e = 0; e < plane_.edges.size(); ++e)
      edges_of_curve_[plane_.edges[e].curve].push_back(e);
    assign_walls();
  }

  void assign_walls() {
    edge_of_wall_.clear();
    for (const WallPoint& w : walls_) edge_of_wall_.push_back(edge_at(w.p));
  }

  // Small flat faces make no spike, but the walls they close end there: where
  // points of several edges, or many of one, stop away from any level, there is
  // one more. It has no weight: it is no evidence itself.
  void add_wall_ends() {
    std::vector<std::vector<double>> heights(plane_.edges.size());
    for (size_t i = 0; i < walls_.size(); ++i)
      if (edge_of_wall_[i] >= 0)
        heights[static_cast<size_t>(edge_of_wall_[i])].push_back(walls_[i].height);
    const size_t before = levels_.size();
    std::vector<Level> tops, bottoms;
    for (auto& h : heights) note_ends(h, tops, bottoms);
    const double width = 0.015 * traits_.size;
    for (const bool top : {true, false})
      for (const auto& [offset, weight] : extremes(top ? tops : bottoms, width, top)) {
        const bool known = std::any_of(levels_.begin(), levels_.end(), [&](const Level& l) {
          return std::abs(l.offset - offset) < width;
        });
        if (weight < 25 || known) continue;
        levels_.push_back({offset, 0});
        std::sort(levels_.begin(), levels_.end(),
                  [](const Level& a, const Level& b) { return a.offset < b.offset; });
      }
    if (levels_.size() == before) return;
    flat_.clear(), walls_.clear();
    split_points();  // a new level may take points of the walls beside it
    assign_walls();
  }

  // Ends of an edge's stretches of points along the direction, with the number
  // of points that speak for them.
  void note_ends(std::vector<double>& h, std::vector<Level>& tops,
                 std::vector<Level>& bottoms) const {
    if (h.size() < 10) return;
    std::sort(h.begin(), h.end());
    const double spacing = (h.back() - h.front()) / static_cast<double>(h.size());
    const double gap = std::max(9 * spacing, 0.03 * traits_.size);
    size_t first = 0;
    for (size_t i = 1; i <= h.size(); ++i) {
      if (i < h.size() && h[i] - h[i - 1] < gap) continue;
      if (const size_t n = i - first; n >= 10) {
        bottoms.push_back({h[first], static_cast<double>(n)});
        tops.push_back({h[i - 1], static_cast<double>(n)});
      }
      first = i;
    }
  }

  // Clusters of ends, each at its outermost member.
  static std::vector<Level> extremes(std::vector<Level> ends, double width, bool top) {
    std::sort(ends.begin(), ends.end(),
              [](const Level& a, const Level& b) { return a.offset < b.offset; });
    std::vector<Level> out;
    double last = 0;
    for (const Level& e : ends) {
      if (out.empty() || e.offset - last > width) out.push_back({e.offset, 0});
      out.back().weight += e.weight;
      if (top) out.back().offset = e.offset;
      last = e.offset;
    }
    return out;
  }

  // Cell of a face in a slab; the unbounded face is cell 0 everywhere.
  uint32_t cell(uint32_t face, size_t slab) const {
    if (face == 0) return 0;
    return static_cast<uint32_t>(slab * (plane_.faces.size() - 1) + face);
  }

  void label(CloudStack& out) {
    const size_t slabs = levels_.size() - 1;
    std::vector<CellEvidence> evidence;
    level_evidence(evidence);
    edge_evidence(evidence);
    const auto cells = static_cast<uint32_t>(slabs * (plane_.faces.size() - 1) + 1);
    const auto labels = label_cells(cells, std::move(evidence), &out.agreement);
    for (size_t k = 0; k < slabs; ++k) {
      std::vector<uint8_t> inside(plane_.faces.size(), 0);
      for (uint32_t f = 1; f < inside.size(); ++f) inside[f] = labels[cell(f, k)];
      out.stack.slabs.push_back(
          {levels_[k].offset, levels_[k + 1].offset, nest_loops(border_loops(plane_, inside))});
    }
    size_t on = 0;
    for (const auto& f : flat_) on += f.size();
    for (const WallPoint& w : walls_) on += bounds_solid(w, labels);
    out.explained = static_cast<double>(on) / static_cast<double>(local_.size());
  }

  void level_evidence(std::vector<CellEvidence>& evidence) const {
    const size_t faces = plane_.faces.size();
    std::vector<double> seen(faces);
    for (size_t k = 0; k < levels_.size(); ++k) {
      std::fill(seen.begin(), seen.end(), 0);
      for (Vec2 p : flat_[k]) ++seen[plane_.locate(p)];
      for (uint32_t f = 1; f < faces; ++f) {
        const uint32_t below = k == 0 ? 0 : cell(f, k - 1);
        const uint32_t above = k + 1 == levels_.size() ? 0 : cell(f, k);
        double differ = wall_evidence(seen[f], plane_.faces[f].area * traits_.density);
        // An end without a spike was put there for want of one: no evidence.
        if (levels_[k].weight == 0) differ = 0;
        evidence.push_back({below, above, differ});
      }
    }
  }

  // Edge a wall point lies on, by curve and parameter; -1 if none.
  int edge_at(Vec2 p) const {
    int best = -1;
    double nearest = options_.wall_claim;
    for (size_t k = 0; k < plane_.curves.size(); ++k) {
      const auto& c = plane_.curves[k];
      const double d = c.distance(p);
      if (d >= nearest) continue;
      for (uint32_t i : edges_of_curve_[k]) {
        const auto& e = plane_.edges[i];
        double t = c.parameter(p);
        if (c.is_circle)
          while (t < e.from) t += kTurn;
        if (t >= e.from && t <= e.to) nearest = d, best = static_cast<int>(i);
      }
    }
    return best;
  }

  void edge_evidence(std::vector<CellEvidence>& evidence) {
    const size_t slabs = levels_.size() - 1;
    std::vector<double> seen(plane_.edges.size() * slabs);
    for (size_t i = 0; i < walls_.size(); ++i)
      if (const int e = edge_of_wall_[i]; e >= 0)
        ++seen[static_cast<size_t>(e) * slabs + slab_of(walls_[i].height)];
    for (uint32_t e = 0; e < plane_.edges.size(); ++e) {
      const uint32_t l = plane_.left(e), r = plane_.right(e);
      if (l == r) continue;
      for (size_t k = 0; k < slabs; ++k) {
        // Points near a level are its own.
        const double taken = (levels_[k].weight > 0) + (levels_[k + 1].weight > 0);
        const double height = std::max(
            0.0, levels_[k + 1].offset - levels_[k].offset - taken * options_.level_tolerance);
        const double expected = traits_.density * plane_.edges[e].length * height;
        evidence.push_back({cell(l, k), cell(r, k), wall_evidence(seen[e * slabs + k], expected)});
      }
    }
  }

  bool bounds_solid(const WallPoint& w, const std::vector<uint8_t>& labels) const {
    const int e = edge_of_wall_[static_cast<size_t>(&w - walls_.data())];
    if (e < 0) return false;
    const size_t k = slab_of(w.height);
    return labels[cell(plane_.left(static_cast<uint32_t>(e)), k)] !=
           labels[cell(plane_.right(static_cast<uint32_t>(e)), k)];
  }

  Frame frame_;
  CloudTraits traits_;
  CloudStackOptions options_;
  std::vector<Vec3> local_;
  std::vector<Level> levels_;
  std::vector<std::vector<Vec2>> flat_;  // by level
  std::vector<WallPoint> walls_;
  std::vector<int> edge_of_wall_;
  std::vector<std::vector<uint32_t>> edges_of_curve_;
  Arrangement plane_;
  bool sheet_ = false;
};

}  // namespace

void close_ends(std::vector<Level>& levels, std::vector<double> heights, double slack) {
  // A few points may be strays.
  const auto strays = static_cast<long>(heights.size() / 1000);
  const auto reach = [&](auto nearer) {
    std::nth_element(heights.begin(), heights.begin() + strays, heights.end(), nearer);
    return heights[static_cast<size_t>(strays)];
  };
  const double lo = reach(std::less<>()), hi = reach(std::greater<>());
  const auto end_of = [&](auto nearer) {
    return *std::min_element(heights.begin(), heights.end(), nearer);
  };
  if (levels.empty() || lo < levels.front().offset - slack)
    levels.insert(levels.begin(), {strays > 8 ? lo : end_of(std::less<>()), 0});
  if (hi > levels.back().offset + slack)
    levels.push_back({strays > 8 ? hi : end_of(std::greater<>()), 0});
  // Thinner than that: the two ends are all there is.
  if (levels.size() < 2) levels = {{end_of(std::less<>()), 0}, {end_of(std::greater<>()), 0}};
}

CloudTraits measure_cloud(const std::vector<Vec3>& points) {
  Box3 box;
  for (Vec3 p : points) box.add(p);
  const Scatter scatter = measure_scatter(points);
  return {box.longest(), scatter.noise, scatter.density};
}

CloudStackOptions cloud_stack_options(const CloudTraits& traits) {
  const double wall = std::max(8e-4 * traits.size, 3 * traits.noise);
  return {.level_tolerance = std::max(4e-6 * traits.size, 4 * traits.noise),
          .wall_tolerance = wall,
          .wall_claim = 1.5 * wall};
}

CloudStackOptions sharp_stack_options(const CloudTraits& traits) {
  const double wall = std::max(8e-4 * traits.size, 1.2 * traits.noise);
  return {.level_tolerance = 3 * traits.noise,
          .wall_tolerance = wall,
          .wall_claim = 2.5 * wall,
          .blur = traits.noise};
}

std::vector<Level> cloud_levels(const std::vector<double>& heights,
                                const CloudStackOptions& options, double size) {
  return options.blur > 0 ? blurred_levels(heights, options.blur, size)
                          : spike_levels(heights, options.level_tolerance, size);
}

CloudStack cloud_stack(const std::vector<Vec3>& points, const Frame& frame,
                       const CloudTraits& traits, const CloudStackOptions& options) {
  return StackFinder(points, frame, traits, options).run();
}

std::vector<Level> spike_levels(std::vector<double> h, double tolerance, double size) {
  std::sort(h.begin(), h.end());
  const double width = 2 * tolerance;
  const size_t n = h.size();
  auto count_between = [&](double lo, double hi) {
    return static_cast<double>(std::upper_bound(h.begin(), h.end(), hi) -
                               std::lower_bound(h.begin(), h.end(), lo));
  };
  struct Peak {
    double count;
    double offset;
  };
  std::vector<Peak> peaks;
  for (size_t i = 0; i < n; ++i) {
    const double in = count_between(h[i], h[i] + width);
    if (in < 6) continue;
    const double reach = std::max(10 * width, 0.01 * size);
    const double around = count_between(h[i] - reach, h[i] + width + reach) - in;
    // Walls are everywhere: what passes by chance in a window of this width.
    const double chance =
        std::max(around * width / (2 * reach), 0.1 * static_cast<double>(n) * width / size);
    if (in > chance + 5 * std::sqrt(chance) + 4) peaks.push_back({in, h[i] + tolerance});
  }
  std::stable_sort(peaks.begin(), peaks.end(),
                   [](const Peak& a, const Peak& b) { return a.count > b.count; });
  std::vector<Level> levels;
  for (const Peak& p : peaks) {
    const bool taken = std::any_of(levels.begin(), levels.end(), [&](const Level& l) {
      return std::abs(l.offset - p.offset) < 1.75 * width;
    });
    if (!taken) levels.push_back({p.offset, p.count});
  }
  for (Level& l : levels) {
    const auto first = std::lower_bound(h.begin(), h.end(), l.offset - tolerance);
    const auto last = std::upper_bound(h.begin(), h.end(), l.offset + tolerance);
    double sum = 0;
    for (auto it = first; it != last; ++it) sum += *it - l.offset;
    l.weight = static_cast<double>(last - first);
    if (l.weight > 0) l.offset += sum / l.weight;
  }
  std::sort(levels.begin(), levels.end(),
            [](const Level& a, const Level& b) { return a.offset < b.offset; });
  return levels;
}

}  // namespace cadrecode::fit
