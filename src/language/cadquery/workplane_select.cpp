// Workplane: choosing parts of what is on the stack.
#include <unordered_set>

#include "language/cadquery/workplane_methods.h"

namespace cadrecode::cadquery {

using brep::Kind;
using brep::Shape;

namespace {

using Parts = std::vector<Shape> (Shape::*)() const;

// Sub-shapes of all objects, each once, in order: Workplane._collectProperty.
Shapes collect(const WorkplaneObject& self, Parts parts, bool solids) {
  Shapes all;
  const bool several = self.objects().size() > 1;
  std::unordered_set<Shape, brep::ShapeHash> seen;
  for (const Value& object : self.objects()) {
    const Shape* shape = try_shape(object);
    if (!shape) continue;
    // A Solid that is a compound underneath (a filleted one, for example) counts as a whole.
    const bool wrapped =
        solids && shape->type() == Kind::kSolid && shape->kind() == Kind::kCompound;
    for (Shape& part : wrapped ? shape->compounds() : (shape->*parts)()) {
      if (!several || seen.insert(part).second) all.push_back(std::move(part));
    }
  }
  return all;
}

WorkplaneObject& source(WorkplaneObject& self, const Arguments& a) {
  const Value& tag = a["tag"];
  if (tag.is_none() || (tag.is_str() && tag.str().empty())) return self;
  return *tagged(self, a.string("tag"));
}

template <Parts parts, bool solids = false>
Value select(WorkplaneObject& self, Arguments& a, Interpreter&) {
  Shapes found = collect(source(self, a), parts, solids);
  if (auto selector = to_selector(a["selector"], a.signature().function() + " selector")) {
    found = (*selector)(found);
  }
  return new_object(self, found);
}

Kind kind_named(const std::string& name) {
  for (Kind kind : {Kind::kCompound, Kind::kCompSolid, Kind::kSolid, Kind::kShell, Kind::kFace,
                    Kind::kWire, Kind::kEdge, Kind::kVertex}) {
    if (name == brep::to_string(kind)) return kind;
  }
  interpreter::throw_exception(interpreter::exception_type("KeyError"), "'" + name + "'");
}

// Each shape once. CadQuery makes a Python set here, whose order is arbitrary.
Shapes unique(const Shapes& shapes, const Shapes& without = {}) {
  std::unordered_set<Shape, brep::ShapeHash> seen(without.begin(), without.end());
  Shapes kept;
  for (const Shape& shape : shapes) {
    if (seen.insert(shape).second) kept.push_back(shape);
  }
  return kept;
}

Value ancestors(WorkplaneObject& self, Arguments& a, Interpreter&) {
  const Shape context = find_solid(self);
  const Kind kind = kind_named(a.string("kind"));
  Shapes all;
  for (const Shape& shape : shapes_on(source(self, a))) {
    for (const Shape& found : brep::ancestors(shape, context, kind)) all.push_back(found);
  }
  return new_object(self, unique(all));
}

Value siblings(WorkplaneObject& self, Arguments& a, Interpreter&) {
  const Shape context = find_solid(self);
  const Kind kind = kind_named(a.string("kind"));
  const Shapes from = shapes_on(source(self, a));
  Shapes all;
  for (const Shape& shape : from) {
    const int level = static_cast<int>(a.integer("level"));
    for (const Shape& found : brep::siblings(shape, context, kind, level)) all.push_back(found);
  }
  return new_object(self, unique(all, from));
}

}  // namespace

void add_selection_methods(Type& type) {
  constexpr const char* kSignature = "selector=None, tag=None";
  type.method("vertices", kSignature, select<&Shape::vertices>)
      .method("edges", kSignature, select<&Shape::edges>)
      .method("wires", kSignature, select<&Shape::wires>)
      .method("faces", kSignature, select<&Shape::faces>)
      .method("shells", kSignature, select<&Shape::shells>)
      .method("solids", kSignature, select<&Shape::solids, true>)
      .method("compounds", kSignature, select<&Shape::compounds>)
      .method("ancestors", "kind, tag=None", ancestors)
      .method("siblings", "kind, level=1, tag=None", siblings);
}

}  // namespace cadrecode::cadquery
