// Workplane: extruding, cutting by extrusion and revolving.
#include "geometry/brep/boolean.h"
#include "geometry/brep/face.h"
#include "geometry/brep/feature.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/solid.h"
#include "language/cadquery/extrusion.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using brep::Shape;

namespace {

// Faces of the solid ahead of `face` (then behind it, when nothing is ahead), nearest first.
Shapes faces_ahead(const WorkplaneObject& self, const Shape& face, Vec3 direction, bool additive,
                   bool both) {
  const auto side = additive ? brep::LineSide::kAlongAxis : brep::LineSide::kOpposite;
  auto hit = [&](Vec3 axis) {
    return brep::faces_intersected_by_line(find_solid(self), brep::center(face), axis, 1e-4, side);
  };
  Shapes faces = hit(direction);
  if (faces.empty() && both) {
    interpreter::throw_value_error(
        "Couldn't find a face to extrude/cut to for at least one of the two required directions "
        "of extrusion/cut.");
  }
  if (faces.empty()) faces = hit(-direction);
  if (faces.empty()) {
    interpreter::throw_value_error(
        "Couldn't find a face to extrude/cut to. Check your workplane orientation.");
  }
  return faces;
}

// Python's list index: -1 is the last.
const Shape& at_index(const Shapes& faces, int index) {
  const size_t i = index < 0 ? faces.size() + index : static_cast<size_t>(index);
  if (i >= faces.size()) interpreter::throw_index_error("list index out of range");
  return faces[i];
}

Shape extruded_until(WorkplaneObject& self, const Shapes& faces, const Extent& extent) {
  const Vec3 axis = self.frame().normal;
  Shape solid = find_solid(self);
  int index = extent.index;  // once 1, stays 1 for the faces that follow, as in CadQuery
  brep::PrismFeature feature;
  feature.taper = extent.taper;
  feature.additive = extent.additive;
  for (const Shape& face : faces) {
    if (extent.face.is_null()) {
      const Shapes ahead = faces_ahead(self, face, axis, extent.additive, extent.both);
      const Vec3 middle = brep::center(brep::outer_wire(face));
      if (extent.additive && index == 0 && brep::is_inside(solid, middle)) index = 1;
      feature.up_to_face = at_index(ahead, index);
    } else {
      feature.up_to_face = extent.face;
    }
    solid = brep::dprism(solid, {}, {face}, feature);
    if (extent.both) {
      const Shapes behind = faces_ahead(self, face, -axis, extent.additive, extent.both);
      if (!extent.face.is_null()) {
        interpreter::throw_type_error("list indices must be integers or slices, not Face");
      }
      feature.up_to_face = at_index(behind, index);
      solid = brep::dprism(solid, {}, {face}, feature);
    }
  }
  return solid;
}

Shape extruded_by(const Shapes& faces, Vec3 direction, double taper, bool both) {
  Shapes prisms;
  for (const Shape& face : faces) {
    Shape prism = brep::extrude_linear(face, direction, taper);
    if (both) {
      prism = brep::fuse(prism, {brep::extrude_linear(face, -direction, taper)}, /*glue=*/true);
    }
    prisms.push_back(std::move(prism));
  }
  return brep::make_compound(prisms);
}

}  // namespace

Shape extruded(WorkplaneObject& self, const Extent& extent) {
  const Shapes faces = take_faces(self);
  for (const Shape& face : faces) {
    if (extent.taper != 0 && !brep::inner_wires(face).empty()) {
      interpreter::throw_value_error("Inner wires not allowed with tapered extrusion");
    }
  }
  if (extent.until) return extruded_until(self, faces, extent);
  return extruded_by(faces, self.frame().normal * extent.distance, extent.taper, extent.both);
}

