// Sketch: drawing edge by edge.
#include <cmath>

#include "base/error.h"
#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "language/cadquery/sketch.h"
#include "language/cadquery/vector_math.h"

namespace cadrecode::cadquery {
namespace {

using brep::Shape;

Vec3 polar(double radius, double angle) {
  return {radius * std::cos(radians(angle)), radius * std::sin(radians(angle)), 0};
}

}  // namespace

// The start of the first edge that is, like the last one, for construction or not.
Vec3 Sketch::start_point() const {
  if (edges_.empty()) throw Error(ErrorKind::kValue, "No free edges available");
  for (const Shape& edge : edges_)
    if (edge.for_construction == edges_.back().for_construction) return brep::start_point(edge);
  return brep::start_point(edges_.back());
}

Vec3 Sketch::end_point() const {
  if (edges_.empty()) throw Error(ErrorKind::kValue, "No free edges available");
  return brep::end_point(edges_.back());
}

void Sketch::edge(const Shape& edge, const EdgeOptions& options) {
  Shape added = edge;
  added.for_construction = options.for_construction;
  edges_.push_back(added);
  if (!options.tag.empty()) tags_[options.tag] = {Item(added)};
}

void Sketch::segment(Vec3 start, Vec3 end, const EdgeOptions& options) {
  edge(brep::make_line(start, end), options);
}

void Sketch::segment_to(Vec3 end, const EdgeOptions& options) {
  segment(end_point(), end, options);
}

void Sketch::segment_along(double length, double angle, const EdgeOptions& options) {
  const Vec3 start = end_point();
  segment(start, start + polar(length, angle), options);
}

void Sketch::arc(Vec3 start, Vec3 middle, Vec3 end, const EdgeOptions& options) {
  edge(brep::make_three_point_arc(start, middle, end), options);
}

void Sketch::arc_to(Vec3 middle, Vec3 end, const EdgeOptions& options) {
  arc(end_point(), middle, end, options);
}

void Sketch::arc_about(Vec3 center, double radius, double start, double sweep,
                       const EdgeOptions& options) {
  if (std::abs(sweep) >= 360) {
    edge(brep::make_circle(radius, center, {0, 0, 1}, start, start, sweep > 0), options);
    return;
  }
  arc(center + polar(1, start) * radius, center + polar(1, start + sweep / 2) * radius,
      center + polar(1, start + sweep) * radius, options);
}

void Sketch::spline(const std::vector<Vec3>& points, const std::vector<Vec3>& tangents,
                    bool periodic, const EdgeOptions& options) {
  brep::SplineOptions spline;
  spline.tangents.assign(tangents.begin(), tangents.end());
  spline.periodic = periodic;
  edge(brep::make_spline(points, spline), options);
}

void Sketch::bezier(const std::vector<Vec3>& points, const EdgeOptions& options) {
  edge(brep::make_bezier(points), options);
}

void Sketch::close(const std::string& tag) { segment(end_point(), start_point(), {tag, false}); }

void Sketch::assemble(const Join& join) {
  Shapes drawn;
  for (const Shape& edge : edges_)
    if (!edge.for_construction) drawn.push_back(edge);
  face(drawn, 0, join);
}

}  // namespace cadrecode::cadquery
