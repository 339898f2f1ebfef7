// The facts sheet: a part's measured truth.
//
// What an engineer would read off the model with a caliper and a CAD program: sizes,
// volume, mass, moments, and the features they would name: holes with diameter,
// depth and axis, openings of other outlines, bosses, dimples, rounds; patterns of
// equal features, wall thickness, symmetry, distances.
//
// Features come from the faces and how they meet (mesh/survey.h), by rules stated at
// each; no feature is guessed from a name. A hole is a stack of round inward walls on
// one axis; whether it goes through is asked of the material at its ends.
//
// Lengths are in the part's own unit. Sides are the usual drawing views: front looks
// along +y (so it faces -y), back faces +y, left -x, right +x, top +z, bottom -z.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "geometry/mesh/survey.h"

namespace cadrecode::sheet {

enum Side : uint8_t { kTop = 1, kBottom = 2, kFront = 4, kBack = 8, kLeft = 16, kRight = 32 };
using Sides = uint8_t;
inline constexpr std::array<Side, 6> kSides = {kTop, kBottom, kFront, kBack, kLeft, kRight};
const char* to_string(Side side);  // "top", …
Vec3 facing(Side side);            // the direction the side looks in, outward

enum class FeatureKind : uint8_t {
  kHole,     // round inward walls on one axis
  kOpening,  // a pocket or cut-out of another outline
  kBoss,     // round outward walls: pins, shafts, standoffs, discs
  kDimple,   // an inward sphere
  kBall,     // an outward sphere
  kRound,    // a fillet: runs smoothly into its neighbours
  kChamfer,  // a narrow sloped face along an edge
  kCone,     // an outward cone that is no chamfer
  kFlat,     // a planar face
};
const char* to_string(FeatureKind kind);  // "hole", …

// One step of a stack of round walls, from the mouth inwards.
struct Step {
  double diameter = 0, depth = 0;
  bool cone = false;  // diameter is then the larger
};

struct Feature {
  int id = 0;  // counts from 1 over the whole sheet
  FeatureKind kind = FeatureKind::kFlat;
  std::string form;     // hole: plain, counterbored, countersunk, stepped; opening: circle,
                        // rectangle, slot, polygon, outline; flat: plane
  double diameter = 0;  // hole: the narrowest; boss: the widest; sphere; round: of its curve
  double depth = 0;     // hole and opening: along the axis; boss: its height
  double length = 0, width = 0;  // opening and flat: of the outline, length >= width
  double area = 0;               // of its faces
  Vec3 axis;                     // unit; hole and opening: out of the mouth; flat: outward normal
  Vec3 position;         // hole, opening: middle of the mouth; boss: middle of its end; else centre
  Vec3 center;           // middle of its box along the axis
  Vec3 size;             // of its box
  bool through = false;  // hole and opening
  bool in_boss = false;  // hole on the axis of a boss around it
  Sides sides = 0;       // seen from
  Sides on = 0;          // its mouth (or normal) looks to, seen or not
  std::vector<Step> steps;  // hole, boss
  std::vector<int> faces;   // indexes into the survey
  int body = 0;
};

// Equal features that stand in a row, a grid or a circle.
struct Pattern {
  std::string form;           // "row", "grid", "circle"
  std::vector<int> features;  // ids
  double pitch = 0;           // row, circle: between neighbours; grid: along the first direction
  double pitch_across = 0;    // grid
  int rows = 0, columns = 0;  // grid
  double diameter = 0;        // circle: through the centres
  Vec3 center;
};

struct Wall {
  double thinnest = 0, median = 0;
  double usual = 0;        // the thickness that the largest area has
  double usual_share = 0;  // of the area measured, within 2 % of `usual`
};

struct Symmetry {
  std::vector<Vec3> mirror_normals;  // planes through the centre of mass
  Vec3 axis;                         // of the turns below
  int turns = 1;                     // n-fold about `axis`; 1: none, 0: any angle
};

struct Sheet {
  std::string name, unit;
  bool from_kernel = false, valid = false;  // BRepCheck, for kernel parts
  bool closed = true;                       // encloses a volume
  Box3 box;
  double volume = 0, area = 0;
  Vec3 center;
  std::array<std::array<double, 3>, 3> inertia{};  // about the centre, density 1
  std::array<double, 3> principal{};               // moments, ascending
  std::vector<mesh::SurveyBody> bodies;
  int edges = 0, vertices = 0;
  std::array<int, 6> faces_of_kind{};  // by mesh::SurfaceKind
  std::vector<Feature> features;
  std::vector<Pattern> patterns;
  Wall wall;
  Symmetry symmetry;

  int faces() const;
  double millimetres() const;  // of one unit; 1 where the unit is unknown
};

struct Options {
  std::string name, unit = "mm";
  bool walls = true, symmetry = true, views = true;  // what takes rays
};

// Errors: kValue for a survey without faces.
Sheet make_sheet(const mesh::Survey& survey, const Options& options);

// A mesh seen as a survey: smooth regions of triangles become faces, planes,
// cylinders, cones and spheres are recognised within `tolerance` (0: a thousandth of
// the box). Good for meshes of CAD parts; what is scanned and rough stays freeform.
mesh::Survey survey_of_mesh(const mesh::TriangleMesh& mesh, double tolerance = 0);

// g/cm^3 of common engineering materials, by name; kValue with the names for others.
struct Material {
  const char* name;
  double density;
};
const std::vector<Material>& materials();
const Material& material(const std::string& name);
double mass_grams(const Sheet& sheet, const Material& material);

std::string to_json(const Sheet& sheet, int indent = -1);
std::string to_text(const Sheet& sheet);

const Feature& feature(const Sheet& sheet, int id);  // kValue where there is none

}  // namespace cadrecode::sheet