namespace {

// The `until` argument; false when it is none of a number, a word that is known, a Face.
bool read_until(const Value& until, Extent& extent) {
  if (until.is_number()) {
    extent.distance = until.as_double();
  } else if (until.is_str() && (until.str() == "next" || until.str() == "last")) {
    extent.until = true;
    extent.index = until.str() == "next" ? 0 : -1;
  } else if (is_shape_of(until, brep::Kind::kFace)) {
    extent.until = true;
    extent.face = *try_shape(until);
  } else {
    return false;
  }
  return true;
}

[[noreturn]] void throw_unknown_until(const Value& until) {
  interpreter::throw_value_error("Do not know how to handle until argument of type " +
                                 type_name(until));
}

Ref<WorkplaneObject> cut_blind(WorkplaneObject& self, const Value& until, bool clean,
                               Extent extent) {
  extent.additive = false;
  if (!read_until(until, extent)) throw_unknown_until(until);
  const Shape made = extruded(self, extent);
  Shape result = extent.until ? made : brep::cut(find_solid(self), {made});
  if (clean) result = brep::clean(result);
  return new_object(self, result);
}

Value cut_blind_method(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  Extent extent;
  extent.taper = a.optional_number("taper").value_or(0);
  if (a["both"].is_float() && a.is_none("taper")) {  // an old order of the arguments
    extent.taper = a.number("both");
  } else {
    extent.both = a.boolean("both", i);
  }
  return cut_blind(self, a["until"], a.boolean("clean", i), extent);
}

Value extrude(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Value& until = a["until"];
  Extent extent;
  extent.both = a.boolean("both", i);
  extent.taper = a.optional_number("taper").value_or(0);
  const Joining join = joining(a, i);
  if (join.combine == Combine::kCut) return cut_blind(self, until, join.clean, extent);
  const bool known = read_until(until, extent);
  const bool fuse = join.combine == Combine::kFuse || !extent.face.is_null();
  if ((until.is_str() || is_shape_of(until, brep::Kind::kFace)) && a["combine"].is_bool() &&
      !a["combine"].as_bool()) {
    interpreter::throw_value_error("`combine` can't be set to False when extruding until a face");
  }
  if (!known || (extent.until && (!fuse || join.combine == Combine::kNone))) {
    throw_unknown_until(until);
  }
  return combine_with_base(self, extruded(self, extent), join.combine, join.clean);
}

Value cut_thru_all(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  brep::PrismFeature feature;
  feature.taper = -a.number("taper");
  feature.additive = false;
  const Shape solid = find_solid(self);
  Shape result = brep::dprism(solid, {}, take_faces(self), feature);
  if (a.boolean("clean", i)) result = brep::clean(result);
  return new_object(self, result);
}

// World coordinates of the axis, by CadQuery's rule (which mixes world and local y).
std::pair<Vec3, Vec3> revolution_axis(const WorkplaneObject& self, const Arguments& a) {
  const Vec3 start =
      self.to_world(a.is_none("axisStart") ? Vec3() : vector_argument(a, "axisStart"));
  if (!a.is_none("axisEnd")) return {start, self.to_world(vector_argument(a, "axisEnd"))};
  return {start, self.to_world({0, start.y != 0 ? start.y : 1, 0})};
}

Value revolve(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  double angle = modulo(a.number("angleDegrees"), 360);
  if (angle == 0) angle = 360;
  const auto [start, end] = revolution_axis(self, a);
  Shapes solids;
  for (const Shape& face : take_faces(self)) {
    solids.push_back(brep::revolve(face, angle, start, end));
  }
  const Joining join = joining(a, i);
  return combine_with_base(self, brep::make_compound(solids), join.combine, join.clean);
}

Value twist_extrude(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Vec3 direction = self.frame().normal * a.number("distance");
  const double angle = a.number("angleDegrees");
  if (angle == 0) {
    interpreter::throw_exception(interpreter::exception_type("ZeroDivisionError"),
                                 "float division by zero");
  }
  Shapes solids;
  for (const Shape& face : take_faces(self)) {
    solids.push_back(
        brep::extrude_linear_with_rotation(face, self.frame().origin, direction, angle));
  }
  const Shape fused = brep::fuse(brep::make_compound(solids), {});
  const Joining join = joining(a, i);
  return combine_with_base(self, fused, join.combine, join.clean);
}

}  // namespace

void add_extrude_methods(Type& type) {
  type.method("extrude", "until, combine=True, clean=True, both=False, taper=None", extrude)
      .method("cutBlind", "until, clean=True, both=False, taper=None", cut_blind_method)
      .method("cutThruAll", "clean=True, taper=0", cut_thru_all)
      .method("revolve",
              "angleDegrees=360.0, axisStart=None, axisEnd=None, combine=True, clean=True", revolve)
      .method("twistExtrude", "distance, angleDegrees, combine=True, clean=True", twist_extrude);
}

}  // namespace cadrecode::cadquery
