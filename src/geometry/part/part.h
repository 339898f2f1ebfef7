// The sketch-and-extrude model: the one data structure everything meets in.
//
// Notation
//   Part      = ordered Steps; the solid is built up from nothing, step by step
//   Step      = Operation × Extrusion; the first step joins
//   Extrusion = frame F × Profile × [start, end] along F's normal
//   Profile   = Regions, pairwise disjoint, in F's (x, y) plane
//   Region    = one outer Loop minus its inner Loops
//   Loop      = a closed chain of Lines and Arcs, or one Circle
//
// Units are program units (mm where known); nothing here has a scale of its
// own. Loops may run either way round: orientation carries no meaning.
// Source of the model: DeepCAD (Wu et al. 2021, section 3.1) and CAD-Recode
// (Rukhovich et al. 2024, section 3), less their quantisation.
#pragma once

#include <vector>

#include "base/vec.h"

namespace cadrecode::part {

struct Curve {
  enum class Kind { kLine, kArc, kCircle };
  Kind kind = Kind::kLine;
  Vec2 start, end;    // line, arc: end points (unused by a circle)
  Vec2 mid;           // arc: a point between them, on the arc; circle: the centre
  double radius = 0;  // circle only

  static Curve line(Vec2 a, Vec2 b) { return {Kind::kLine, a, b, {}, 0}; }
  static Curve arc(Vec2 a, Vec2 mid, Vec2 b) { return {Kind::kArc, a, b, mid, 0}; }
  static Curve circle(Vec2 center, double r) { return {Kind::kCircle, {}, {}, center, r}; }
  bool operator==(const Curve&) const = default;
};

// curves[i].end == curves[i + 1].start, cyclically; a circle stands alone.
struct Loop {
  std::vector<Curve> curves;
  bool operator==(const Loop&) const = default;
};

struct Region {
  Loop outer;
  std::vector<Loop> inner;
  bool operator==(const Region&) const = default;
};

struct Profile {
  std::vector<Region> regions;
  bool operator==(const Profile&) const = default;
};

// The set {F.origin + x X + y Y + z N : (x, y) in profile, start <= z <= end};
// start < end always (a program's negative extrusion is turned round on entry).
struct Extrusion {
  Frame frame;
  Profile profile;
  double start = 0, end = 0;
  bool operator==(const Extrusion&) const = default;
};

enum class Operation { kJoin, kCut, kIntersect };

struct Step {
  Operation operation = Operation::kJoin;
  Extrusion extrusion;
  bool operator==(const Step&) const = default;
};

struct Part {
  std::vector<Step> steps;
  bool operator==(const Part&) const = default;
};

}  // namespace cadrecode::part
