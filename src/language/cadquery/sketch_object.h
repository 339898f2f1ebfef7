// A Sketch inside a program.
#pragma once

#include <utility>

#include "language/cadquery/objects.h"
#include "language/cadquery/sketch.h"

namespace cadrecode::cadquery {

const Type& sketch_type();

class SketchObject : public interpreter::Object {
 public:
  explicit SketchObject(Sketch sketch, Value parent = Value::none())
      : sketch(std::move(sketch)), parent(std::move(parent)) {}
  Sketch sketch;
  Value parent;  // the Workplane that finalize() returns, or None

  const Type& type() const override { return sketch_type(); }
  Value binary(interpreter::BinaryOp op, const Value& other, bool reflected,
               Interpreter& interpreter) override;
  Ref<interpreter::Iterator> iterate(Interpreter& interpreter) override;
  Value item(const Value& index, Interpreter& interpreter) override;
};

// An item of a selection as a value, and back.
Value sketch_item_value(const Sketch::Item& item);
Sketch::Item to_sketch_item(const Value& value);

}  // namespace cadrecode::cadquery
