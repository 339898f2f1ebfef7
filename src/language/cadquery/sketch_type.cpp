// cq.Sketch: names, parameters and defaults of sketch.h's operations.
#include <algorithm>

#include "base/error.h"
#include "language/cadquery/convert.h"
#include "language/cadquery/module_parts.h"
#include "language/cadquery/run_state.h"
#include "language/cadquery/sketch_calls.h"

namespace cadrecode::cadquery {
namespace {

using interpreter::BinaryOp;
using Self = SketchObject;

std::string optional_text(const Arguments& a, std::string_view name) {
  return a.optional_string(name).value_or("");
}

Sketch::Join join(const Arguments& a) {
  return {Sketch::mode_from(a.string("mode")), optional_text(a, "tag")};
}

// A method of Sketch that takes the arguments and gives back the sketch.
template <class Operation>
interpreter::HostMethod chained(Operation operation) {
  return [operation](const Value& self, Arguments& a, Interpreter& interpreter) {
    operation(interpreter::self_as<Self>(self).sketch, a, interpreter);
    return self;
  };
}

Value construct(Arguments& a, Interpreter& interpreter) {
  std::vector<brep::Location> locations;
  if (a.given("locs")) {
    for (const Value& value : a.items("locs", interpreter))
      locations.push_back(to_location(value, "Sketch locs"));
  } else {
    locations.emplace_back();
  }
  const brep::Shape* faces = a.is_none("obj") ? nullptr : &to_shape(a["obj"], "Sketch obj");
  return interpreter::make<Self>(Sketch(locations, faces ? *faces : brep::Shape()), a["parent"]);
}

// --- Faces ---

void face(Sketch& s, Arguments& a, Interpreter& interpreter) {
  const Value& b = a["b"];
  const double angle = a.number("angle");
  const bool ignore = a.boolean("ignore_selection", interpreter);
  if (const brep::Shape* shape = try_shape(b)) {
    s.face(*shape, angle, join(a), ignore);
  } else if (const auto* sketch = b.as<Self>()) {
    s.face(Sketch(sketch->sketch), angle, join(a), ignore);
  } else if (b.is_object() && !b.is_str()) {
    s.face(to_shapes(b, "Sketch.face b", interpreter), angle, join(a), ignore);
  } else {
    interpreter::throw_value_error("Unsupported argument " + interpreter::repr(b, interpreter));
  }
}

void rect(Sketch& s, Arguments& a, Interpreter&) {
  s.rect(a.number("w"), a.number("h"), a.number("angle"), join(a));
}
void circle(Sketch& s, Arguments& a, Interpreter&) { s.circle(a.number("r"), join(a)); }
void ellipse(Sketch& s, Arguments& a, Interpreter&) {
  s.ellipse(a.number("a1"), a.number("a2"), a.number("angle"), join(a));
}
void trapezoid(Sketch& s, Arguments& a, Interpreter&) {
  s.trapezoid(a.number("w"), a.number("h"), a.number("a1"), a.optional_number("a2"),
              a.number("angle"), join(a));
}
void slot(Sketch& s, Arguments& a, Interpreter&) {
  s.slot(a.number("w"), a.number("h"), a.number("angle"), join(a));
}
void regular_polygon(Sketch& s, Arguments& a, Interpreter& interpreter) {
  const int64_t count = a.integer("n");
  interpreter.charge(static_cast<uint64_t>(std::max<int64_t>(count, 0)));
  s.regular_polygon(a.number("r"), static_cast<int>(count), a.number("angle"), join(a));
}
void polygon(Sketch& s, Arguments& a, Interpreter& interpreter) {
  s.polygon(to_vectors(a["pts"], "Sketch.polygon pts", interpreter), a.number("angle"), join(a));
}
void hull(Sketch& s, Arguments& a, Interpreter&) { s.hull(join(a)); }
void offset(Sketch& s, Arguments& a, Interpreter&) { s.offset(a.number("d"), join(a)); }
void fillet(Sketch& s, Arguments& a, Interpreter&) { s.fillet(a.number("d")); }
void chamfer(Sketch& s, Arguments& a, Interpreter&) { s.chamfer(a.number("d")); }
void clean(Sketch& s, Arguments&, Interpreter&) { s.clean(); }

void each(Sketch& s, Arguments& a, Interpreter& interpreter) {
  const Value callback = a.callable("callback");
  auto make = [&](const brep::Location& place) -> Shapes {
    const Value made = interpreter.call(callback, {location_value(place)});
    if (const auto* sketch = made.as<Self>()) return sketch->sketch.faces().faces();
    const brep::Shape& shape = to_shape(made, "the result of the callback of Sketch.each");
    return shape.type() == brep::Kind::kCompound ? shape.faces() : Shapes{shape};
  };
  s.each(make, join(a), a.boolean("ignore_selection", interpreter));
}

// --- Places ---

std::vector<brep::Location> pushed(const Value& iterable, Interpreter& interpreter) {
  std::vector<brep::Location> places;
  for (const Value& item : interpreter::elements(iterable, interpreter)) {
    const brep::Location* location = try_location(item);
    places.push_back(location ? *location
                              : brep::Location(to_vector(item, "Sketch.push location")));
  }
  return places;
}

void push(Sketch& s, Arguments& a, Interpreter& interpreter) {
  s.push(pushed(a["locs"], interpreter), optional_text(a, "tag"));
}

int counted(Arguments& a, std::string_view name, Interpreter& interpreter) {
  const int64_t count = a.integer(name);
  interpreter.charge(static_cast<uint64_t>(std::max<int64_t>(count, 0)));
  return static_cast<int>(count);
}

void rarray(Sketch& s, Arguments& a, Interpreter& interpreter) {
  const int nx = counted(a, "nx", interpreter), ny = counted(a, "ny", interpreter);
  if (nx > 0 && ny > 0) interpreter.charge(static_cast<uint64_t>(nx) * static_cast<uint64_t>(ny));
  s.rarray(a.number("xs"), a.number("ys"), nx, ny);
}
void parray(Sketch& s, Arguments& a, Interpreter& interpreter) {
  s.parray(a.number("r"), a.number("a1"), a.number("da"), counted(a, "n", interpreter),
           a.boolean("rotate", interpreter));
}
void distribute(Sketch& s, Arguments& a, Interpreter& interpreter) {
  s.distribute(counted(a, "n", interpreter), a.number("start"), a.number("stop"),
               a.boolean("rotate", interpreter));
}

// --- Edges ---

void edge(Sketch& s, Arguments& a, Interpreter& interpreter) {
  s.edge(to_shape(a["val"], brep::Kind::kEdge, "Sketch.edge val"),
         {optional_text(a, "tag"), a.boolean("forConstruction", interpreter)});
}
void bezier(Sketch& s, Arguments& a, Interpreter& interpreter) {
  s.bezier(to_vectors(a["pts"], "Sketch.bezier pts", interpreter),
           {optional_text(a, "tag"), a.boolean("forConstruction", interpreter)});
}
void close(Sketch& s, Arguments& a, Interpreter&) { s.close(optional_text(a, "tag")); }
void assemble(Sketch& s, Arguments& a, Interpreter&) { s.assemble(join(a)); }

// --- Selection ---

template <Sketch::Part part>
void select_parts(Sketch& s, Arguments& a, Interpreter&) {
  s.select_parts(part, to_selector(a["s"], "Sketch selector"), optional_text(a, "tag"));
}
void select(Sketch& s, Arguments& a, Interpreter&) {
  std::vector<std::string> tags;
  for (const Value& tag : a.rest()) {
    if (!tag.is_str()) interpreter::throw_type_error("Sketch.select() takes tags");
    tags.push_back(tag.str());
  }
  s.select(tags);
}
void tag(Sketch& s, Arguments& a, Interpreter&) { s.tag(a.string("tag")); }
void reset(Sketch& s, Arguments&, Interpreter&) { s.reset(); }
void delete_selected(Sketch& s, Arguments&, Interpreter&) { s.delete_selected(); }
void add(Sketch& s, Arguments&, Interpreter&) { s.add(); }
void subtract(Sketch& s, Arguments&, Interpreter&) { s.subtract(); }
void replace(Sketch& s, Arguments&, Interpreter&) { s.replace(); }

Value val(Self& s, Arguments&, Interpreter&) { return sketch_item_value(s.sketch.val()); }
Value vals(Self& s, Arguments&, Interpreter&) {
  return interpreter::make_list(item_values(s.sketch.vals()));
}

// --- As a whole ---

Value finalize(Self& s, Arguments&, Interpreter&) { return s.parent; }
Value copy(Self& s, Arguments&, Interpreter&) { return interpreter::make<Self>(s.sketch.copy()); }
Value moved(Self& s, Arguments& a, Interpreter& interpreter) {
  const Places places = places_from(a, interpreter);
  return interpreter::make<Self>(s.sketch.moved(places.all, places.several));
}
Value located(Self& s, Arguments& a, Interpreter&) {
  return interpreter::make<Self>(s.sketch.located(to_location(a["loc"], "Sketch.located loc")));
}

Value export_sketch(Self& s, Arguments& a, Interpreter& interpreter) {
  collect_export(Ref<Self>(&s), a, interpreter);
  return Ref<Self>(&s);
}

Value get_faces(Self& s, Interpreter&) { return shape_value(s.sketch.faces()); }
Value get_edges(Self& s, Interpreter&) { return shape_list(s.sketch.edges()); }
Value get_parent(Self& s, Interpreter&) { return s.parent; }
Value get_locs(Self& s, Interpreter&) {
  std::vector<Value> values;
  for (const brep::Location& place : s.sketch.locations()) values.push_back(location_value(place));
  return interpreter::make_list(std::move(values));
}
Value get_selection(Self& s, Interpreter&) {
  if (!s.sketch.selection()) return Value::none();
  return interpreter::make_list(item_values(*s.sketch.selection()));
}

void define_faces(Type& t) {
  t.method("face", "b, angle=0, mode='a', tag=None, ignore_selection=False", chained(face))
      .method("rect", "w, h, angle=0, mode='a', tag=None", chained(rect))
      .method("circle", "r, mode='a', tag=None", chained(circle))
      .method("ellipse", "a1, a2, angle=0, mode='a', tag=None", chained(ellipse))
      .method("trapezoid", "w, h, a1, a2=None, angle=0, mode='a', tag=None", chained(trapezoid))
      .method("slot", "w, h, angle=0, mode='a', tag=None", chained(slot))
      .method("regularPolygon", "r, n, angle=0, mode='a', tag=None", chained(regular_polygon))
      .method("polygon", "pts, angle=0, mode='a', tag=None", chained(polygon))
      .method("each", "callback, mode='a', tag=None, ignore_selection=False", chained(each))
      .method("hull", "mode='a', tag=None", chained(hull))
      .method("offset", "d, mode='a', tag=None", chained(offset))
      .method("fillet", "d", chained(fillet))
      .method("chamfer", "d", chained(chamfer))
      .method("clean", "", chained(clean))
      .method("rarray", "xs, ys, nx, ny", chained(rarray))
      .method("parray", "r, a1, da, n, rotate=True", chained(parray))
      .method("distribute", "n, start=0, stop=1, rotate=True", chained(distribute))
      .method("push", "locs, tag=None", chained(push));
}

void define_edges(Type& t) {
  t.method("edge", "val, tag=None, forConstruction=False", chained(edge))
      .method("segment", "*args, tag=None, forConstruction=False", chained(sketch_segment))
      .method("arc", "*args, tag=None, forConstruction=False", chained(sketch_arc))
      .method("spline", "*args, tag=None, forConstruction=False", chained(sketch_spline))
      .method("bezier", "pts, tag=None, forConstruction=False", chained(bezier))
      .method("close", "tag=None", chained(close))
      .method("assemble", "mode='a', tag=None", chained(assemble));
}

void define_selection(Type& t) {
  t.method("faces", "s=None, tag=None", chained(select_parts<Sketch::Part::kFaces>))
      .method("wires", "s=None, tag=None", chained(select_parts<Sketch::Part::kWires>))
      .method("edges", "s=None, tag=None", chained(select_parts<Sketch::Part::kEdges>))
      .method("vertices", "s=None, tag=None", chained(select_parts<Sketch::Part::kVertices>))
      .method("select", "*tags", chained(select))
      .method("tag", "tag", chained(tag))
      .method("reset", "", chained(reset))
      .method("delete", "", chained(delete_selected))
      .method("add", "", chained(add))
      .method("subtract", "", chained(subtract))
      .method("replace", "", chained(replace))
      .method("filter", "f", chained(sketch_filter))
      .method("map", "f", chained(sketch_map))
      .method("apply", "f", chained(sketch_apply))
      .method("sort", "key", chained(sketch_sort))
      .method("invoke", "f", sketch_invoke)
      .method("val", "", val)
      .method("vals", "", vals);
}

void define_whole(Type& t) {
  t.method("finalize", "", finalize)
      .method("copy", "", copy)
      .method("moved", "*args, **kwargs", moved)
      .method("located", "loc", located)
      .method("export", kExportSignature, export_sketch)
      .property("parent", get_parent)
      .property("locs", get_locs)
      .property("_faces", get_faces)
      .property("_edges", get_edges)
      .property("_selection", get_selection)
      .unsupported("constrain", "sketch constraints are not solved; give coordinates instead")
      .unsupported("solve", "sketch constraints are not solved; give coordinates instead")
      .unsupported("importDXF", "a program cannot read files");
}

}  // namespace

const Type& sketch_type() {
  static const Type& type = []() -> const Type& {
    Type& t = interpreter::define_type("Sketch").constructor("parent=None, locs=None, obj=None",
                                                             construct);
    define_faces(t);
    define_edges(t);
    define_selection(t);
    define_whole(t);
    return t;
  }();
  return type;
}

void add_sketch_type(interpreter::Module& module) { add_type(module, sketch_type()); }

Value SketchObject::binary(BinaryOp op, const Value& other, bool reflected, Interpreter&) {
  const auto* right = other.as<SketchObject>();
  if (reflected || !right) return {};
  auto combined = [&](Sketch::Operation operation) {
    return Value(
        interpreter::make<SketchObject>(Sketch::combined(operation, sketch, right->sketch)));
  };
  switch (op) {
    case BinaryOp::kAdd:
      return combined(Sketch::Operation::kFuse);
    case BinaryOp::kSubtract:
      return combined(Sketch::Operation::kCut);
    case BinaryOp::kMultiply:
      return combined(Sketch::Operation::kIntersect);
    case BinaryOp::kDivide:
      return combined(Sketch::Operation::kSplit);
    default:
      return {};
  }
}

Ref<interpreter::Iterator> SketchObject::iterate(Interpreter&) {
  std::vector<Value> values;
  for (const brep::Shape& shape : sketch.placed()) values.push_back(shape_value(shape));
  return interpreter::iterate_values(std::move(values));
}

}  // namespace cadrecode::cadquery
