#include "geometry/brep/facts.h"

#include <BRepBndLib.hxx>
#include <BRepCheck_Analyzer.hxx>
#include <BRepGProp.hxx>
#include <BRep_Tool.hxx>
#include <Bnd_Box.hxx>
#include <GProp_GProps.hxx>
#include <TopExp.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopoDS_Edge.hxx>

#include "geometry/brep/measure.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/solid.h"

namespace cadrecode::brep {
namespace {

void count_entities(const TopoDS_Shape& shape, Facts& facts) {
  TopTools_IndexedMapOfShape all;
  TopExp::MapShapes(shape, all);
  for (int i = 1; i <= all.Extent(); ++i) {
    switch (kind_of(all(i))) {
      case Kind::kSolid:
        ++facts.solids;
        break;
      case Kind::kFace:
        ++facts.faces;
        break;
      case Kind::kEdge:
        if (!BRep_Tool::Degenerated(TopoDS::Edge(all(i)))) ++facts.edges;
        break;
      case Kind::kVertex:
        ++facts.vertices;
        break;
      default:
        break;
    }
  }
}

// The dimension a compound is measured in: that of its first non-compound descendant.
Kind first_kind(const Shape& shape) {
  if (shape.kind() != Kind::kCompound) return shape.kind();
  for (const Shape& child : shape.children()) {
    Kind kind = first_kind(child);
    if (kind != Kind::kCompound) return kind;
  }
  return Kind::kCompound;
}

// Whether nothing but solids lies in the (nested) compound.
bool only_solids(const Shape& shape) {
  if (shape.kind() != Kind::kCompound) return shape.kind() == Kind::kSolid;
  for (const Shape& child : shape.children()) {
    if (!only_solids(child)) return false;
  }
  return true;
}

// Loose faces would add to the volume integral of a whole compound, and one integral over several
// solids is less exact than one for each.
double volume_of(const std::vector<Shape>& solids) {
  double volume = 0;
  for (const Shape& solid : solids) {
    GProp_GProps props;
    BRepGProp::VolumeProperties(occ(solid), props);
    volume += props.Mass();
  }
  return volume;
}

// The centre, and of a single solid the volume, too.
void measure_mass(const Shape& body, Facts& facts) {
  GProp_GProps props;
  switch (first_kind(body)) {
    case Kind::kVertex:
      facts.center = bounding_box(body).center();
      return;
    case Kind::kEdge:
    case Kind::kWire:
      BRepGProp::LinearProperties(occ(body), props);
      facts.center = from(props.CentreOfMass());
      return;
    case Kind::kFace:
    case Kind::kShell:
      BRepGProp::SurfaceProperties(occ(body), props);
      facts.center = from(props.CentreOfMass());
      return;
    default:
      BRepGProp::VolumeProperties(occ(body), props);
      facts.volume = props.Mass();
      facts.center = from(props.CentreOfMass());
  }
}

}  // namespace

Shape whole(const std::vector<Shape>& bodies) {
  if (bodies.empty()) fail_value("there is no shape to measure");
  return bodies.size() == 1 ? bodies[0] : make_compound(bodies);
}

Facts check(const Shape& body) {
  return guarded("check a shape", [&] {
    Facts facts;
    count_entities(occ(body), facts);
    if (facts.vertices == 0 && facts.faces == 0 && facts.edges == 0) {
      fail_value("the result is empty: nothing is left of the shape");
    }
    facts.valid = BRepCheck_Analyzer(occ(body)).IsValid();
    return facts;
  });
}

void measure(const Shape& body, Facts& facts) {
  guarded("measure a shape", [&] {
    measure_mass(body, facts);
    const std::vector<Shape> solids = body.solids();
    if (solids.size() != 1 || !only_solids(body)) facts.volume = volume_of(solids);
    GProp_GProps surface;
    BRepGProp::SurfaceProperties(occ(body), surface);
    facts.area = surface.Mass();
    Bnd_Box box;
    BRepBndLib::AddOptimal(occ(body), box);
    box.Get(facts.bbox.lo.x, facts.bbox.lo.y, facts.bbox.lo.z, facts.bbox.hi.x, facts.bbox.hi.y,
            facts.bbox.hi.z);
  });
}

Facts measure(const std::vector<Shape>& bodies) {
  Shape body = whole(bodies);
  Facts facts = check(body);
  measure(body, facts);
  return facts;
}

}  // namespace cadrecode::brep
