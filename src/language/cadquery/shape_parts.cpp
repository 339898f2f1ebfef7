// Shape: its parts, by kind, by selector and by neighbourhood.
#include <algorithm>

#include "geometry/brep/ops.h"
#include "geometry/brep/solid.h"
#include "language/cadquery/shape_methods.h"

namespace cadrecode::cadquery {
namespace {

using brep::Kind;
using brep::Shape;
using Self = ShapeObject;

Shapes selected(const Shape& s, Kind kind, const Value& selector) {
  const Shapes all = s.entities(kind);
  const auto chosen = to_selector(selector, "Shape selector");
  return chosen ? (*chosen)(all) : all;
}

// What the lower-case selectors give: the one shape, or a compound of them.
Value one_or_compound(const Shapes& shapes) {
  return shape_value(shapes.size() == 1 ? shapes.front() : brep::make_compound(shapes));
}

template <Kind kind>
Value select(Self& s, Arguments& a, Interpreter&) {
  return one_or_compound(selected(s.shape, kind, a["selector"]));
}

template <Kind kind>
Value select_one(Self& s, Arguments& a, Interpreter&) {
  const Shapes shapes = selected(s.shape, kind, a["selector"]);
  if (shapes.empty()) interpreter::throw_value_error("No Shape available for selection");
  return shape_value(shapes.front());
}

template <Shapes (Shape::*list)() const>
Value all(Self& s, Arguments&, Interpreter&) {
  return shape_list((s.shape.*list)());
}

Value ancestors(Self& s, Arguments& a, Interpreter&) {
  return shape_value(
      brep::make_compound(brep::ancestors(s.shape, shape(a, "ctx"), kind_from(a.string("kind")))));
}

void add_new(Shapes& to, const Shapes& more) {
  for (const Shape& shape : more)
    if (std::find(to.begin(), to.end(), shape) == to.end()) to.push_back(shape);
}

Value siblings(Self& s, Arguments& a, Interpreter& interpreter) {
  std::vector<Value> levels{a["level"]};
  if (!a["level"].is_integral()) levels = a.items("level", interpreter);
  Shapes result;
  for (const Value& level : levels) {
    if (!level.is_integral()) a.fail("level", "an int or several");
    add_new(result, brep::siblings(s.shape, shape(a, "ctx"), kind_from(a.string("kind")),
                                   static_cast<int>(level.as_int())));
  }
  return shape_value(brep::make_compound(result));
}

std::vector<Value> children(const Shape& s) {
  std::vector<Value> values;
  for (const Shape& child : s.children()) values.push_back(shape_value(child));
  return values;
}

Value filter(Self& s, Arguments& a, Interpreter& interpreter) {
  Shapes kept;
  for (const Value& child : children(s.shape))
    if (interpreter::truth(interpreter.call(a["f"], {child}), interpreter))
      kept.push_back(*try_shape(child));
  return shape_value(brep::make_compound(kept));
}

Value sort(Self& s, Arguments& a, Interpreter& interpreter) {
  const auto list = interpreter::make<interpreter::List>(children(s.shape));
  const interpreter::Keyword key{"key", a["key"]};
  list->call_method("sort", {{}, std::span<const interpreter::Keyword>(&key, 1)}, interpreter);
  return shape_value(brep::make_compound(to_shapes(Value(list), "Shape.sort", interpreter)));
}

Value size(Self& s, Arguments&, Interpreter&) { return s.shape.children().size(); }

void define_selections(Type& t) {
  t.method("vertices", "selector=None", select<Kind::kVertex>)
      .method("edges", "selector=None", select<Kind::kEdge>)
      .method("wires", "selector=None", select<Kind::kWire>)
      .method("faces", "selector=None", select<Kind::kFace>)
      .method("shells", "selector=None", select<Kind::kShell>)
      .method("solids", "selector=None", select<Kind::kSolid>)
      .method("vertex", "selector=None", select_one<Kind::kVertex>)
      .method("edge", "selector=None", select_one<Kind::kEdge>)
      .method("wire", "selector=None", select_one<Kind::kWire>)
      .method("face", "selector=None", select_one<Kind::kFace>)
      .method("shell", "selector=None", select_one<Kind::kShell>)
      .method("solid", "selector=None", select_one<Kind::kSolid>);
}

}  // namespace

void add_shape_parts(Type& t) {
  define_selections(t);
  t.method("Vertices", "", all<&Shape::vertices>)
      .method("Edges", "", all<&Shape::edges>)
      .method("Wires", "", all<&Shape::wires>)
      .method("Faces", "", all<&Shape::faces>)
      .method("Shells", "", all<&Shape::shells>)
      .method("Solids", "", all<&Shape::solids>)
      .method("CompSolids", "", all<&Shape::comp_solids>)
      .method("Compounds", "", all<&Shape::compounds>)
      .method("ancestors", "ctx, kind", ancestors)
      .method("siblings", "ctx, kind, level=1", siblings)
      .method("filter", "f", filter)
      .method("sort", "key", sort)
      .method("size", "", size);
}

Ref<interpreter::Iterator> ShapeObject::iterate(Interpreter&) {
  return interpreter::iterate_values(children(shape));
}

Value ShapeObject::item(const Value& index, Interpreter&) {
  const Shapes all = shape.children();
  if (const auto* slice = index.as<interpreter::Slice>()) {
    Shapes chosen;
    for (size_t i : interpreter::slice_positions(*slice, all.size())) chosen.push_back(all[i]);
    return shape_value(brep::make_compound(chosen));
  }
  return shape_value(all[interpreter::sequence_index(index, all.size(), "list")]);
}

}  // namespace cadrecode::cadquery
