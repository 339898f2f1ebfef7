// Assembly: parts put together by places, names and colours (cadquery/assembly.py 2.8).
//
// A tree of parts: each node has an object (a Workplane, a Shape or nothing), a place relative to
// its parent, a name unique among its siblings, and children. add() copies an added Assembly, as
// CadQuery does. Constraints are not solved here: constrain and solve are refused.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "language/cadquery/objects.h"
#include "language/interpreter/containers.h"

namespace cadrecode::cadquery {

const Type& assembly_type();
const Type& color_type();

// Colours are carried, not interpreted: what the program wrote.
class ColorObject final : public interpreter::Object {
 public:
  explicit ColorObject(std::vector<Value> parts) : parts(std::move(parts)) {}
  std::vector<Value> parts;

  const Type& type() const override { return color_type(); }
};

class AssemblyObject final : public interpreter::Container {
 public:
  AssemblyObject() : Container(interpreter::Kind::kObject) {}

  Value object = Value::none();
  brep::Location location;
  std::string name;
  Value color = Value::none(), material = Value::none(), metadata = Value::none();
  Ref<AssemblyObject> parent;
  std::vector<Ref<AssemblyObject>> children;
  std::vector<std::pair<std::string, Value>> named_parts;  // by addSubshape

  // This node, a child, or a grandchild by "child/grandchild"; null when absent.
  AssemblyObject* find(const std::string& path);
  std::vector<brep::Shape> shapes() const;  // of this node alone
  brep::Shape to_compound() const;          // with all children, each at its place

  const Type& type() const override { return assembly_type(); }
  void clear_references() override;
  Ref<interpreter::Iterator> iterate(Interpreter& interpreter) override;
  Value item(const Value& index, Interpreter& interpreter) override;
  bool contains(const Value& element, Interpreter& interpreter) override;
};

}  // namespace cadrecode::cadquery
