#include "geometry/brep/shape.h"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepTools_ReShape.hxx>
#include <BRepTools_WireExplorer.hxx>
#include <BRep_Tool.hxx>
#include <TopExp.hxx>
#include <TopTools_IndexedDataMapOfShapeListOfShape.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopTools_MapOfShape.hxx>
#include <TopTools_ShapeMapHasher.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Iterator.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>
#include <array>
#include <limits>

#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

constexpr std::array<const char*, 8> kKindWords = {"Compound", "CompSolid", "Solid", "Shell",
                                                   "Face",     "Wire",      "Edge",  "Vertex"};

// In the order of GeomAbs_CurveType and GeomAbs_SurfaceType.
constexpr std::array<const char*, 9> kCurveWords = {
    "LINE", "CIRCLE", "ELLIPSE", "HYPERBOLA", "PARABOLA", "BEZIER", "BSPLINE", "OFFSET", "OTHER"};
constexpr std::array<const char*, 11> kSurfaceWords = {
    "PLANE",   "CYLINDER",   "CONE",      "SPHERE", "TORUS", "BEZIER",
    "BSPLINE", "REVOLUTION", "EXTRUSION", "OFFSET", "OTHER"};

// Wire.Vertices: in the order of travel, the start of a closed wire once.
std::vector<Shape> wire_vertices(const TopoDS_Wire& wire) {
  std::vector<Shape> vertices;
  BRepTools_WireExplorer it(wire);
  vertices.push_back(wrap(it.CurrentVertex()));
  while (it.More()) {
    it.Next();
    vertices.push_back(wrap(it.CurrentVertex()));
  }
  if (BRep_Tool::IsClosed(wire)) vertices.pop_back();
  return vertices;
}

std::vector<Shape> from_list(const TopTools_ListOfShape& list) {
  std::vector<Shape> shapes;
  for (const TopoDS_Shape& shape : list) shapes.push_back(wrap(shape));
  return shapes;
}

}  // namespace

const char* to_string(Kind kind) { return kKindWords[static_cast<size_t>(kind)]; }

const Shape::Rep& Shape::rep() const {
  if (rep_ == nullptr) fail_value("Null TopoDS_Shape object: there is no shape here");
  return *rep_;
}

Kind Shape::kind() const { return kind_of(rep().shape); }
Kind Shape::type() const { return rep().type; }

Shape Shape::with_type(Kind type) const {
  if (type == rep().type) return *this;
  Shape result = wrap(rep().shape, type);
  result.for_construction = for_construction;
  return result;
}

Orientation Shape::orientation() const {
  return static_cast<Orientation>(rep().shape.Orientation());
}
Shape Shape::reversed() const { return wrap(rep().shape.Reversed()); }
bool Shape::closed_flag() const { return rep().shape.Closed(); }

bool Shape::is_same(const Shape& other) const { return rep().shape.IsSame(other.rep().shape); }
bool Shape::is_equal(const Shape& other) const { return rep().shape.IsEqual(other.rep().shape); }
size_t Shape::hash() const {
  return static_cast<size_t>(rep().shape.HashCode(std::numeric_limits<int>::max()));
}

std::vector<Shape> Shape::entities(Kind kind) const {
  TopTools_IndexedMapOfShape map;
  TopExp::MapShapes(rep().shape, occ(kind), map);
  std::vector<Shape> shapes;
  shapes.reserve(map.Extent());
  for (int i = 1; i <= map.Extent(); ++i) shapes.push_back(wrap(map(i)));
  return shapes;
}

std::vector<Shape> Shape::vertices() const {
  if (type() == Kind::kWire && kind() == Kind::kWire) {
    return guarded("list a wire's vertices", [&] { return wire_vertices(occ_wire(*this)); });
  }
  return entities(Kind::kVertex);
}

std::vector<Shape> Shape::edges() const {
  TopTools_IndexedMapOfShape map;
  TopExp::MapShapes(rep().shape, TopAbs_EDGE, map);
  std::vector<Shape> shapes;
  shapes.reserve(map.Extent());
  for (int i = 1; i <= map.Extent(); ++i) {
    if (!BRep_Tool::Degenerated(TopoDS::Edge(map(i)))) shapes.push_back(wrap(map(i)));
  }
  return shapes;
}

std::vector<Shape> Shape::wires() const { return entities(Kind::kWire); }
std::vector<Shape> Shape::faces() const { return entities(Kind::kFace); }
std::vector<Shape> Shape::shells() const { return entities(Kind::kShell); }
std::vector<Shape> Shape::solids() const { return entities(Kind::kSolid); }
std::vector<Shape> Shape::comp_solids() const { return entities(Kind::kCompSolid); }
std::vector<Shape> Shape::compounds() const { return entities(Kind::kCompound); }

