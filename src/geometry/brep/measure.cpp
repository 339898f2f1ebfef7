#include "geometry/brep/measure.h"

#include <BRepBndLib.hxx>
#include <BRepCheck_Analyzer.hxx>
#include <BRepClass3d_SolidClassifier.hxx>
#include <BRepExtrema_DistShapeShape.hxx>
#include <BRepGProp.hxx>
#include <BRepIntCurveSurface_Inter.hxx>
#include <BRep_Tool.hxx>
#include <Bnd_Box.hxx>
#include <GProp_GProps.hxx>
#include <ShapeFix_Shape.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Vertex.hxx>
#include <algorithm>
#include <gce_MakeDir.hxx>
#include <gce_MakeLin.hxx>
#include <gp_Lin.hxx>
#include <gp_Mat.hxx>

#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

// Shape._mass_calc_function: a compound is what its first non-compound descendant is.
Kind mass_kind(const Shape& shape) {
  Kind kind = shape.kind();
  if (kind != Kind::kCompound) return kind;
  if (shape.empty()) return Kind::kSolid;
  Shape child = shape.children().front();
  while (child.kind() == Kind::kCompound) {
    if (child.empty()) fail_value("an empty compound inside a compound has no mass");
    child = child.children().front();
  }
  return child.kind();
}

GProp_GProps properties(const TopoDS_Shape& shape, Kind kind,
                        std::optional<double> tolerance = {}) {
  GProp_GProps props;
  double eps = tolerance.value_or(0);
  switch (kind) {
    case Kind::kEdge:
    case Kind::kWire:
      BRepGProp::LinearProperties(shape, props);
      break;
    case Kind::kFace:
    case Kind::kShell:
      if (eps != 0) {
        BRepGProp::SurfaceProperties(shape, props, eps);
      } else {
        BRepGProp::SurfaceProperties(shape, props);
      }
      break;
    case Kind::kSolid:
    case Kind::kCompound:
      if (eps != 0) {
        BRepGProp::VolumeProperties(shape, props, eps);
      } else {
        BRepGProp::VolumeProperties(shape, props);
      }
      break;
    default:
      fail_value(std::string("a ") + to_string(kind) + " has no mass");
  }
  return props;
}

BoundBox read(const Bnd_Box& box) {
  BoundBox result;
  box.Get(result.min.x, result.min.y, result.min.z, result.max.x, result.max.y, result.max.z);
  result.gap = box.GetGap();
  result.diagonal_length = std::sqrt(box.SquareExtent());
  return result;
}

// The Bnd_Box whose Get() gives `box` back: its own bounds less the gap.
Bnd_Box bnd(const BoundBox& box) {
  Bnd_Box result;
  result.Update(box.min.x + box.gap, box.min.y + box.gap, box.min.z + box.gap, box.max.x - box.gap,
                box.max.y - box.gap, box.max.z - box.gap);
  result.SetGap(box.gap);
  return result;
}

BoundBox grown(const BoundBox& a, double tolerance, const Bnd_Box& b) {
  Bnd_Box sum;
  sum.SetGap(tolerance);
  sum.Add(bnd(a));
  sum.Add(b);
  return read(sum);
}

}  // namespace

Vec3 center_of_mass(const Shape& shape) {
  return guarded("find the centre of a shape", [&] {
    if (shape.kind() == Kind::kVertex) return from(BRep_Tool::Pnt(occ_vertex(shape)));
    return from(properties(occ(shape), mass_kind(shape)).CentreOfMass());
  });
}

Vec3 center(const Shape& shape) {
  switch (shape.type()) {  // CadQuery overrides Center in these classes
    case Kind::kEdge:
    case Kind::kWire:
    case Kind::kFace:
      return guarded("find the centre of a shape",
                     [&] { return from(properties(occ(shape), shape.type()).CentreOfMass()); });
    default:
      return center_of_mass(shape);
  }
}

double compute_mass(const Shape& shape, std::optional<double> tolerance) {
  return guarded("measure a shape",
                 [&] { return properties(occ(shape), mass_kind(shape), tolerance).Mass(); });
}

double volume(const Shape& shape, std::optional<double> tolerance) {
  return compute_mass(shape, tolerance);
}

double area(const Shape& shape) {
  return guarded("measure an area", [&] {
    GProp_GProps props;
    BRepGProp::SurfaceProperties(occ(shape), props);
    return props.Mass();
  });
}

Vec3 combined_center(const std::vector<Shape>& shapes) {
  if (shapes.empty()) fail_value("the combined centre of no objects is not defined");
  double total = 0;
  Vec3 sum;
  for (const Shape& shape : shapes) {
    double mass = compute_mass(shape);
    total += mass;
    sum += center_of_mass(shape) * mass;
  }
  if (total == 0) fail_value("the combined centre of objects without mass is not defined");
  return sum * (1.0 / total);
}

