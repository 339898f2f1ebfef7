#include "language/cadquery/shape_methods.h"

#include <array>

#include "geometry/brep/solid.h"
#include "language/cadquery/module_parts.h"

namespace cadrecode::cadquery {
namespace {

using brep::Kind;

constexpr std::array<Kind, 8> kKinds{Kind::kCompound, Kind::kCompSolid, Kind::kSolid,
                                     Kind::kShell,    Kind::kFace,      Kind::kWire,
                                     Kind::kEdge,     Kind::kVertex};

void add_own_methods(Type& type, Kind kind) {
  switch (kind) {
    case Kind::kVertex:
      add_vertex_class(type);
      break;
    case Kind::kEdge:
      add_edge_class(type);
      break;
    case Kind::kWire:
      add_wire_class(type);
      break;
    case Kind::kFace:
      add_face_class(type);
      break;
    case Kind::kShell:
      add_shell_class(type);
      break;
    case Kind::kSolid:
      add_solid_class(type);
      break;
    case Kind::kCompSolid:
      add_feature_methods(type);
      break;
    case Kind::kCompound:
      add_compound_class(type);
      break;
  }
}

const Type& define_shape_type(Kind kind) {
  Type& type = interpreter::define_type(brep::to_string(kind), shape_base_type());
  add_own_methods(type, kind);
  return type;
}

Value sorted_wires(Arguments& a, Interpreter& interpreter) {
  std::vector<Value> groups;
  for (const Shapes& group : brep::sort_wires_by_build_order(shapes(a, "wireList", interpreter)))
    groups.push_back(shape_list(group));
  return interpreter::make_list(std::move(groups));
}

}  // namespace

const Type& shape_base_type() {
  static const Type& type = []() -> const Type& {
    Type& t = interpreter::define_type("Shape");
    add_shape_parts(t);
    add_shape_identity(t);
    add_shape_measures(t);
    add_shape_moves(t);
    add_shape_booleans(t);
    add_shape_exports(t);
    return t;
  }();
  return type;
}

const Type& shape_type(Kind kind) {
  static const std::array<const Type*, kKinds.size()> types = [] {
    std::array<const Type*, kKinds.size()> result{};
    for (std::size_t i = 0; i < kKinds.size(); ++i) result[i] = &define_shape_type(kKinds[i]);
    return result;
  }();
  return *types[static_cast<std::size_t>(kind)];
}

void add_shape_types(interpreter::Module& module) {
  add_type(module, shape_base_type());
  for (Kind kind : kKinds) add_type(module, shape_type(kind));
  module.function("sortWiresByBuildOrder", "wireList", sorted_wires);
}

Arguments rebound(const interpreter::Signature& signature, const Arguments& a) {
  std::vector<interpreter::Keyword> keywords;
  for (const auto& [name, value] : a.keywords()) keywords.push_back({name, value});
  return Arguments(signature, {a.rest(), keywords});
}

Arguments dispatched(const interpreter::Signature& signature, const Arguments& a) {
  std::size_t required = 0;
  for (const interpreter::Parameter& p : signature.parameters())
    required += p.fallback.is_unset() && !p.keyword_only;
  if (a.rest().size() < required)
    interpreter::throw_type_error(signature.function() +
                                  "() needs its arguments by position: no overload fits");
  return rebound(signature, a);
}

Kind kind_from(const std::string& name) {
  for (Kind kind : kKinds)
    if (name == brep::to_string(kind)) return kind;
  interpreter::throw_value_error("'" + name + "' is no kind of shape");
}

Vec3 vector(const Arguments& a, std::string_view name) {
  if (auto v = try_vector(a[name])) return *v;
  a.fail(name, "a Vector or a tuple of two or three numbers");
}

const brep::Shape& shape(const Arguments& a, std::string_view name) {
  if (const brep::Shape* s = try_shape(a[name])) return *s;
  a.fail(name, "a Shape");
}

const brep::Shape& shape(const Arguments& a, std::string_view name, Kind type) {
  const brep::Shape* s = try_shape(a[name]);
  if (!s || s->type() != type) a.fail(name, brep::to_string(type));
  return *s;
}

Shapes shapes(const Arguments& a, std::string_view name, Interpreter& interpreter) {
  if (a[name].is_none()) return {};
  return to_shapes(a[name], a.signature().function() + " " + std::string(name), interpreter);
}

Shapes rest_shapes(const Arguments& a) {
  Shapes result;
  for (const Value& value : a.rest())
    result.push_back(to_shape(value, a.signature().function() + " arguments"));
  return result;
}

std::vector<Vec3> vectors(const Arguments& a, std::string_view name, Interpreter& interpreter) {
  return to_vectors(a[name], a.signature().function() + " " + std::string(name), interpreter);
}

std::vector<double> numbers(const Arguments& a, std::string_view name, Interpreter& interpreter) {
  return to_numbers(a[name], a.signature().function() + " " + std::string(name), interpreter);
}

brep::OffsetKind offset_kind(const Arguments& a, std::string_view name) {
  const std::string& word = a.string(name);
  if (word == "arc") return brep::OffsetKind::kArc;
  if (word == "intersection") return brep::OffsetKind::kIntersection;
  if (word == "tangent") return brep::OffsetKind::kTangent;
  interpreter::throw_value_error("'" + word + "' is not arc, intersection or tangent");
}

}  // namespace cadrecode::cadquery
