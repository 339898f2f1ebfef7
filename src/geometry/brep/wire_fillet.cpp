// Rounding the corners of a wire in space, corner by corner (Wire.fillet).
#include <ChFi2d_FilletAPI.hxx>
#include <TopoDS_Edge.hxx>
#include <algorithm>
#include <gp_Pln.hxx>

#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/wire.h"

namespace cadrecode::brep {
namespace {

// Rounds the corner between two edges, which the kernel shortens in place.
TopoDS_Edge round_corner(TopoDS_Edge& before, TopoDS_Edge& after, Vec3 normal, double radius,
                         size_t number) {
  gp_Pln plane(to_pnt(center(wrap(before))), to_dir(normal));
  ChFi2d_FilletAPI maker(before, after, plane);
  std::vector<Shape> ends = wrap(after).children();
  if (!maker.Perform(radius) || ends.empty()) {
    fail_value("Failed fillet at vertex " + std::to_string(number) + "!");
  }
  return maker.Result(to_pnt(to_point(ends[0])), before, after);
}

}  // namespace

Shape wire_fillet(const Shape& wire, double radius, const std::vector<Shape>& vertices) {
  return guarded("fillet a wire", [&] {
    checked(radius, "the radius");
    std::vector<TopoDS_Edge> edges;
    for (const Shape& edge : wire.with_type(Kind::kWire).children())
      edges.push_back(occ_edge(edge));
    std::vector<Shape> corners = wire.with_type(Kind::kWire).vertices();
    if (edges.empty() || corners.empty()) fail_value("the wire has no edges to fillet");
    size_t count = edges.size(), last = is_closed(wire) ? count : count - 1;
    std::vector<TopoDS_Edge> arcs(count);  // arcs[i] follows edges[i]; null: a sharp corner
    for (size_t i = 0; i < last; ++i) {
      TopoDS_Edge &edge = edges[i], &next = edges[(i + 1) % count];
      Vec3 normal = cross(tangent_at(wrap(edge), 1), tangent_at(wrap(next), 0));
      const Shape& vertex = corners[(i + 1) % corners.size()];
      bool chosen =
          vertices.empty() || std::find(vertices.begin(), vertices.end(), vertex) != vertices.end();
      if (norm(normal) > 0 && chosen) arcs[i] = round_corner(edge, next, normal, radius, i + 1);
    }
    std::vector<Shape> result;
    for (size_t i = 0; i < count; ++i) {
      result.push_back(wrap(edges[i]));
      if (!arcs[i].IsNull()) result.push_back(wrap(arcs[i]));
    }
    return assemble_edges(result);
  });
}

}  // namespace cadrecode::brep
