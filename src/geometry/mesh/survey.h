// A boundary representation as plain data: what its faces and edges are, and who
// borders whom. The kernel fills it (brep/survey.h); whoever reasons about a part
// (sheet) reads it without the kernel.
//
// Lengths in the part's own units, coordinates its own. Indexes are those of the
// vectors here; faces stand in the kernel's order (CadQuery's Shape.Faces()).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/vec.h"
#include "geometry/mesh/mesh.h"

namespace cadrecode::mesh {

enum class SurfaceKind : uint8_t { kPlane, kCylinder, kCone, kSphere, kTorus, kOther };
const char* to_string(SurfaceKind kind);  // "plane", "cylinder", …, "freeform"

// One face. `axis` is a unit vector: a plane's outward normal, or the axis of a
// cylinder, cone or torus, whose sign says nothing. `origin` lies on the plane or on
// the axis (centre of a sphere or torus, apex of a cone).
struct SurveyFace {
  SurfaceKind kind = SurfaceKind::kOther;
  bool concave = false;  // round kinds: the material is outside (a hole's wall)
  int32_t body = 0;
  Vec3 axis, origin, center;  // center: of mass of the face
  double radius = 0;          // cylinder, sphere, torus (of its circle of centres)
  double tube = 0;            // torus: of its tube
  double half_angle = 0;      // cone, radians
  double area = 0;
  double turn = 0;  // round kinds: how far around the axis it reaches, radians
  Box3 box;         // of the triangles, hence a hair inside
};

// How two faces meet: the angle through the material is less than pi (convex), more
// (concave), or pi (smooth).
enum class Meeting : int8_t { kConvex = 1, kSmooth = 0, kConcave = -1, kUnknown = 2 };
enum class CurveKind : uint8_t { kLine, kCircle, kOther };

struct SurveyEdge {
  CurveKind kind = CurveKind::kOther;
  Meeting meeting = Meeting::kUnknown;
  int32_t left = -1, right = -1;  // faces; equal at a seam, -1 where there is none
  Vec3 start, middle, end;
  Vec3 center, axis;  // circles
  double radius = 0;  // circles
  double length = 0;
};

// Edges of a face's border in order of travel, one entry an edge.
struct SurveyLoopEdge {
  int32_t face = 0, loop = 0, edge = 0;  // loop counts from 0 within the face; 0 is the outer
};

// A point inside a face with its outward normal; a face has up to 64, of equal weight.
struct SurveySample {
  int32_t face = 0;
  Vec3 point, normal;
};

struct SurveyBody {
  double volume = 0, area = 0;
  Vec3 center;
  std::array<double, 6> box{};  // lo x, y, z, hi x, y, z
};

struct Survey {
  std::vector<SurveyFace> faces;
  std::vector<SurveyEdge> edges;
  std::vector<SurveyLoopEdge> loops;
  std::vector<SurveySample> samples;
  std::vector<SurveyBody> bodies;
  // Of all bodies together.
  double volume = 0, area = 0;
  Vec3 center;                                     // of mass
  std::array<std::array<double, 3>, 3> inertia{};  // about `center`, at density 1
  TriangleMesh mesh;                               // for rays: good to a thousandth of the box
};

}  // namespace cadrecode::mesh