std::vector<Shape> Shape::children() const {
  if (type() != Kind::kWire || kind() != Kind::kWire) return direct_children(rep().shape);
  return guarded("walk along a wire", [&] {
    std::vector<Shape> edges;
    for (BRepTools_WireExplorer it(occ_wire(*this)); it.More(); it.Next()) {
      edges.push_back(wrap(it.Current()));
    }
    return edges;
  });
}

bool Shape::empty() const { return !TopoDS_Iterator(rep().shape).More(); }

std::string Shape::geom_type() const {
  return guarded("find the type of a geometry", [&]() -> std::string {
    switch (kind()) {
      case Kind::kEdge:
        return kCurveWords.at(BRepAdaptor_Curve(occ_edge(*this)).GetType());
      case Kind::kFace:
        return kSurfaceWords.at(BRepAdaptor_Surface(occ_face(*this), false).GetType());
      case Kind::kSolid:
        return "CompSolid";  // CadQuery's table has the key twice; the second entry wins
      default:
        return to_string(kind());
    }
  });
}

std::vector<Ancestry> entities_from(const Shape& shape, Kind child, Kind parent) {
  TopTools_IndexedDataMapOfShapeListOfShape map;
  TopExp::MapShapesAndAncestors(occ(shape), occ(child), occ(parent), map);
  std::vector<Ancestry> result;
  for (int i = 1; i <= map.Extent(); ++i) {
    result.push_back({wrap(map.FindKey(i)), from_list(map(i))});
  }
  return result;
}

std::vector<Shape> ancestors(const Shape& shape, const Shape& context, Kind kind) {
  std::vector<Shape> sources =
      shape.type() == Kind::kCompound ? shape.children() : std::vector<Shape>{shape};
  TopTools_IndexedDataMapOfShapeListOfShape map;
  TopTools_MapOfShape mapped;
  bool done[8] = {};
  std::vector<Shape> result;
  return guarded("find the ancestors of a shape", [&] {
    for (const Shape& source : sources) {
      bool& seen = done[static_cast<int>(source.kind())];
      if (!seen) TopExp::MapShapesAndAncestors(occ(context), occ(source.kind()), occ(kind), map);
      seen = true;
    }
    for (const Shape& source : sources) {
      for (const TopoDS_Shape& parent : map.FindFromKey(occ(source))) {
        result.push_back(wrap(parent));
      }
    }
    return result;
  });
}

std::vector<Shape> siblings(const Shape& shape, const Shape& context, Kind kind, int level) {
  std::vector<Shape> sources =
      shape.type() == Kind::kCompound ? shape.children() : std::vector<Shape>{shape};
  TopTools_IndexedDataMapOfShapeListOfShape map;
  bool done[8] = {};
  return guarded("find the siblings of a shape", [&] {
    for (const Shape& source : sources) {
      bool& seen = done[static_cast<int>(source.kind())];
      if (!seen) TopExp::MapShapesAndAncestors(occ(context), occ(kind), occ(source.kind()), map);
      seen = true;
    }
    TopTools_MapOfShape exclude;
    for (int step = level; step > 0; --step) {
      TopTools_IndexedMapOfShape found;
      for (const Shape& source : sources) exclude.Add(occ(source));
      for (const Shape& source : sources) {
        for (const Shape& child : source.entities(kind)) {
          for (const TopoDS_Shape& other : map.FindFromKey(occ(child))) {
            if (!exclude.Contains(other)) found.Add(other);
          }
        }
      }
      sources.clear();
      for (int i = 1; i <= found.Extent(); ++i) sources.push_back(wrap(found(i)));
    }
    return sources;
  });
}

bool is_subshape(const Shape& part, const Shape& whole) {
  TopTools_IndexedDataMapOfShapeListOfShape map;
  TopExp::MapShapesAndAncestors(occ(whole), occ(part.kind()), occ(whole.kind()), map);
  return map.Contains(occ(part));
}

Shape replaced(const Shape& shape, const Shape& old, const std::vector<Shape>& with) {
  return guarded("replace a sub-shape", [&] {
    std::vector<Shape> tools;
    for (const Shape& tool : with) {
      if (tool.type() != Kind::kCompound) {
        tools.push_back(tool);
      } else {
        for (const Shape& member : tool.children()) tools.push_back(member);
      }
    }
    BRepTools_ReShape reshape;
    reshape.Replace(occ(old), occ_compound(tools));
    return wrap(reshape.Apply(occ(shape)), shape.type());
  });
}

Shape removed(const Shape& shape, const std::vector<Shape>& parts) {
  return guarded("remove a sub-shape", [&] {
    BRepTools_ReShape reshape;
    for (const Shape& part : parts) reshape.Remove(occ(part));
    return wrap(reshape.Apply(occ(shape)), shape.type());
  });
}

}  // namespace cadrecode::brep
