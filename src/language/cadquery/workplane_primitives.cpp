// Workplane: solids of given sizes at each place on the stack, and text.
#include "geometry/brep/face.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/text.h"
#include "geometry/brep/transform.h"
#include "geometry/brep/wire.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using brep::Location;
using brep::Shape;

namespace {

Value at_each_place(WorkplaneObject& self, const Shape& shape, const Arguments& a,
                    Interpreter& interpreter) {
  const Joining join = joining(a, interpreter);
  return each_point(self, shape, join.combine, join.clean);
}

Value box(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const double length = a.number("length"), width = a.number("width"), height = a.number("height");
  const std::vector<bool> centered = centered_of(a["centered"], 3, i);
  const Vec3 base{centered[0] ? -length / 2 : 0, centered[1] ? -width / 2 : 0,
                  centered[2] ? -height / 2 : 0};
  return at_each_place(self, brep::make_box(length, width, height, base), a, i);
}

Value sphere(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const double r = a.number("radius");
  const std::vector<bool> centered = centered_of(a["centered"], 3, i);
  const Vec3 base{centered[0] ? 0 : r, centered[1] ? 0 : r, centered[2] ? 0 : r};
  const Shape made = brep::make_sphere(r, base, vector_argument(a, "direct"), a.number("angle1"),
                                       a.number("angle2"), a.number("angle3"));
  return at_each_place(self, made, a, i);
}

Value cylinder(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const double r = a.number("radius"), height = a.number("height");
  const std::vector<bool> centered = centered_of(a["centered"], 3, i);
  const Vec3 base{centered[0] ? 0 : r, centered[1] ? 0 : r, centered[2] ? -height / 2 : 0};
  const Shape made = brep::make_cylinder(r, height, base, {0, 0, 1}, a.number("angle"));
  const Frame plane = plane_from({}, {}, vector_argument(a, "direct"));
  return at_each_place(self, brep::moved(made, Location(plane)), a, i);
}

Value wedge(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const double dx = a.number("dx"), dy = a.number("dy"), dz = a.number("dz");
  const std::vector<bool> centered = centered_of(a["centered"], 3, i);
  const Vec3 base{centered[0] ? -dx / 2 : 0, centered[1] ? -dy / 2 : 0, centered[2] ? -dz / 2 : 0};
  const Shape made =
      brep::make_wedge(dx, dy, dz, a.number("xmin"), a.number("zmin"), a.number("xmax"),
                       a.number("zmax"), base, vector_argument(a, "dir"));
  return at_each_place(self, made, a, i);
}

// --- Plates ---

std::vector<Shape> plate_boundary(const Value& boundary, Interpreter& interpreter) {
  std::vector<Shape> edges;
  std::vector<Vec3> points;
  if (auto* workplane = boundary.as<WorkplaneObject>()) {
    for (const Shape& shape : shapes_on(*workplane)) {
      for (Shape& edge : shape.edges()) edges.push_back(std::move(edge));
    }
    return edges;
  }
  for (const Value& part : elements(boundary, interpreter)) {
    if (is_shape_of(part, brep::Kind::kEdge) || is_shape_of(part, brep::Kind::kWire)) {
      edges.push_back(*try_shape(part));
    } else {
      points.push_back(to_vector(part, "Workplane.interpPlate surf_edges"));
    }
  }
  if (!points.empty()) edges = {brep::make_polygon(points, false, true)};
  return edges;
}

std::vector<brep::NSidedConstraint> plate_constraints(const Value& given,
                                                      Interpreter& interpreter) {
  std::vector<brep::NSidedConstraint> constraints;
  for (const Value& part : elements(given, interpreter)) {
    if (const Shape* shape = try_shape(part)) {
      constraints.emplace_back(*shape);
    } else if (part.is_tuple() || part.as<VectorObject>()) {
      constraints.emplace_back(to_vector(part, "Workplane.interpPlate surf_pts"));
    } else {
      interpreter::throw_value_error("Invalid constraint " + repr(part, interpreter));
    }
  }
  return constraints;
}

Value interp_plate(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  brep::NSidedOptions options;
  options.degree = static_cast<int>(a.integer("degree"));
  options.points_on_curve = static_cast<int>(a.integer("nbPtsOnCur"));
  options.iterations = static_cast<int>(a.integer("nbIter"));
  options.anisotropy = a.boolean("anisotropy", i);
  options.tol2d = a.number("tol2d");
  options.tol3d = a.number("tol3d");
  options.tol_angle = a.number("tolAng");
  options.tol_curvature = a.number("tolCurv");
  options.max_degree = static_cast<int>(a.integer("maxDeg"));
  options.max_segments = static_cast<int>(a.integer("maxSegments"));
  Shape plate = brep::make_n_sided_surface(plate_boundary(a["surf_edges"], i),
                                           plate_constraints(a["surf_pts"], i), options);
  if (const double thickness = a.number("thickness"); thickness > 0) {
    plate = brep::thicken(plate, thickness);
  }
  return at_each_place(self, plate, a, i);
}

// --- Text ---

template <class Choice>
Choice chosen(const std::string& word,
              std::initializer_list<std::pair<const char*, Choice>> choices) {
  for (const auto& [name, choice] : choices) {
    if (word == name) return choice;
  }
  interpreter::throw_exception(interpreter::exception_type("KeyError"), "'" + word + "'");
}

Value text(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  using Options = brep::TextOptions;
  Options options;
  options.font = a.string("font");
  options.font_path = a.optional_string("fontPath").value_or("");
  options.kind = chosen<Options::Kind>(a.string("kind"), {{"regular", Options::Kind::kRegular},
                                                          {"bold", Options::Kind::kBold},
                                                          {"italic", Options::Kind::kItalic}});
  // Unknown words mean right and top, as in CadQuery.
  const std::string h = a.string("halign"), v = a.string("valign");
  options.halign = h == "left"     ? Options::Horizontal::kLeft
                   : h == "center" ? Options::Horizontal::kCenter
                                   : Options::Horizontal::kRight;
  options.valign = v == "bottom"   ? Options::Vertical::kBottom
                   : v == "center" ? Options::Vertical::kCenter
                                   : Options::Vertical::kTop;
  const Shape made = brep::make_text(a.string("txt"), a.number("fontsize"), a.number("distance"),
                                     options, self.frame());
  const Joining join = joining(a, i);
  return combine_with_base(self, made, join.combine, join.clean);
}

}  // namespace

void add_primitive_methods(Type& type) {
  type.method("box", "length, width, height, centered=True, combine=True, clean=True", box)
      .method("sphere",
              "radius, direct=(0, 0, 1), angle1=-90, angle2=90, angle3=360, centered=True, "
              "combine=True, clean=True",
              sphere)
      .method("cylinder",
              "height, radius, direct=(0, 0, 1), angle=360, centered=True, combine=True, "
              "clean=True",
              cylinder)
      .method("wedge",
              "dx, dy, dz, xmin, zmin, xmax, zmax, pnt=(0, 0, 0), dir=(0, 0, 1), centered=True, "
              "combine=True, clean=True",
              wedge)
      .method("interpPlate",
              "surf_edges, surf_pts=[], thickness=0, combine=False, clean=True, degree=3, "
              "nbPtsOnCur=15, nbIter=2, anisotropy=False, tol2d=1e-05, tol3d=0.0001, tolAng=0.01, "
              "tolCurv=0.1, maxDeg=8, maxSegments=9",
              interp_plate)
      .method("text",
              "txt, fontsize, distance, combine='cut', clean=True, font='Arial', fontPath=None, "
              "kind='regular', halign='center', valign='center'",
              text);
}

}  // namespace cadrecode::cadquery
