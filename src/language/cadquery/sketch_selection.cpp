// Sketch: choosing parts, and the sketch as a whole.
#include <algorithm>
#include <unordered_map>

#include "base/error.h"
#include "geometry/brep/ops.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/transform.h"
#include "language/cadquery/sketch.h"

namespace cadrecode::cadquery {
namespace {

using brep::Kind;
using brep::Location;
using brep::Shape;

Shapes parts_of(const Shape& shape, Sketch::Part part) {
  switch (part) {
    case Sketch::Part::kFaces:
      return shape.faces();
    case Sketch::Part::kWires:
      return shape.wires();
    case Sketch::Part::kEdges:
      return shape.edges();
    case Sketch::Part::kVertices:
      return shape.vertices();
  }
  return {};
}

void append(Shapes& to, const Shapes& more) { to.insert(to.end(), more.begin(), more.end()); }

// As a Python dict keyed by the shape: the place of the first, the value of the last.
Sketch::Items unique_items(const Shapes& shapes) {
  std::unordered_map<Shape, std::size_t, brep::ShapeHash> place;
  Sketch::Items unique;
  for (const Shape& shape : shapes) {
    const auto [found, is_new] = place.emplace(shape, unique.size());
    if (is_new)
      unique.push_back(shape);
    else
      unique[found->second] = shape;
  }
  return unique;
}

const Shape& shape_of(const Sketch::Item& item) {
  if (const auto* shape = std::get_if<Shape>(&item)) return *shape;
  throw Error(ErrorKind::kValue, "Location was provided, Shape is required.");
}

}  // namespace

const Sketch::Items& Sketch::tagged(const std::string& tag) const {
  auto found = tags_.find(tag);
  if (found == tags_.end())
    throw Error(ErrorKind::kValue, "sketch: nothing is tagged '" + tag + "'");
  return found->second;
}

void Sketch::select_parts(Part part, const std::optional<Selector>& selector,
                          const std::string& tag) {
  Shapes parts;
  if (!tag.empty()) {
    for (const Item& item : tagged(tag)) append(parts, parts_of(shape_of(item), part));
  } else if (has_selection()) {
    for (const Item& item : *selection_)
      if (const auto* shape = std::get_if<Shape>(&item)) append(parts, parts_of(*shape, part));
  } else {
    append(parts, parts_of(faces_, part));
    for (const Shape& edge : edges_) append(parts, parts_of(edge, part));
  }
  selection_ = unique_items(selector ? (*selector)(parts) : parts);
}

void Sketch::select(const std::vector<std::string>& tags) {
  selection_ = Items();
  for (const std::string& tag : tags) {
    const Items& items = tagged(tag);
    selection_->insert(selection_->end(), items.begin(), items.end());
  }
}

void Sketch::tag(const std::string& name) {
  if (!has_selection()) throw Error(ErrorKind::kValue, "Selection is needed to tag");
  tags_[name] = *selection_;
}

void Sketch::delete_selected() {
  if (!has_selection()) throw Error(ErrorKind::kValue, "Selection is needed to delete");
  for (const Item& item : *selection_) {
    const auto* shape = std::get_if<Shape>(&item);
    if (shape && shape->type() == Kind::kFace) {
      // Of a single face nothing is left, and CadQuery fails on the null shape.
      if (faces_.type() != Kind::kCompound)
        throw Error(ErrorKind::kValue, "sketch: its only face cannot be deleted");
      faces_ = brep::compound_without(faces_, {*shape});
    } else if (shape && shape->type() == Kind::kEdge) {
      auto found = std::find(edges_.begin(), edges_.end(), *shape);
      if (found == edges_.end())
        throw Error(ErrorKind::kValue, "sketch: the edge to delete is not a free edge");
      edges_.erase(found);
    } else {
      throw Error(ErrorKind::kValue, "sketch: only faces and edges can be deleted");
    }
  }
  reset();
}

Sketch::Item Sketch::val() const {
  if (selection_) {
    if (selection_->empty()) throw Error(ErrorKind::kValue, "sketch: the selection is empty");
    return selection_->front();
  }
  return !has_faces() && !edges_.empty() ? edges_.front() : faces_;
}

Sketch::Items Sketch::vals() const {
  if (selection_) return *selection_;
  const Shapes shapes = !has_faces() && !edges_.empty() ? edges_ : faces_.children();
  return {shapes.begin(), shapes.end()};
}

// The faces of all selected shapes: one face, or a compound of several.
Shape Sketch::selected_faces() const {
  if (!has_selection()) throw Error(ErrorKind::kValue, "Nothing is selected");
  Shapes shapes;
  for (const Item& item : *selection_)
    if (const auto* shape = std::get_if<Shape>(&item)) shapes.push_back(*shape);
  const Shapes faces = brep::make_compound(shapes).faces();
  return faces.size() == 1 ? faces.front() : brep::make_compound(faces);
}

void Sketch::add() {
  if (has_selection()) faces_ = brep::ops::fuse({faces_, selected_faces()});
}

void Sketch::subtract() {
  if (has_selection()) faces_ = brep::ops::cut(faces_, selected_faces());
}

void Sketch::replace() { faces_ = selected_faces(); }

Sketch Sketch::copy() const { return Sketch({Location()}, brep::copy(faces_)); }

Sketch Sketch::moved(const std::vector<Location>& places, bool several) const {
  return Sketch({Location()},
                several ? brep::moved(faces_, places) : brep::moved(faces_, places.front()));
}

Sketch Sketch::located(const Location& place) const { return Sketch({place}, brep::copy(faces_)); }

Sketch Sketch::combined(Operation operation, const Sketch& a, const Sketch& b) {
  const Item left = a.val(), right = b.val();
  const Shape &x = shape_of(left), &y = shape_of(right);
  Shape result;
  switch (operation) {
    case Operation::kFuse:
      result = brep::ops::fuse({x, y});
      break;
    case Operation::kCut:
      result = brep::ops::cut(x, y);
      break;
    case Operation::kIntersect:
      result = brep::ops::intersect(x, y);
      break;
    case Operation::kSplit:
      result = brep::ops::split(x, y);
      break;
  }
  if (result.type() != Kind::kCompound) result = brep::make_compound({result});
  return Sketch({Location()}, result);
}

Shapes Sketch::placed() const {
  Shapes result;
  for (const Location& place : locations_) {
    if (has_faces()) {
      append(result, brep::moved(faces_, place).faces());
    } else {
      for (const Shape& edge : edges_) result.push_back(brep::moved(edge, place));
    }
  }
  return result;
}

}  // namespace cadrecode::cadquery
