// The report's two panels, and the deviations they show.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geometry/cloud/neighbours.h"
#include "geometry/cloud/process.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/query.h"
#include "geometry/mesh/repair.h"
#include "geometry/render/picture.h"

namespace cadrecode::render {
namespace {

// "12 345"
std::string grouped(size_t n) {
  std::string digits = std::to_string(n);
  for (size_t i = digits.size(); i > 3;) digits.insert(i -= 3, " ");
  return digits;
}

std::string size_text(const Box3& box, const std::string& unit) {
  const Vec3 s = box.size();
  return fmt::format("{:.4g} × {:.4g} × {:.4g}{}{}", s.x, s.y, s.z, unit.empty() ? "" : " ", unit);
}

// Three digits; what is only rounding beside `size` is 0.
std::string number(double x, double size) {
  if (x < 1e-9 * size) return "0";
  return x < 1000 ? fmt::format("{:.3g}", x) : fmt::format("{:.0f}", x);
}

// Area-weighted mean of |deviation|, and the largest.
std::string deviation_text(const mesh::TriangleMesh& mesh, const std::vector<double>& deviation,
                           const std::string& unit) {
  double sum = 0, area = 0, largest = 0;
  for (size_t t = 0; t < mesh.triangles.size(); ++t) {
    const double a = norm(mesh::triangle_normal_area2(mesh, t)) / 6;
    for (uint32_t v : mesh.triangles[t]) {
      const double d = std::abs(deviation[v]);
      sum += a * d, area += a;
      largest = std::max(largest, d);
    }
  }
  const std::string u = unit.empty() ? "" : " " + unit;
  const double size = mesh::bounding_box(mesh).diagonal();
  return fmt::format("deviation: mean {}{}, largest {}{}", number(area > 0 ? sum / area : 0, size),
                     u, number(largest, size), u);
}

// Fine enough that a face's colours show what happens within it.
Deviations refined_result(const mesh::TriangleMesh& result) {
  return {mesh::refined(result, mesh::bounding_box(result).diagonal() / 64, 200'000), {}};
}

Picture compare(Subject input, const mesh::TriangleMesh& result,
                const std::vector<double>& deviation, const std::string& unit,
                const std::string& heading, const PictureOptions& options) {
  Subject output;
  output.mesh = result;
  output.deviation = deviation;
  output.title = "result";
  output.note = size_text(mesh::bounding_box(result), unit);
  if (deviation.size() == result.vertices.size()) {
    output.note += "   |   " + deviation_text(result, deviation, unit);
  }
  return render_panels({std::move(input), std::move(output)}, heading, unit, options);
}

}  // namespace

Picture compare_picture(const mesh::TriangleMesh& input, const mesh::TriangleMesh& result,
                        const std::vector<double>& deviation, const std::string& unit,
                        const std::string& heading, const PictureOptions& options) {
  Subject s;
  s.mesh = input;
  s.title = fmt::format("input: mesh, {} triangles", grouped(input.triangles.size()));
  s.note = size_text(mesh::bounding_box(input), unit);
  return compare(std::move(s), result, deviation, unit, heading, options);
}

Picture compare_picture(const cloud::PointCloud& input, const mesh::TriangleMesh& result,
                        const std::vector<double>& deviation, const std::string& unit,
                        const std::string& heading, const PictureOptions& options) {
  Subject s;
  s.cloud = input;
  s.title = fmt::format("input: point cloud, {} points", grouped(input.points.size()));
  s.note = size_text(cloud::bounding_box(input.points), unit);
  return compare(std::move(s), result, deviation, unit, heading, options);
}

Deviations deviations_from(const mesh::TriangleMesh& input, const mesh::TriangleMesh& result) {
  Deviations d = refined_result(result);
  const mesh::MeshIndex index(input);
  const double size = mesh::bounding_box(result).diagonal();
  // The side costs more than the distance; too near to be seen, it is left out.
  std::vector<Vec3> far;
  std::vector<size_t> far_at;
  const auto nearest = index.nearest(d.mesh.vertices);
  for (size_t v = 0; v < nearest.size(); ++v) {
    d.values.push_back(nearest[v].distance);
    if (nearest[v].distance <= 1e-5 * size) continue;
    far.push_back(d.mesh.vertices[v]);
    far_at.push_back(v);
  }
  const auto inside = index.inside(far);
  for (size_t i = 0; i < far.size(); ++i) {
    if (inside[i]) d.values[far_at[i]] *= -1;
  }
  return d;
}

Deviations deviations_from(const cloud::PointCloud& input, const mesh::TriangleMesh& result) {
  Deviations d = refined_result(result);
  // Each point's distance belongs to the place on the result nearest to it; a
  // vertex takes the mean of the places around it.
  const mesh::MeshIndex surface(result);
  std::vector<Vec3> places;
  std::vector<double> values;
  const auto nearest = surface.nearest(input.points);
  const auto inside = surface.inside(input.points);
  for (size_t i = 0; i < input.points.size(); ++i) {
    places.push_back(nearest[i].point);
    values.push_back(inside[i] ? nearest[i].distance : -nearest[i].distance);
  }
  const cloud::PointIndex index(places), raw(input.points);
  const double spacing = std::sqrt(mesh::area(result) / static_cast<double>(places.size()));
  for (const Vec3& p : d.mesh.vertices) {
    const auto around = index.nearest(p, 4);
    double sum = 0;
    for (const cloud::Neighbour& n : around) sum += values[n.index];
    // Far from every place the cloud says nothing but that it is not here.
    const bool alone = around[0].distance2 > 16 * spacing * spacing;
    d.values.push_back(alone ? std::sqrt(raw.nearest(p).distance2)
                             : sum / static_cast<double>(around.size()));
  }
  return d;
}

}  // namespace cadrecode::render