Vec3 combined_center_of_bound_box(const std::vector<Shape>& shapes) {
  if (shapes.empty()) fail_value("the combined centre of no objects is not defined");
  Vec3 sum;
  for (const Shape& shape : shapes) sum += bounding_box(shape).center();
  return sum * (1.0 / static_cast<double>(shapes.size()));
}

std::array<std::array<double, 3>, 3> matrix_of_inertia(const Shape& shape) {
  return guarded("find a matrix of inertia", [&] {
    gp_Mat inertia = properties(occ(shape), shape.kind()).MatrixOfInertia();
    std::array<std::array<double, 3>, 3> rows;
    for (int r = 0; r < 3; ++r) {
      for (int c = 0; c < 3; ++c) rows[r][c] = inertia.Value(r + 1, c + 1);
    }
    return rows;
  });
}

BoundBox bounding_box(const Shape& shape) {
  return guarded("find a bounding box", [&] {
    Bnd_Box box;
    BRepBndLib::AddOptimal(occ(shape), box);
    return read(box);
  });
}

BoundBox add(const BoundBox& a, const BoundBox& b, double tolerance) {
  return grown(a, tolerance, bnd(b));
}

BoundBox add(const BoundBox& a, Vec3 point, double tolerance) {
  Bnd_Box b;
  b.Update(point.x, point.y, point.z);
  return grown(a, tolerance, b);
}

BoundBox enlarged(const BoundBox& box, double by) {
  Bnd_Box result = bnd(box);
  result.Enlarge(by);
  return read(result);
}

bool is_inside(const BoundBox& outer, const BoundBox& inner) {
  for (int axis = 0; axis < 3; ++axis) {
    if (!(inner.min[axis] > outer.min[axis] && inner.max[axis] < outer.max[axis])) return false;
  }
  return true;
}

bool is_valid(const Shape& shape) {
  return guarded("check a shape", [&] { return BRepCheck_Analyzer(occ(shape)).IsValid(); });
}

Shape fix(const Shape& shape) {
  if (is_valid(shape)) return shape;
  return guarded("fix a shape", [&] {
    ShapeFix_Shape fixer(occ(shape));
    fixer.Perform();
    return wrap(fixer.Shape(), shape.type());
  });
}

double distance(const Shape& a, const Shape& b) {
  return guarded("measure a distance",
                 [&] { return BRepExtrema_DistShapeShape(occ(a), occ(b)).Value(); });
}

std::pair<Vec3, Vec3> closest(const Shape& a, const Shape& b) {
  return guarded("find the closest points", [&] {
    BRepExtrema_DistShapeShape extrema(occ(a), occ(b));
    return std::pair(from(extrema.PointOnShape1(1)), from(extrema.PointOnShape2(1)));
  });
}

bool is_inside(const Shape& solid, Vec3 point, double tolerance) {
  return guarded("classify a point", [&] {
    BRepClass3d_SolidClassifier classifier(occ(solid));
    classifier.Perform(to_pnt(point), checked(tolerance, "tolerance"));
    return classifier.State() == TopAbs_IN || classifier.IsOnAFace();
  });
}

std::vector<uint8_t> are_inside(const Shape& shape, const std::vector<Vec3>& points,
                                double tolerance) {
  return guarded("classify points", [&] {
    std::vector<uint8_t> in(points.size());
    for (const Shape& solid : shape.solids()) {
      BRepClass3d_SolidClassifier classifier(occ(solid));
      for (size_t i = 0; i < points.size(); ++i) {
        if (in[i]) continue;
        classifier.Perform(to_pnt(points[i]), tolerance);
        in[i] = classifier.State() == TopAbs_IN || classifier.IsOnAFace();
      }
    }
    return in;
  });
}

std::vector<Shape> faces_intersected_by_line(const Shape& shape, Vec3 point, Vec3 axis,
                                             double tolerance, LineSide side) {
  return guarded("intersect a line with faces", [&] {
    gp_Pnt origin = to_pnt(point);
    gp_Dir direction = to_dir(axis);
    BRepIntCurveSurface_Inter inter;
    inter.Init(occ(shape), gce_MakeLin(origin, direction).Value(), tolerance);
    std::vector<std::pair<double, Shape>> hits;
    for (; inter.More(); inter.Next()) {
      double distance = origin.SquareDistance(inter.Pnt());
      bool keep = side == LineSide::kAny;
      gce_MakeDir towards(origin, inter.Pnt());
      if (!keep && towards.IsDone() && distance > tolerance) {
        bool opposite = towards.Value().IsOpposite(direction, tolerance);
        keep = opposite == (side == LineSide::kOpposite);
      }
      if (keep) hits.emplace_back(distance, wrap(inter.Face()));
    }
    std::stable_sort(hits.begin(), hits.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Shape> faces;
    for (auto& hit : hits) faces.push_back(hit.second);
    return faces;
  });
}

}  // namespace cadrecode::brep
