// cq.BoundBox, as Shape.BoundingBox() gives it.
#include "language/cadquery/convert.h"

namespace cadrecode::cadquery {
namespace {

using Self = BoundBoxObject;

template <int axis>
Value low(Self& s, Interpreter&) {
  return s.box.min[axis];
}
template <int axis>
Value high(Self& s, Interpreter&) {
  return s.box.max[axis];
}
template <int axis>
Value extent(Self& s, Interpreter&) {
  return s.box.len()[axis];
}
Value center(Self& s, Interpreter&) { return vector_value(s.box.center()); }
Value diagonal(Self& s, Interpreter&) { return s.box.diagonal_length; }

Value add(Self& s, Arguments& a, Interpreter&) {
  const double tolerance = a.optional_number("tol").value_or(1e-2);
  if (const auto* other = a["obj"].as<BoundBoxObject>())
    return bound_box_value(brep::add(s.box, other->box, tolerance));
  return bound_box_value(brep::add(s.box, to_vector(a["obj"], "BoundBox.add obj"), tolerance));
}

Value enlarge(Self& s, Arguments& a, Interpreter&) {
  return bound_box_value(brep::enlarged(s.box, a.number("tol")));
}

Value is_inside(Self& s, Arguments& a, Interpreter&) {
  return brep::is_inside(s.box, a.object<Self>("b2", "a BoundBox").box);
}

bool encloses_2d(const brep::BoundBox& a, const brep::BoundBox& b) {
  return a.min.x < b.min.x && a.max.x > b.max.x && a.min.y < b.min.y && a.max.y > b.max.y;
}

Value find_outside_box_2d(Arguments& a, Interpreter&) {
  Self& first = a.object<Self>("bb1", "a BoundBox");
  Self& second = a.object<Self>("bb2", "a BoundBox");
  if (encloses_2d(first.box, second.box)) return a["bb1"];
  if (encloses_2d(second.box, first.box)) return a["bb2"];
  return Value::none();
}

}  // namespace

const Type& bound_box_type() {
  static const Type& type = interpreter::define_type("BoundBox")
                                .property("xmin", low<0>)
                                .property("ymin", low<1>)
                                .property("zmin", low<2>)
                                .property("xmax", high<0>)
                                .property("ymax", high<1>)
                                .property("zmax", high<2>)
                                .property("xlen", extent<0>)
                                .property("ylen", extent<1>)
                                .property("zlen", extent<2>)
                                .property("center", center)
                                .property("DiagonalLength", diagonal)
                                .method("add", "obj, tol=None", add)
                                .method("enlarge", "tol", enlarge)
                                .method("isInside", "b2", is_inside)
                                .static_method("findOutsideBox2D", "bb1, bb2", find_outside_box_2d)
                                .unsupported("wrapped", "there are no OCP objects here");
  return type;
}

}  // namespace cadrecode::cadquery
