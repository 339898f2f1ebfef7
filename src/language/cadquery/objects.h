// The values of CadQuery's geometry classes inside a program.
//
// Each object wraps one value of base or brep; its type() holds the method table that the program
// sees (vector_type.cpp, location_type.cpp, …). Workplane and Sketch have headers of their own.
// Vectors, planes and shapes can be changed in place by a program (v.x = 1, plane.origin = …,
// shape.move(loc)), so an object handed out twice is shared, as in Python.
#pragma once

#include <string>
#include <utility>

#include "base/vec.h"
#include "geometry/brep/location.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/shape.h"
#include "language/cadquery/selectors.h"
#include "language/interpreter/interpreter.h"

namespace cadrecode::cadquery {

using interpreter::Arguments;
using interpreter::Interpreter;
using interpreter::Ref;
using interpreter::Type;
using interpreter::Value;

const Type& vector_type();
const Type& matrix_type();
const Type& plane_type();
const Type& location_type();
const Type& bound_box_type();
// The class of a kind of shape (Vertex, Edge … Compound), and their base.
const Type& shape_type(brep::Kind kind);
const Type& shape_base_type();
// cq.Selector, the base of all selector classes.
const Type& selector_type();

class VectorObject : public interpreter::Object {
 public:
  explicit VectorObject(Vec3 v) : v(v) {}
  Vec3 v;

  const Type& type() const override { return vector_type(); }
  Value binary(interpreter::BinaryOp op, const Value& other, bool reflected,
               Interpreter& interpreter) override;
  Value unary(interpreter::UnaryOp op, Interpreter& interpreter) override;
  Value compare(interpreter::CompareOp op, const Value& other, Interpreter& interpreter) override;
  std::string repr(Interpreter& interpreter) override;
  size_t hash(Interpreter& interpreter) override;
  Ref<interpreter::Iterator> iterate(Interpreter& interpreter) override;
};

class MatrixObject : public interpreter::Object {
 public:
  explicit MatrixObject(brep::Transform m) : m(std::move(m)) {}
  brep::Transform m;

  const Type& type() const override { return matrix_type(); }
  std::string repr(Interpreter& interpreter) override;
  Value item(const Value& index, Interpreter& interpreter) override;
};

// The frame is orthonormal: CadQuery keeps an xDir that is not perpendicular to the normal in the
// attribute of that name, but its transformations straighten it, as is done here at once.
class PlaneObject : public interpreter::Object {
 public:
  explicit PlaneObject(const Frame& frame) : frame(frame) {}
  Frame frame;

  const Type& type() const override { return plane_type(); }
  Value compare(interpreter::CompareOp op, const Value& other, Interpreter& interpreter) override;
  std::string repr(Interpreter& interpreter) override;
  size_t hash(Interpreter& interpreter) override;
};

class LocationObject : public interpreter::Object {
 public:
  explicit LocationObject(brep::Location location) : location(std::move(location)) {}
  brep::Location location;

  const Type& type() const override { return location_type(); }
  Value binary(interpreter::BinaryOp op, const Value& other, bool reflected,
               Interpreter& interpreter) override;
};

class BoundBoxObject : public interpreter::Object {
 public:
  explicit BoundBoxObject(const brep::BoundBox& box) : box(box) {}
  brep::BoundBox box;

  const Type& type() const override { return bound_box_type(); }
};

// Any of cq.Vertex … cq.Compound: shape.type() decides which.
class ShapeObject : public interpreter::Object {
 public:
  explicit ShapeObject(brep::Shape shape) : shape(std::move(shape)) {}
  brep::Shape shape;
  std::string label;

  const Type& type() const override { return shape_type(shape.type()); }
  Value binary(interpreter::BinaryOp op, const Value& other, bool reflected,
               Interpreter& interpreter) override;
  Value compare(interpreter::CompareOp op, const Value& other, Interpreter& interpreter) override;
  size_t hash(Interpreter& interpreter) override;
  bool truth(Interpreter& interpreter) override;
  Ref<interpreter::Iterator> iterate(Interpreter& interpreter) override;
  Value item(const Value& index, Interpreter& interpreter) override;
};

class SelectorObject : public interpreter::Object {
 public:
  SelectorObject(const Type& type, Selector selector)
      : selector(std::move(selector)), type_(type) {}
  Selector selector;

  const Type& type() const override { return type_; }
  Value binary(interpreter::BinaryOp op, const Value& other, bool reflected,
               Interpreter& interpreter) override;
  Value unary(interpreter::UnaryOp op, Interpreter& interpreter) override;

 private:
  const Type& type_;
};

}  // namespace cadrecode::cadquery
