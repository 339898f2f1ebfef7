// Sketch: making faces and changing their corners.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/error.h"
#include "geometry/brep/boolean.h"
#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/face.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/transform.h"
#include "geometry/brep/wire.h"
#include "language/cadquery/hull.h"
#include "language/cadquery/set_order.h"
#include "language/cadquery/sketch.h"
#include "language/cadquery/vector_math.h"

namespace cadrecode::cadquery {
namespace {

using brep::Kind;
using brep::Location;
using brep::Shape;

constexpr Vec3 kOrigin{};
constexpr Vec3 kZ{0, 0, 1};

// What Sketch.each takes from the shape its callback returns.
Shapes faces_of(const Shape& shape) {
  return shape.type() == Kind::kCompound ? shape.faces() : Shapes{shape};
}

double height_over_slope(double height, double angle) {
  const double slope = std::tan(radians(angle));
  if (slope == 0) throw Error(ErrorKind::kValue, "trapezoid: an angle of 0 degrees has no slope");
  return height / slope;
}

// Arcs and the ends of lines, as the hull sees them.
struct HullInput {
  std::vector<HullArc> arcs;
  std::vector<Vec2> points;
};

Vec2 flat(Vec3 v) { return {v.x, v.y}; }

HullInput hull_input(const Shapes& edges) {
  HullInput input;
  for (const Shape& edge : edges) {
    const std::string type = edge.geom_type();
    if (type == "LINE") {
      input.points.push_back(flat(brep::start_point(edge)));
      input.points.push_back(flat(brep::end_point(edge)));
    } else if (type == "CIRCLE") {
      const auto [first, last] = brep::bounds(edge);
      input.arcs.push_back({flat(brep::arc_center(edge)), brep::radius(edge), first, last});
    } else {
      throw Error(ErrorKind::kValue, "hull: unsupported geometry " + type);
    }
  }
  input.points = in_set_order(input.points);
  return input;
}

Shape hull_edge(const HullEdge& edge) {
  if (const auto* line = std::get_if<HullLine>(&edge))
    return brep::make_line({line->start.x, line->start.y, 0}, {line->end.x, line->end.y, 0});
  const auto& arc = std::get<HullArc>(edge);
  return brep::make_circle(arc.radius, {arc.center.x, arc.center.y, 0}, kZ, degrees(arc.first),
                           degrees(arc.last));
}

Shape hull_wire(const Shapes& edges) {
  const HullInput input = hull_input(edges);
  Shapes boundary;
  for (const HullEdge& edge : convex_hull(input.arcs, input.points))
    boundary.push_back(hull_edge(edge));
  return brep::assemble_edges(boundary);
}

template <class Change>
Shape with_changed_corners(const Shape& faces, const Sketch::Items& selection, Change change) {
  Shapes result;
  for (const Shape& face : faces.faces()) {
    const Shapes corners = face.vertices();
    Shapes chosen;
    for (const Sketch::Item& item : selection) {
      const Shape* vertex = std::get_if<Shape>(&item);
      if (vertex && vertex->type() == Kind::kVertex &&
          std::find(corners.begin(), corners.end(), *vertex) != corners.end())
        chosen.push_back(*vertex);
    }
    result.push_back(chosen.empty() ? face : change(face, chosen));
  }
  return brep::make_compound(result);
}

}  // namespace

Sketch::Sketch(std::vector<Location> locations, const Shape& faces)
    : locations_(std::move(locations)), faces_(faces.is_null() ? brep::make_compound({}) : faces) {}

Sketch::Mode Sketch::mode_from(const std::string& letter) {
  if (letter == "a") return Mode::kAdd;
  if (letter == "s") return Mode::kSubtract;
  if (letter == "i") return Mode::kIntersect;
  if (letter == "c") return Mode::kConstruct;
  if (letter == "r") return Mode::kReplace;
  throw Error(ErrorKind::kValue, "Invalid mode: " + letter);
}

bool Sketch::has_faces() const { return faces_.type() != Kind::kCompound || !faces_.empty(); }

Location place_of(const Sketch::Item& item) {
  if (const auto* location = std::get_if<Location>(&item)) return *location;
  return Location(brep::center(std::get<Shape>(item)));
}

std::vector<Location> Sketch::places(bool ignore_selection) const {
  if (!has_selection() || ignore_selection) return {Location()};
  std::vector<Location> result;
  for (const Item& item : *selection_) result.push_back(place_of(item));
  return result;
}

void Sketch::each(const Maker& make, const Join& join, bool ignore_selection) {
  Shapes made;
  for (const Location& place : places(ignore_selection)) {
    const Shapes here = make(place);
    made.insert(made.end(), here.begin(), here.end());
  }
  join_faces(made, join);
}

void Sketch::join_faces(const Shapes& made, const Join& join) {
  if (!join.tag.empty()) tags_[join.tag] = Items(made.begin(), made.end());
  switch (join.mode) {
    case Mode::kAdd:
      faces_ = brep::fuse(faces_, made);
      break;
    case Mode::kSubtract:
      faces_ = brep::cut(faces_, made);
      break;
    case Mode::kIntersect:
      faces_ = brep::intersect(faces_, made);
      break;
    case Mode::kReplace:
      faces_ = brep::make_compound(made);
      break;
    case Mode::kConstruct:
      if (join.tag.empty())
        throw Error(ErrorKind::kValue, "No tag specified - the geometry will be unreachable");
      break;
  }
}

void Sketch::face(const Shape& shape, double angle, const Join& join, bool ignore_selection) {
  Shape face =
      shape.type() == Kind::kWire ? brep::make_face(shape) : brep::make_compound(shape.faces());
  if (angle != 0) face = brep::moved(face, Location(kOrigin, kZ, angle));
  each([&](const Location& place) { return faces_of(brep::moved(face, place)); }, join,
       ignore_selection);
}

void Sketch::face(const Shapes& edges, double angle, const Join& join, bool ignore_selection) {
  const Shapes wires = brep::edges_to_wires(edges);
  if (wires.empty()) throw Error(ErrorKind::kValue, "sketch: there are no edges to make a face of");
  Shape face = brep::make_face(wires.front(), {wires.begin() + 1, wires.end()});
  if (angle != 0) face = brep::moved(face, Location(kOrigin, kZ, angle));
  each([&](const Location& place) { return faces_of(brep::moved(face, place)); }, join,
       ignore_selection);
}

void Sketch::face(const Sketch& sketch, double angle, const Join& join, bool ignore_selection) {
  Shape faces = sketch.faces();
  if (angle != 0) faces = brep::moved(faces, Location(kOrigin, kZ, angle));
  each([&](const Location& place) { return brep::moved(faces, place).faces(); }, join,
       ignore_selection);
}

void Sketch::rect(double width, double height, double angle, const Join& join) {
  const bool finite = width != 0 && height != 0;  // CadQuery's makePlane takes 0 for infinite
  const Shape face = brep::rotate(
      finite ? brep::make_plane(height, width) : brep::make_plane({}, {}), kOrigin, kZ, angle);
  each([&](const Location& place) { return faces_of(brep::located(face, place)); }, join);
}

void Sketch::circle(double radius, const Join& join) {
  const Shape face = brep::make_face(brep::make_circle_wire(radius, kOrigin, kZ));
  each([&](const Location& place) { return faces_of(brep::located(face, place)); }, join);
}

void Sketch::ellipse(double radius1, double radius2, double angle, const Join& join) {
  const Shape face = brep::make_face(
      brep::make_ellipse_wire(radius1, radius2, kOrigin, kZ, {1, 0, 0}, 360, 360, angle));
  each([&](const Location& place) { return faces_of(brep::located(face, place)); }, join);
}

void Sketch::trapezoid(double width, double height, double a1, std::optional<double> a2,
                       double angle, const Join& join) {
  const double w = width / 2, h = height / 2;
  const double left = height_over_slope(height, a1);
  const double right = height_over_slope(height, a2 && *a2 != 0 ? *a2 : a1);
  polygon({{-w, -h, 0}, {w, -h, 0}, {w - right, h, 0}, {-w + left, h, 0}, {-w, -h, 0}}, angle,
          join);
}

void Sketch::slot(double width, double height, double angle, const Join& join) {
  const double w = width / 2, h = height / 2;
  const Vec3 p1{-w, h, 0}, p2{w, h, 0}, p3{-w, -h, 0}, p4{w, -h, 0};
  const Vec3 p5{-w - h, 0, 0}, p6{w + h, 0, 0};
  face(brep::assemble_edges({brep::make_line(p1, p2), brep::make_three_point_arc(p2, p6, p4),
                             brep::make_line(p4, p3), brep::make_three_point_arc(p3, p5, p1)}),
       angle, join);
}

void Sketch::regular_polygon(double radius, int count, double angle, const Join& join) {
  std::vector<Vec3> points;
  for (int i = 0; i <= count; ++i) {
    const double turn = i * 2 * std::numbers::pi / count;
    points.push_back({radius * std::sin(turn), radius * std::cos(turn), 0});
  }
  polygon(points, angle, join);
}

void Sketch::polygon(const std::vector<Vec3>& points, double angle, const Join& join) {
  face(brep::make_polygon(points, false, true), angle, join);
}

void Sketch::hull(const Join& join) {
  Shapes edges;
  if (has_selection()) {
    for (const Item& item : *selection_)
      if (const auto* shape = std::get_if<Shape>(&item); shape && shape->type() == Kind::kEdge)
        edges.push_back(*shape);
  } else if (has_faces()) {
    edges = faces_.edges();
  } else if (!edges_.empty()) {
    edges = edges_;
  } else {
    throw Error(ErrorKind::kValue, "No objects available for hull construction");
  }
  face(hull_wire(edges), 0, join, has_selection());
}

void Sketch::offset(double distance, const Join& join) {
  if (!has_selection()) throw Error(ErrorKind::kValue, "Selection is needed to offset");
  const Items selection = *selection_;
  for (const Item& item : selection) {
    const auto* wire = std::get_if<Shape>(&item);
    if (!wire || wire->type() != Kind::kWire) continue;
    for (const Shape& offset : brep::offset_2d(*wire, distance)) face(offset, 0, join, true);
  }
}

void Sketch::fillet(double radius) {
  if (!has_selection())
    throw Error(ErrorKind::kValue, "Selection is needed to match vertices to faces");
  faces_ = with_changed_corners(faces_, *selection_, [&](const Shape& face, const Shapes& corners) {
    return brep::face_fillet_2d(face, radius, corners);
  });
}

void Sketch::chamfer(double distance) {
  if (!has_selection())
    throw Error(ErrorKind::kValue, "Selection is needed to match vertices to faces");
  faces_ = with_changed_corners(faces_, *selection_, [&](const Shape& face, const Shapes& corners) {
    return brep::face_chamfer_2d(face, distance, corners);
  });
}

void Sketch::clean() { faces_ = brep::clean(faces_); }

}  // namespace cadrecode::cadquery
