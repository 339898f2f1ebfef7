// Workplane: sweeping along a path and lofting.
#include "geometry/brep/face.h"
#include "geometry/brep/ops.h"
#include "geometry/brep/solid.h"
#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using brep::Kind;
using brep::Shape;

namespace {

Shape edge_or_wire(const Value& value) {
  if (is_shape_of(value, Kind::kWire) || is_shape_of(value, Kind::kEdge)) return *try_shape(value);
  interpreter::throw_value_error("Wire or Edge instance required");
}

Shape path_of(const Value& path) {
  if (auto* workplane = path.as<WorkplaneObject>()) return edge_or_wire(val(*wire(*workplane)));
  return edge_or_wire(path);
}

brep::Transition transition_of(const std::string& word) {
  if (word == "right") return brep::Transition::kRight;
  if (word == "round") return brep::Transition::kRound;
  if (word == "transformed") return brep::Transition::kTransformed;
  interpreter::throw_exception(interpreter::exception_type("KeyError"), "'" + word + "'");
}

brep::SweepMode sweep_mode(const Arguments& a, Interpreter& i) {
  if (truth(a["normal"], i)) return vector_argument(a, "normal");
  const Value& spine = a["auxSpine"];
  if (!truth(spine, i)) return {};
  auto* workplane = spine.as<WorkplaneObject>();
  if (!workplane) a.fail("auxSpine", "a Workplane");
  return edge_or_wire(val(*workplane));
}

Value sweep(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Value& several = a.is_none("sweepAlongWires") ? a["multisection"] : a["sweepAlongWires"];
  const Shape path = path_of(a["path"]);
  brep::SweepOptions options;
  options.make_solid = a.boolean("makeSolid", i);
  options.is_frenet = a.boolean("isFrenet", i);
  options.mode = sweep_mode(a, i);
  Shapes made;
  if (truth(several, i)) {
    Shapes sections;
    if (!self.context->wires().empty()) {
      sections = self.context->take_wires();
    } else {
      for (const Shape& face : take_faces(self)) sections.push_back(brep::outer_wire(face));
    }
    made.push_back(brep::sweep_multi(sections, path, options));
  } else {
    for (const Shape& face : take_faces(self)) {
      options.transition = transition_of(a.string("transition"));
      made.push_back(brep::sweep(face, path, options));
    }
  }
  const Joining join = joining(a, i);
  return combine_with_base(self, brep::make_compound(made), join.combine, join.clean);
}

// Faces and vertices on the stack (Workplane._getFacesVertices).
Shapes sections_on(const WorkplaneObject& self) {
  Shapes sections;
  for (const Value& value : opened(self)) {
    const Shape* shape = try_shape(value);
    if (shape && (shape->type() == Kind::kFace || shape->type() == Kind::kVertex)) {
      sections.push_back(shape->type() == Kind::kFace ? brep::outer_wire(*shape) : *shape);
    }
  }
  return sections;
}

Value loft(WorkplaneObject& self, Arguments& a, Interpreter& i) {
  const Shapes sections =
      self.context->wires().empty() ? sections_on(self) : self.context->take_wires();
  if (sections.empty()) interpreter::throw_value_error("Nothing to loft");
  if (sections.size() == 1) {
    interpreter::throw_value_error("More than one wire or face is required");
  }
  brep::ops::LoftOptions options;
  options.cap = true;
  options.ruled = a.boolean("ruled", i);
  const Shape made = brep::ops::loft(sections, options);
  const Joining join = joining(a, i);
  return combine_with_base(self, made, join.combine, join.clean);
}

}  // namespace

void add_sweep_methods(Type& type) {
  type.method("sweep",
              "path, multisection=False, sweepAlongWires=None, makeSolid=True, isFrenet=False, "
              "combine=True, clean=True, transition='right', normal=None, auxSpine=None",
              sweep)
      .method("loft", "ruled=False, combine=True, clean=True", loft);
}

}  // namespace cadrecode::cadquery
