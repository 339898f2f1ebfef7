// cq.Location.
#include "language/cadquery/convert.h"

namespace cadrecode::cadquery {
namespace {

using interpreter::BinaryOp;
using Self = LocationObject;

Value construct(Arguments& a, Interpreter&) {
  return location_value(location_from(a.rest(), a.keywords()));
}

Value inverse(Self& s, Interpreter&) { return location_value(s.location.inverse()); }
Value plane(Self& s, Interpreter&) { return plane_value(s.location.plane()); }
Value to_tuple(Self& s, Arguments&, Interpreter&) {
  const auto [translation, angles] = s.location.to_tuple();
  return interpreter::make_tuple({tuple_value(translation), tuple_value(angles)});
}

}  // namespace

const Type& location_type() {
  static const Type& type = interpreter::define_type("Location")
                                .constructor("*args, **kwargs", construct)
                                .property("inverse", inverse)
                                .property("plane", plane)
                                .method("toTuple", "", to_tuple)
                                .unsupported("wrapped", "there are no OCP objects here");
  return type;
}

Value LocationObject::binary(BinaryOp op, const Value& other, bool reflected, Interpreter&) {
  if (reflected) return {};
  const brep::Location* right = try_location(other);
  if (op == BinaryOp::kMultiply && right) return location_value(location * *right);
  if (op == BinaryOp::kPower && other.is_integral())
    return location_value(location.power(static_cast<int>(other.as_int())));
  return {};
}

}  // namespace cadrecode::cadquery
