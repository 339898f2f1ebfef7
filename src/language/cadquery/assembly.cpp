#include "language/cadquery/assembly.h"

#include "geometry/brep/solid.h"
#include "geometry/brep/transform.h"
#include "language/cadquery/convert.h"
#include "language/cadquery/run_state.h"
#include "language/cadquery/workplane.h"

namespace cadrecode::cadquery {

using brep::Shape;
using interpreter::make;

AssemblyObject* AssemblyObject::find(const std::string& path) {
  if (path == name) return this;
  for (const auto& child : children) {
    if (path == child->name) return child.get();
    if (path.starts_with(child->name + "/")) {
      if (auto* found = child->find(path.substr(child->name.size() + 1))) return found;
    }
  }
  return nullptr;
}

std::vector<Shape> AssemblyObject::shapes() const {
  if (const Shape* shape = try_shape(object)) return {*shape};
  if (auto* workplane = object.as<WorkplaneObject>()) return shapes_on(*workplane);
  return {};
}

Shape AssemblyObject::to_compound() const {
  std::vector<Shape> parts = shapes();
  for (const auto& child : children) parts.push_back(child->to_compound());
  return brep::located(brep::make_compound(parts), location);
}

void AssemblyObject::clear_references() {
  parent = nullptr;
  auto gone = std::move(children);
  children.clear();
}

namespace {

// (shape, path, place, colour) of every node that has an object, parents first.
void flatten(const AssemblyObject& node, const std::string& above, const brep::Location& at,
             const Value& color, std::vector<Value>& rows) {
  const std::string path = above.empty() ? node.name : above + "/" + node.name;
  const brep::Location place = at * node.location;
  const Value own = node.color.is_none() ? color : node.color;
  if (!node.object.is_none()) {
    const Shape* shape = try_shape(node.object);
    rows.push_back(
        interpreter::make_tuple({shape_value(shape ? *shape : brep::make_compound(node.shapes())),
                                 path, location_value(place), own}));
  }
  for (const auto& child : node.children) flatten(*child, path, place, own, rows);
}

}  // namespace

Ref<interpreter::Iterator> AssemblyObject::iterate(Interpreter&) {
  std::vector<Value> rows;
  flatten(*this, "", brep::Location(), Value::none(), rows);
  return interpreter::iterate_values(std::move(rows));
}

Value AssemblyObject::item(const Value& index, Interpreter&) {
  if (index.is_str()) {
    if (auto* found = find(index.str())) return Ref<AssemblyObject>(found);
    for (const auto& [part, shape] : named_parts) {
      if (part == index.str()) return shape;
    }
  }
  interpreter::throw_exception(interpreter::exception_type("KeyError"), "no such part");
}

bool AssemblyObject::contains(const Value& element, Interpreter&) {
  return element.is_str() && find(element.str());
}

namespace {

// --- Making and adding ---

Ref<AssemblyObject> copied(const AssemblyObject& from) {
  auto copy = make<AssemblyObject>();
  copy->object = from.object;
  copy->location = from.location;
  copy->name = from.name;
  copy->color = from.color;
  copy->material = from.material;
  copy->metadata = from.metadata;
  copy->named_parts = from.named_parts;
  for (const auto& child : from.children) {
    auto child_copy = copied(*child);
    child_copy->parent = copy;
    copy->children.push_back(child_copy);
  }
  return copy;
}

// One keyword of Assembly(…) or add(…); None and empty change nothing.
void set_part(AssemblyObject& node, std::string_view key, const Value& value,
              Interpreter& interpreter) {
  if (!truth(value, interpreter)) return;
  if (key == "loc") {
    node.location = to_location(value, "Assembly loc");
  } else if (key == "name") {
    if (!value.is_str()) interpreter::throw_type_error("Assembly name must be a str");
    node.name = value.str();
  } else if (key == "color") {
    node.color = value;
  } else if (key == "material") {
    node.material = value;
  } else if (key == "metadata") {
    node.metadata = value;
  } else {
    interpreter::throw_type_error("Assembly got an unexpected keyword argument '" +
                                  std::string(key) + "'");
  }
}

Ref<AssemblyObject> new_node(const Value& object, Interpreter& interpreter) {
  if (!object.is_none() && !try_shape(object) && !object.as<WorkplaneObject>()) {
    interpreter::throw_type_error("an Assembly holds a Workplane, a Shape or None, not '" +
                                  type_name(object) + "'");
  }
  auto node = make<AssemblyObject>();
  node->object = object;
  auto& state = interpreter.context<RunState>();
  node->name = "part" + std::to_string(++state.unnamed_parts);  // CadQuery: a random UUID
  return node;
}

Value construct(Arguments& a, Interpreter& interpreter) {
  auto node = new_node(a["obj"], interpreter);
  for (const char* key : {"loc", "name", "color", "material", "metadata"}) {
    set_part(*node, key, a[key], interpreter);
  }
  return node;
}

Value add(AssemblyObject& self, Arguments& a, Interpreter& interpreter) {
  auto* assembly = a["arg"].as<AssemblyObject>();
  auto node = assembly ? copied(*assembly) : new_node(a["arg"], interpreter);
  for (const auto& [key, value] : a.keywords()) set_part(*node, key, value, interpreter);
  if (self.find(node->name)) {
    interpreter::throw_value_error("Unique name is required. " + node->name +
                                   " is already in the assembly");
  }
  node->parent = Ref<AssemblyObject>(&self);
  self.children.push_back(node);
  return Ref<AssemblyObject>(&self);
}

Value remove(AssemblyObject& self, Arguments& a, Interpreter&) {
  AssemblyObject* found = self.find(a.string("name"));
  if (!found) {
    interpreter::throw_value_error("No object with name '" + a.string("name") +
                                   "' found in the assembly");
  }
  if (found->parent) {
    std::erase_if(found->parent->children,
                  [&](const Ref<AssemblyObject>& child) { return child.get() == found; });
  }
  return Ref<AssemblyObject>(&self);
}

Value add_subshape(AssemblyObject& self, Arguments& a, Interpreter&) {
  const Shape& part = to_shape(a["s"], "Assembly.addSubshape s");
  std::vector<const AssemblyObject*> nodes{&self};
  for (const auto& child : self.children) nodes.push_back(child.get());
  for (const AssemblyObject* node : nodes) {
    for (const Shape& shape : node->shapes()) {
      if (!brep::is_subshape(part, shape)) continue;
      if (a["name"].is_str()) self.named_parts.emplace_back(a.string("name"), a["s"]);
      return Ref<AssemblyObject>(&self);
    }
  }
  interpreter::throw_value_error("not a subshape of the current node or its children");
}

// --- Asking ---

Value to_compound(AssemblyObject& self, Arguments&, Interpreter&) {
  return shape_value(self.to_compound());
}

void traverse_into(AssemblyObject& node, std::vector<Value>& rows) {
  for (const auto& child : node.children) traverse_into(*child, rows);
  rows.push_back(interpreter::make_tuple({node.name, Ref<AssemblyObject>(&node)}));
}

Value traverse(AssemblyObject& self, Arguments&, Interpreter&) {
  std::vector<Value> rows;
  traverse_into(self, rows);
  return interpreter::make_list(std::move(rows));
}

Value get_shapes(AssemblyObject& self, Interpreter&) { return shape_list(self.shapes()); }
Value get_object(AssemblyObject& self, Interpreter&) { return self.object; }
Value get_name(AssemblyObject& self, Interpreter&) { return self.name; }
Value get_color(AssemblyObject& self, Interpreter&) { return self.color; }
void set_color(AssemblyObject& self, const Value& value, Interpreter&) { self.color = value; }
Value get_metadata(AssemblyObject& self, Interpreter&) { return self.metadata; }
Value get_parent(AssemblyObject& self, Interpreter&) { return self.parent; }
Value get_location(AssemblyObject& self, Interpreter&) { return location_value(self.location); }
void set_location(AssemblyObject& self, const Value& value, Interpreter&) {
  self.location = to_location(value, "Assembly.loc");
}
Value get_children(AssemblyObject& self, Interpreter&) {
  return interpreter::make_list(std::vector<Value>(self.children.begin(), self.children.end()));
}

void add_objects(AssemblyObject& node, const std::string& above, interpreter::Dict& objects,
                 Interpreter& interpreter) {
  const std::string path = above.empty() ? node.name : above + "/" + node.name;
  objects.table.insert(path, Ref<AssemblyObject>(&node), interpreter);
  for (const auto& child : node.children) add_objects(*child, path, objects, interpreter);
}

Value get_objects(AssemblyObject& self, Interpreter& interpreter) {
  auto objects = make<interpreter::Dict>();
  objects->table.insert(self.name, Ref<AssemblyObject>(&self), interpreter);
  for (const auto& child : self.children) add_objects(*child, "", *objects, interpreter);
  return objects;
}

// --- Output ---

Value export_method(AssemblyObject& self, Arguments& a, Interpreter& interpreter) {
  Export noted{self.to_compound(), a.string("path"), "", {}};
  noted.type = a.is_none("exportType") ? noted.file.substr(noted.file.rfind('.') + 1)
                                       : a.string("exportType");
  for (char& c : noted.type) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  constexpr const char* kTypes[] = {"STEP", "XML", "XBF", "VRML", "VTKJS", "GLTF", "GLB", "STL"};
  if (std::find(std::begin(kTypes), std::end(kTypes), noted.type) == std::end(kTypes)) {
    interpreter::throw_value_error("Unknown extension, specify export type explicitly");
  }
  for (const auto& [key, value] : a.keywords()) {
    noted.options.emplace_back(key, to_str(value, interpreter));
  }
  add_export(std::move(noted), interpreter);
  return Ref<AssemblyObject>(&self);
}

Value construct_color(Arguments& a, Interpreter&) {
  std::vector<Value> parts = a.rest();
  for (const auto& keyword : a.keywords()) parts.push_back(keyword.second);
  return make<ColorObject>(std::move(parts));
}

Value color_tuple(ColorObject& self, Arguments&, Interpreter&) {
  if (self.parts.size() < 3) {
    throw Error(ErrorKind::kUnsupported, "Color.toTuple: colour names are not looked up here");
  }
  std::vector<Value> parts = self.parts;
  if (parts.size() == 3) parts.emplace_back(1.0);
  return interpreter::make_tuple(std::move(parts));
}

}  // namespace

const Type& color_type() {
  static const Type& type = interpreter::define_type("Color")
                                .constructor("*args, **kwargs", construct_color)
                                .method("toTuple", "", color_tuple);
  return type;
}

const Type& assembly_type() {
  constexpr const char* kConstraints =
      "assembly constraints are not solved here; place each part with loc=";
  constexpr const char* kExport =
      "path, exportType=None, mode='default', tolerance=0.1, angularTolerance=0.1, **kwargs";
  static const Type& type =
      interpreter::define_type("Assembly")
          .constructor("obj=None, loc=None, name=None, color=None, material=None, metadata=None",
                       construct)
          .method("add", "arg, **kwargs", add)
          .method("remove", "name", remove)
          .method("addSubshape", "s, name=None, color=None, layer=None", add_subshape)
          .method("toCompound", "", to_compound)
          .method("traverse", "", traverse)
          .method("export", kExport, export_method)
          .method("save", kExport, export_method)
          .property("shapes", get_shapes)
          .property("obj", get_object)
          .property("name", get_name)
          .property("color", get_color, set_color)
          .property("metadata", get_metadata)
          .property("parent", get_parent)
          .property("loc", get_location, set_location)
          .property("children", get_children)
          .property("objects", get_objects)
          .unsupported("constrain", kConstraints)
          .unsupported("solve", kConstraints)
          .unsupported("load", "a program cannot read files")
          .unsupported("importStep", "a program cannot read files");
  return type;
}

}  // namespace cadrecode::cadquery
