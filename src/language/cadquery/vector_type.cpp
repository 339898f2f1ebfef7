// cq.Vector.
#include <cmath>

#include "language/cadquery/convert.h"
#include "language/cadquery/vector_math.h"

namespace cadrecode::cadquery {
namespace {

using interpreter::BinaryOp;
using interpreter::CompareOp;
using interpreter::UnaryOp;
using Self = VectorObject;

Value construct(Arguments& a, Interpreter&) {
  const std::vector<Value>& args = a.rest();
  if (args.empty()) return vector_value({});
  if (args.size() == 1)
    if (auto v = try_vector(args[0])) return vector_value(*v);
  if (args.size() == 2 || args.size() == 3)
    if (auto v = try_vector(interpreter::make_tuple(args))) return vector_value(*v);
  interpreter::throw_type_error("Expected three floats, OCC gp_, or 3-tuple");
}

// The argument of add, sub, dot …: a Vector and nothing like it, as in CadQuery.
Vec3 operand(const Value& value) {
  if (const auto* other = value.as<VectorObject>()) return other->v;
  interpreter::throw_attribute_error("'" + interpreter::type_name(value) +
                                     "' object has no attribute 'wrapped'");
}

Vec3 operand(const Arguments& a, std::string_view name) { return operand(a[name]); }

double quotient(double a, double b) {
  if (b == 0)
    interpreter::throw_exception(interpreter::exception_type("ZeroDivisionError"),
                                 "float division by zero");
  return a / b;
}

Value to_tuple(Self& s, Arguments&, Interpreter&) { return tuple_value(s.v); }
Value cross_(Self& s, Arguments& a, Interpreter&) {
  return vector_value(cross(s.v, operand(a, "v")));
}
Value dot_(Self& s, Arguments& a, Interpreter&) { return dot(s.v, operand(a, "v")); }
Value sub(Self& s, Arguments& a, Interpreter&) { return vector_value(s.v - operand(a, "v")); }
Value add(Self& s, Arguments& a, Interpreter&) { return vector_value(s.v + operand(a, "v")); }
Value multiply(Self& s, Arguments& a, Interpreter&) {
  return vector_value(s.v * a.number("scale"));
}
Value normalized_(Self& s, Arguments&, Interpreter&) { return vector_value(unit(s.v)); }
Value center(Self& s, Arguments&, Interpreter&) { return Value(Ref<Self>(&s)); }
Value get_angle(Self& s, Arguments& a, Interpreter&) { return angle_between(s.v, operand(a, "v")); }
// About -Z, hence clockwise in the XY plane.
Value get_signed_angle(Self& s, Arguments& a, Interpreter&) {
  return signed_angle(s.v, operand(a, "v"), {0, 0, -1});
}

Value project_to_line(Self& s, Arguments& a, Interpreter&) {
  const Vec3 line = operand(a, "line");
  return vector_value(line * quotient(dot(s.v, line), norm(line) * norm(line)));
}

Value project_to_plane(Self& s, Arguments& a, Interpreter&) {
  const Frame& plane = a.object<PlaneObject>("plane", "a Plane").frame;
  return vector_value(s.v - plane.normal * dot(s.v - plane.origin, plane.normal));
}

Value transform(Self& s, Arguments& a, Interpreter&) {
  return vector_value(a.object<MatrixObject>("T", "a Matrix").m.apply(s.v));
}

template <int axis>
Value get(Self& s, Interpreter&) {
  return s.v[axis];
}

template <int axis>
void set(Self& s, const Value& value, Interpreter&) {
  if (!value.is_number()) interpreter::throw_type_error("Vector coordinates are numbers");
  s.v[axis] = value.as_double();
}

Value length(Self& s, Interpreter&) { return norm(s.v); }
Value absolute(Self& s, Arguments&, Interpreter&) { return norm(s.v); }

}  // namespace

const Type& vector_type() {
  static const Type& type =
      interpreter::define_type("Vector")
          .constructor("*args", construct)
          .property("x", get<0>, set<0>)
          .property("y", get<1>, set<1>)
          .property("z", get<2>, set<2>)
          .property("Length", length)
          .method("__abs__", "", absolute)
          .method("toTuple", "", to_tuple)
          .method("cross", "v", cross_)
          .method("dot", "v", dot_)
          .method("sub", "v", sub)
          .method("add", "v", add)
          .method("multiply", "scale", multiply)
          .method("normalized", "", normalized_)
          .method("Center", "", center)
          .method("getAngle", "v", get_angle)
          .method("getSignedAngle", "v", get_signed_angle)
          .method("projectToLine", "line", project_to_line)
          .method("projectToPlane", "plane", project_to_plane)
          .method("transform", "T", transform)
          .unsupported("distanceToLine", "CadQuery itself does not implement it")
          .unsupported("distanceToPlane", "CadQuery itself does not implement it")
          .unsupported("wrapped", "there are no OCP objects here")
          .unsupported("toPnt", "there are no OCP objects here")
          .unsupported("toDir", "there are no OCP objects here");
  return type;
}

Value VectorObject::binary(BinaryOp op, const Value& other, bool reflected, Interpreter&) {
  switch (op) {
    case BinaryOp::kAdd:
      return reflected ? Value() : vector_value(v + operand(other));
    case BinaryOp::kSubtract:
      return reflected ? Value() : vector_value(v - operand(other));
    case BinaryOp::kMultiply:
      return other.is_number() ? vector_value(v * other.as_double()) : Value();
    case BinaryOp::kDivide:
      if (reflected || !other.is_number()) return {};
      return vector_value(v * quotient(1.0, other.as_double()));
    default:
      return {};
  }
}

Value VectorObject::unary(UnaryOp op, Interpreter& interpreter) {
  if (op == UnaryOp::kNegative) return vector_value(v * -1);
  return Object::unary(op, interpreter);
}

// Equal when the lengths differ by no more than 1e-5 and so do the directions: gp_Vec::IsEqual.
Value VectorObject::compare(CompareOp op, const Value& other, Interpreter&) {
  if (op != CompareOp::kEqual && op != CompareOp::kNotEqual) return {};
  const auto* o = other.as<VectorObject>();
  bool equal = false;
  if (o) {
    constexpr double kTolerance = 0.00001;
    const double a = norm(v), b = norm(o->v);
    equal = std::abs(a - b) <= kTolerance &&
            (a <= kTolerance || b <= kTolerance || angle_between(v, o->v) <= kTolerance);
  }
  return equal == (op == CompareOp::kEqual);
}

std::string VectorObject::repr(Interpreter& interpreter) {
  return "Vector: " + interpreter::repr(tuple_value(v), interpreter);
}

size_t VectorObject::hash(Interpreter&) {
  interpreter::throw_type_error("unhashable type: 'Vector'");
}

Ref<interpreter::Iterator> VectorObject::iterate(Interpreter&) {
  return interpreter::iterate_values({Value(v.x), Value(v.y), Value(v.z)});
}

}  // namespace cadrecode::cadquery
