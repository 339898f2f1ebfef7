// The selector classes of cadquery.selectors as a program makes them.
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "language/cadquery/convert.h"
#include "language/cadquery/module_parts.h"

namespace cadrecode::cadquery {
namespace {

using interpreter::BinaryOp;
using interpreter::Module;
using interpreter::UnaryOp;

// A direction must be a Vector: CadQuery asks it for its cross and dot products.
Vec3 direction(const Arguments& a) {
  if (const auto* vector = a["vector"].as<VectorObject>()) return vector->v;
  interpreter::throw_attribute_error("'" + interpreter::type_name(a["vector"]) +
                                     "' object has no attribute 'cross': a Vector is needed");
}

Selector operand(const Value& value) {
  if (const auto* object = value.as<SelectorObject>()) return object->selector;
  interpreter::throw_attribute_error("'" + interpreter::type_name(value) +
                                     "' object has no attribute 'filter'");
}

Nth nth(const Arguments& a) {
  return {static_cast<long>(a.integer("n")), a.boolean("directionMax"), a.number("tolerance")};
}

using Maker = Selector (*)(const Arguments&);

struct SelectorClass {
  const char* name;
  const char* parameters;
  Maker make;
  bool at_top;  // also cadquery.<name>
};

constexpr const char* kNthParameters = "n, directionMax=True, tolerance=0.0001";
constexpr const char* kDirectionNthParameters = "vector, n, directionMax=True, tolerance=0.0001";
constexpr const char* kDirectionParameters = "vector, tolerance=0.0001";

Selector make_string(const Arguments& a) { return parse_selector(a.string("selectorString")); }
Selector make_nearest(const Arguments& a) {
  return nearest_to_point(to_vector(a["pnt"], "NearestToPointSelector pnt"));
}
Selector make_nearest_to_shape(const Arguments& a) {
  return nearest_to_shape(to_shape(a["s"], "NearestToShapeSelector s"));
}
Selector make_box(const Arguments& a) {
  return inside_box(to_vector(a["point0"], "BoxSelector point0"),
                    to_vector(a["point1"], "BoxSelector point1"), a.boolean("boundingbox"));
}
Selector make_parallel(const Arguments& a) {
  return parallel_to(direction(a), a.number("tolerance"));
}
Selector make_aligned(const Arguments& a) {
  return aligned_with(direction(a), a.number("tolerance"));
}
Selector make_perpendicular(const Arguments& a) {
  return perpendicular_to(direction(a), a.number("tolerance"));
}
Selector make_type(const Arguments& a) { return of_type(a.string("typeString")); }
Selector make_extreme(const Arguments& a) {
  return extreme(direction(a), a.boolean("directionMax"), a.number("tolerance"));
}
Selector make_radius_nth(const Arguments& a) { return radius_nth(nth(a)); }
Selector make_length_nth(const Arguments& a) { return length_nth(nth(a)); }
Selector make_area_nth(const Arguments& a) { return area_nth(nth(a)); }
Selector make_center_nth(const Arguments& a) { return center_nth(direction(a), nth(a)); }
Selector make_direction_nth(const Arguments& a) { return direction_nth(direction(a), nth(a)); }
Selector make_and(const Arguments& a) { return both(operand(a["left"]), operand(a["right"])); }
Selector make_sum(const Arguments& a) { return either(operand(a["left"]), operand(a["right"])); }
Selector make_subtract(const Arguments& a) {
  return difference(operand(a["left"]), operand(a["right"]));
}
Selector make_inverse(const Arguments& a) { return inverse(operand(a["selector"])); }

constexpr SelectorClass kClasses[] = {
    {"StringSyntaxSelector", "selectorString", make_string, true},
    {"NearestToPointSelector", "pnt", make_nearest, true},
    {"NearestToShapeSelector", "s", make_nearest_to_shape, false},
    {"BoxSelector", "point0, point1, boundingbox=False", make_box, false},
    {"ParallelDirSelector", kDirectionParameters, make_parallel, true},
    {"DirectionSelector", kDirectionParameters, make_aligned, true},
    {"PerpendicularDirSelector", kDirectionParameters, make_perpendicular, true},
    {"TypeSelector", "typeString", make_type, true},
    {"DirectionMinMaxSelector", "vector, directionMax=True, tolerance=0.0001", make_extreme, true},
    {"RadiusNthSelector", kNthParameters, make_radius_nth, false},
    {"LengthNthSelector", kNthParameters, make_length_nth, false},
    {"AreaNthSelector", kNthParameters, make_area_nth, false},
    {"CenterNthSelector", kDirectionNthParameters, make_center_nth, false},
    {"DirectionNthSelector", kDirectionNthParameters, make_direction_nth, false},
    {"AndSelector", "left, right", make_and, false},
    {"SumSelector", "left, right", make_sum, false},
    {"SubtractSelector", "left, right", make_subtract, false},
    {"InverseSelector", "selector", make_inverse, false},
};
constexpr std::size_t kClassCount = std::size(kClasses);

const Type& define_class(const SelectorClass& c) {
  Type& type = interpreter::define_type(c.name, selector_type());
  type.constructor(c.parameters, [&type, make = c.make](Arguments& a, Interpreter&) -> Value {
    return interpreter::make<SelectorObject>(type, make(a));
  });
  return type;
}

// The types of kClasses, in its order.
const std::array<const Type*, kClassCount>& class_types() {
  static const std::array<const Type*, kClassCount> types = [] {
    std::array<const Type*, kClassCount> result{};
    for (std::size_t i = 0; i < kClassCount; ++i) result[i] = &define_class(kClasses[i]);
    return result;
  }();
  return types;
}

const Type& class_type(std::string_view name) {
  for (std::size_t i = 0; i < kClassCount; ++i)
    if (kClasses[i].name == name) return *class_types()[i];
  return selector_type();
}

Value filter(SelectorObject& s, Arguments& a, Interpreter& interpreter) {
  return shape_list(
      s.selector(to_shapes(a["objectList"], "Selector.filter objectList", interpreter)));
}

Value combined(std::string_view name, Selector selector) {
  return interpreter::make<SelectorObject>(class_type(name), std::move(selector));
}

}  // namespace

const Type& selector_type() {
  static const Type& type =
      interpreter::define_type("Selector")
          .constructor("",
                       [](Arguments&, Interpreter&) -> Value {
                         return interpreter::make<SelectorObject>(selector_type(), everything());
                       })
          .method("filter", "objectList", filter);
  return type;
}

void add_selector_types(Module& module) {
  add_type(module, selector_type());
  for (std::size_t i = 0; i < kClassCount; ++i)
    if (kClasses[i].at_top) add_type(module, *class_types()[i]);
  module.add("selectors", Value(const_cast<Module*>(&selectors_module())));
}

const Module& selectors_module() {
  static const Module& module = []() -> const Module& {
    Module& m = interpreter::define_module("cadquery.selectors");
    add_type(m, selector_type());
    for (const Type* type : class_types()) add_type(m, *type);
    auto alias = [&](const char* name, const char* of) {
      m.add(name, Value(const_cast<Type*>(&class_type(of))));
    };
    alias("NearestToPoint", "NearestToPointSelector");
    alias("NearestToShape", "NearestToShapeSelector");
    alias("Parallel", "ParallelDirSelector");
    alias("Perpendicular", "PerpendicularDirSelector");
    return m;
  }();
  return module;
}

Value SelectorObject::binary(BinaryOp op, const Value& other, bool reflected, Interpreter&) {
  if (reflected) return {};
  switch (op) {
    case BinaryOp::kAnd:
      return combined("AndSelector", both(selector, operand(other)));
    case BinaryOp::kAdd:
      return combined("SumSelector", either(selector, operand(other)));
    case BinaryOp::kSubtract:
      return combined("SubtractSelector", difference(selector, operand(other)));
    default:
      return {};
  }
}

Value SelectorObject::unary(UnaryOp op, Interpreter& interpreter) {
  if (op == UnaryOp::kNegative) return combined("InverseSelector", inverse(selector));
  return Object::unary(op, interpreter);
}

}  // namespace cadrecode::cadquery
