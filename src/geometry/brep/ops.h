// CadQuery's free-function interface (cadquery.func), with its own settings and its
// habit of unpacking one-element compounds. History objects are not offered.
#pragma once

#include <array>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "geometry/brep/face.h"
#include "geometry/brep/shape.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/wire.h"

namespace cadrecode::brep::ops {

// Alternative constructors.
Shape wire(const std::vector<Shape>& edges);
Shape face(const std::vector<Shape>& edges_or_wires);
Shape shell(const std::vector<Shape>& faces, double tolerance = 1e-6, bool manifold = true,
            const std::vector<Shape>& context = {});
Shape solid(const std::vector<Shape>& faces_or_shells, double tolerance = 1e-6);
Shape solid_with_inner(const std::vector<Shape>& faces, const std::vector<Shape>& inner,
                       double tolerance = 1e-6);
Shape edge_on(const Shape& base, const std::vector<Vec2>& uv, bool periodic = false,
              double tolerance = 1e-6);
Shape edges_on(const Shape& base, const std::vector<Shape>& edges, double tolerance = 1e-6,
               int samples = 20);
Shape wire_on(const Shape& base, const Shape& wire, double tolerance = 1e-6, int samples = 20);
Shape face_on(const Shape& base, const std::vector<Shape>& faces, double tolerance = 1e-6,
              int samples = 20);

// Primitives (diameters, not radii, and based on the origin, as in cadquery.func).
Shape polyline(const std::vector<Vec3>& points);
Shape polygon(const std::vector<Vec3>& points);
Shape rect(double width, double height);
struct FreeSpline {
  std::vector<Vec3> tangents;
  std::vector<double> parameters;
  double tolerance = 1e-6;
  bool periodic = false;
  bool scale = true;
};
Shape spline(const std::vector<Vec3>& points, const FreeSpline& options = {});
Shape circle(double radius);
Shape ellipse(double radius1, double radius2);
Shape plane(double width, double length);
Shape plane();  // "infinite"
Shape box(double width, double length, double height);
Shape cylinder(double diameter, double height);
Shape sphere(double diameter);
Shape torus(double diameter1, double diameter2);
Shape cone(double diameter1, double diameter2, double height);

// Operations.
enum class Glue { kNone, kPartial, kFull };
Shape fuse(const std::vector<Shape>& shapes, double tolerance = 0, Glue glue = Glue::kNone);
Shape cut(const Shape& a, const Shape& b, double tolerance = 0, Glue glue = Glue::kNone);
Shape intersect(const Shape& a, const Shape& b, double tolerance = 0, Glue glue = Glue::kNone);
Shape split(const Shape& a, const Shape& b, double tolerance = 0);
Shape imprint(const std::vector<Shape>& shapes, double tolerance = 0, Glue glue = Glue::kFull);
Shape clean(const Shape& shape);
Shape fill(const Shape& edges, const std::vector<NSidedConstraint>& constraints = {});
Shape cap(const Shape& edges, const Shape& context,
          const std::vector<NSidedConstraint>& constraints = {});
Shape fillet(const Shape& shape, const Shape& edges, double radius);
Shape chamfer(const Shape& shape, const Shape& edges, double distance);
Shape extrude(const Shape& shape, Vec3 by, bool both = false);
Shape revolve(const Shape& shape, Vec3 point, Vec3 direction, double angle = 360);
Shape offset(const Shape& shape, double thickness, bool cap = true, bool both = false,
             double tolerance = 1e-6);
Shape offset_2d(const Shape& shape, double distance, const Shape& context = {},
                OffsetKind kind = OffsetKind::kArc, bool closed = true);
Shape chamfer_2d(const Shape& face, const Shape& vertices, double distance);
Shape fillet_2d(const Shape& face, const Shape& vertices, double radius);
Shape sweep(const std::vector<Shape>& sections, const Shape& path, const Shape& auxiliary = {},
            bool cap = false, Transition transition = Transition::kTransformed);
struct LoftOptions {
  bool cap = false;
  bool ruled = false;
  int continuity = 2;  // C1, C2, C3
  enum class Parametrization { kUniform, kChordal, kCentripetal };
  Parametrization parametrization = Parametrization::kUniform;
  int degree = 3;
  bool compat = true;
  bool smoothing = false;
  std::array<double, 3> weights{1, 1, 1};
};
Shape loft(const std::vector<Shape>& sections, const LoftOptions& options = {});
Shape project(const Shape& shape, const Shape& base, int continuity = 2, int degree = 3,
              int max_segments = 30, double tolerance = 1e-4);
Shape project(const Shape& shape, const Shape& base, Vec3 direction);
Shape hollow(const Shape& shape, const Shape& faces, double thickness, double tolerance = 1e-3,
             OffsetKind kind = OffsetKind::kIntersection);
// Until: nothing (through all), a depth, a face, or between two faces.
using Until = std::variant<std::monostate, double, Shape, std::pair<Shape, Shape>>;
Shape prism(const Shape& context, const Shape& base, const Shape& faces, const Until& until,
            double angle = 0, bool additive = true);
Shape prism(const Shape& context, const Shape& base, const Shape& faces, const Until& until,
            Vec3 direction, bool additive = true);
Shape draft(const Shape& context, const Shape& base, const Shape& faces, double angle,
            std::optional<Vec3> direction = {});
bool check(const Shape& shape, double tolerance = 0);

}  // namespace cadrecode::brep::ops
