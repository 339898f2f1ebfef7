// The arrays of the small numpy subset: one or two dimensions of float, int or
// bool, all held as double (integers stay exact up to 2^53). A scalar result is
// a plain number, as programs use it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "language/interpreter/object.h"

namespace cadrecode::interpreter {

enum class ArrayKind : uint8_t { kBool, kInt, kFloat };

class Array : public Object {
 public:
  // One dimension has rows 1 and cols = its length.
  Array(std::vector<double> data, size_t rows, size_t cols, bool two_dimensional, ArrayKind kind);
  ~Array() override;
  std::vector<double> data;  // row by row
  size_t rows, cols;
  bool two_dimensional;
  ArrayKind kind;

  size_t size() const { return two_dimensional ? rows : cols; }  // of the first dimension
  Value element(size_t i) const;                                 // data[i] as a number
  Value row(size_t i) const;  // of a 2-D array; an element of a 1-D one

  const Type& type() const override;
  std::string repr(Interpreter& interpreter) override;
  std::string str(Interpreter& interpreter) override;
  bool truth(Interpreter& interpreter) override;
  size_t hash(Interpreter& interpreter) override;
  Ref<Iterator> iterate(Interpreter& interpreter) override;
  int64_t length(Interpreter&) override { return static_cast<int64_t>(size()); }
  bool has_length() const override { return true; }
  Value item(const Value& index, Interpreter& interpreter) override;
  void set_item(const Value& index, const Value& value, Interpreter& interpreter) override;
  Value binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) override;
  Value unary(UnaryOp op, Interpreter& interpreter) override;
  Value compare(CompareOp op, const Value& other, Interpreter& interpreter) override;
  bool contains(const Value& element, Interpreter& interpreter) override;
};

using ArrayRef = Ref<Array>;

ArrayRef make_array(std::vector<double> data, ArrayKind kind = ArrayKind::kFloat);
ArrayRef make_matrix(std::vector<double> data, size_t rows, size_t cols, ArrayKind kind);
// Numbers, nested sequences, arrays. A number gives one element.
ArrayRef to_array(const Value& value, Interpreter& interpreter);
// A number as a Value of `kind`.
Value number_value(double number, ArrayKind kind);

// f(a, b) element by element, shapes fitted as numpy's broadcasting does for up
// to two dimensions; two plain numbers give a plain number.
Value broadcast(const Value& a, const Value& b, Interpreter& interpreter,
                const std::function<double(double, double)>& f,
                const std::function<ArrayKind(ArrayKind, ArrayKind)>& kind);
// f(x) of a number or element by element.
Value elementwise(const Value& x, Interpreter& interpreter, double (*f)(double), bool keeps_kind);

// Pairwise sum in numpy's order, so that the last digits agree.
double pairwise_sum(const double* data, size_t n, size_t stride = 1);
Value matrix_product(const Value& a, const Value& b, Interpreter& interpreter);

}  // namespace cadrecode::interpreter
