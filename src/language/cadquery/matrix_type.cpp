// cq.Matrix: a 3 x 4 affine map, the last row implied.
#include <array>

#include "language/cadquery/convert.h"
#include "language/cadquery/vector_math.h"

namespace cadrecode::cadquery {
namespace {

using Self = MatrixObject;

[[noreturn]] void wrong_size() {
  interpreter::throw_type_error("Matrix constructor requires 2d list of 4x3 or 4x4");
}

std::vector<Value> sequence(const Value& value) {
  if (value.is_list()) return value.as_list().items();
  if (value.is_tuple()) return value.as_tuple().items();
  wrong_size();
}

std::array<double, 4> row(const Value& value) {
  const std::vector<Value> items = sequence(value);
  if (items.size() != 4) wrong_size();
  std::array<double, 4> numbers{};
  for (std::size_t i = 0; i < 4; ++i) {
    if (!items[i].is_number()) wrong_size();
    numbers[i] = items[i].as_double();
  }
  return numbers;
}

Value construct(Arguments& a, Interpreter&) {
  if (a.is_none("matrix")) return interpreter::make<Self>(brep::Transform());
  const std::vector<Value> rows = sequence(a["matrix"]);
  if (rows.size() != 3 && rows.size() != 4) wrong_size();
  if (rows.size() == 4 && row(rows[3]) != std::array<double, 4>{0, 0, 0, 1})
    interpreter::throw_value_error("Expected the last row to be [0,0,0,1]");
  return interpreter::make<Self>(brep::Transform({row(rows[0]), row(rows[1]), row(rows[2])}));
}

template <int axis>
Value rotate(Self& s, Arguments& a, Interpreter&) {
  Vec3 direction;
  direction[axis] = 1;
  s.m = s.m * brep::Transform::rotation({}, direction, degrees(a.number("angle")));
  return Value::none();
}

Value inverse(Self& s, Arguments&, Interpreter&) { return interpreter::make<Self>(s.m.inverse()); }

Value multiply(Self& s, Arguments& a, Interpreter&) {
  if (const auto* vector = a["other"].as<VectorObject>()) return vector_value(s.m.apply(vector->v));
  return interpreter::make<Self>(s.m * a.object<Self>("other", "a Matrix or a Vector").m);
}

double entry(const brep::Transform& m, int r, int c) {
  return r < 3 ? m.at(r, c) : (c == 3 ? 1.0 : 0.0);
}

Value transposed_list(Self& s, Arguments&, Interpreter&) {
  std::vector<Value> values;
  for (int c = 0; c < 4; ++c)
    for (int r = 0; r < 4; ++r) values.push_back(entry(s.m, r, c));
  return interpreter::make_list(std::move(values));
}

}  // namespace

const Type& matrix_type() {
  static const Type& type = interpreter::define_type("Matrix")
                                .constructor("matrix=None", construct)
                                .method("rotateX", "angle", rotate<0>)
                                .method("rotateY", "angle", rotate<1>)
                                .method("rotateZ", "angle", rotate<2>)
                                .method("inverse", "", inverse)
                                .method("multiply", "other", multiply)
                                .method("transposed_list", "", transposed_list)
                                .unsupported("wrapped", "there are no OCP objects here");
  return type;
}

Value MatrixObject::item(const Value& index, Interpreter&) {
  if (!index.is_tuple() || index.as_tuple().items().size() != 2)
    interpreter::throw_index_error("Matrix subscript must provide (row, column)");
  const Value& r = index.as_tuple().items()[0];
  const Value& c = index.as_tuple().items()[1];
  if (!r.is_integral() || !c.is_integral() || r.as_int() < 0 || r.as_int() > 3 || c.as_int() < 0 ||
      c.as_int() > 3)
    interpreter::throw_index_error("Out of bounds access into 4x4 matrix");
  return entry(m, static_cast<int>(r.as_int()), static_cast<int>(c.as_int()));
}

std::string MatrixObject::repr(Interpreter& interpreter) {
  std::string rows;
  for (int r = 0; r < 4; ++r) {
    std::vector<Value> values;
    for (int c = 0; c < 4; ++c) values.push_back(entry(m, r, c));
    rows +=
        (r ? ",\n        " : "") + interpreter::repr(interpreter::make_list(values), interpreter);
  }
  return "Matrix([" + rows + "])";
}

}  // namespace cadrecode::cadquery
