// Workplane: CadQuery's fluent API as an object of a program.
//
// A Workplane is a stack of objects (`objects`: values holding Vector, Location, Shape or Sketch,
// rarely anything else a program put there), a plane, the Workplane it was made from (`parent`) and
// a context shared by the whole chain (`context`: pending wires and edges, tags). Methods return a
// new Workplane whose parent is `self`; only add(), tag() and the pending lists change in place.
// The rules are those of cadquery/cq.py 2.8: what fuses with what, which solid of the parents a
// feature works on, when pending wires are consumed.
//
// The functions here need no interpreter; the methods programs call (workplane_*.cpp) bind their
// arguments and use these. Errors: Error of kind value where CadQuery raises ValueError (and, by
// interpreter::throw_…, the other Python exceptions), kind geometry where the kernel fails.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/vec.h"
#include "geometry/brep/location.h"
#include "geometry/brep/shape.h"
#include "language/cadquery/objects.h"
#include "language/interpreter/containers.h"

namespace cadrecode::cadquery {

class WorkplaneObject;

// CQContext: what all Workplanes of one chain share.
class ContextObject final : public interpreter::Container {
 public:
  ContextObject();

  Ref<interpreter::List> pending_wires, pending_edges;  // lists that programs may change
  std::optional<Vec3> first_point;  // local coordinates; where close() returns to
  double tolerance = 1e-4;
  std::vector<std::pair<std::string, Ref<WorkplaneObject>>> tags;  // in order of first use

  std::vector<brep::Shape> wires() const;
  std::vector<brep::Shape> edges() const;
  void set_wires(const std::vector<brep::Shape>& wires);
  void set_edges(const std::vector<brep::Shape>& edges);
  // All pending edges or wires, which are then pending no more; kValue if there are none.
  std::vector<brep::Shape> take_edges();
  std::vector<brep::Shape> take_wires();
  WorkplaneObject* find_tag(const std::string& name) const;  // null when absent
  void set_tag(const std::string& name, Ref<WorkplaneObject> workplane);

  const Type& type() const override;
  void clear_references() override;
};

class WorkplaneObject final : public interpreter::Container {
 public:
  // An empty Workplane on `plane` with a context of its own.
  explicit WorkplaneObject(Ref<PlaneObject> plane, std::vector<Value> objects = {});
  WorkplaneObject(Ref<PlaneObject> plane, Ref<interpreter::List> stack, Ref<ContextObject> context,
                  Ref<WorkplaneObject> parent);

  Ref<interpreter::List> stack;  // a list that programs may hold and change, as w.objects
  Ref<PlaneObject> plane;
  Ref<WorkplaneObject> parent;
  Ref<ContextObject> context;
  Value tag = Value::none();

  const std::vector<Value>& objects() const { return stack->items(); }
  const Frame& frame() const { return plane->frame; }
  Vec3 to_world(Vec3 local) const { return frame().to_world(local); }
  Vec3 to_local(Vec3 world) const { return frame().to_local(world); }

  const Type& type() const override;
  void clear_references() override;
  Ref<interpreter::Iterator> iterate(Interpreter& interpreter) override;
  Value item(const Value& index, Interpreter& interpreter) override;
  Value binary(interpreter::BinaryOp op, const Value& other, bool reflected,
               Interpreter& interpreter) override;
  std::string repr(Interpreter& interpreter) override;
};

const Type& workplane_type();
const Type& context_type();

// --- The chain ---

// A child of `self` on a copy of its plane, in its context.
Ref<WorkplaneObject> new_object(WorkplaneObject& self, std::vector<Value> objects);
Ref<WorkplaneObject> new_object(WorkplaneObject& self, const std::vector<brep::Shape>& shapes);
Ref<WorkplaneObject> new_object(WorkplaneObject& self, const brep::Shape& shape);

// The first object, or the plane's origin as a Vector when the stack is empty.
Value val(const WorkplaneObject& self);
// All Shapes on the stack.
std::vector<brep::Shape> shapes_on(const WorkplaneObject& self);
// What Python's iteration over a Workplane yields: compounds and Sketches opened.
std::vector<Value> opened(const WorkplaneObject& self);
Ref<WorkplaneObject> tagged(const WorkplaneObject& self, const std::string& name);
void merge_tags(WorkplaneObject& self, const WorkplaneObject& from);

// The solids of the nearest Workplane up the chain that has any, as one compound.
std::optional<brep::Shape> find_solids(const WorkplaneObject& self, bool search_stack = true,
                                       bool search_parents = true);
brep::Shape find_solid(const WorkplaneObject& self, bool search_stack = true,
                       bool search_parents = true);  // kValue when there is none

// --- Drawing ---

void add_pending_edge(WorkplaneObject& self, const brep::Shape& edge);
void add_pending_wire(WorkplaneObject& self, const brep::Shape& wire);
// Where the next line starts: the end of the last edge, the last point, or the origin.
Vec3 from_point(const WorkplaneObject& self, bool local);
Ref<WorkplaneObject> wire(WorkplaneObject& self, bool for_construction = false);
std::vector<brep::Shape> consolidated_wires(const WorkplaneObject& self);
Ref<WorkplaneObject> consolidate_wires(WorkplaneObject& self);

// --- Placing and combining ---

// What `combine` says: False/None, True/'a', 'cut'/'s'; anything else a program gave.
enum class Combine { kNone, kFuse, kCut, kInvalid };

// One placement per object on the stack (one at the origin if it is empty), relative to the plane.
std::vector<brep::Location> placements(const WorkplaneObject& self);
using PlacedShape = std::function<brep::Shape(const brep::Location&)>;
// Workplane.eachpoint(callback, useLocalCoordinates=True, combine, clean).
Ref<WorkplaneObject> each_point(WorkplaneObject& self, const PlacedShape& make,
                                Combine combine = Combine::kNone, bool clean = true);
Ref<WorkplaneObject> each_point(WorkplaneObject& self, const brep::Shape& shape,
                                Combine combine = Combine::kNone, bool clean = true);
Ref<WorkplaneObject> combine_with_base(WorkplaneObject& self, const brep::Shape& shape,
                                       Combine combine, bool clean);
Ref<WorkplaneObject> combine_with_base(WorkplaneObject& self, std::vector<Value> results,
                                       Combine combine, bool clean);
// Faces to extrude: those on the stack, else made from the pending wires (then used up).
std::vector<brep::Shape> take_faces(WorkplaneObject& self);

}  // namespace cadrecode::cadquery
