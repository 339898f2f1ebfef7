// Curves of a profile as geometry: everything measured on one Line, Arc or
// Circle, and where two of them meet.
//
// Notation
//   t in [0, 1]  parameter along a curve: linear in length. A circle runs
//                counter-clockwise from its leftmost point.
//   sweep        signed angle of an arc, radians, positive = counter-clockwise
// Lengths are in program units. `kTolerance` is the distance below which two
// points are one: OCCT's Precision::Confusion, so that a verdict here and one
// of BRepCheck rest on the same idea of "touching".
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "geometry/part/part.h"

namespace cadrecode::part {

inline constexpr double kTolerance = 1e-7;
inline constexpr double kPi = 3.14159265358979323846;

// Axis-aligned rectangle; empty (lo > hi) until something is added.
struct Box2 {
  Vec2 lo{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  Vec2 hi{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

  bool empty() const { return lo.x > hi.x; }
  void add(Vec2 p) {
    lo = {std::min(lo.x, p.x), std::min(lo.y, p.y)};
    hi = {std::max(hi.x, p.x), std::max(hi.y, p.y)};
  }
  void add(const Box2& b) {
    if (!b.empty()) add(b.lo), add(b.hi);
  }
  bool touches(const Box2& b, double margin) const {
    return lo.x <= b.hi.x + margin && b.lo.x <= hi.x + margin && lo.y <= b.hi.y + margin &&
           b.lo.y <= hi.y + margin;
  }
  double diagonal() const { return empty() ? 0 : norm(hi - lo); }
};

// An arc or circle by centre; a line has radius 0 and uses start and end only.
// Prepared once, so that queries need no square roots or arctangents.
struct Segment {
  bool line = true;
  bool full = false;  // a whole circle
  Vec2 start, end;
  Vec2 center;
  double radius = 0;
  double start_angle = 0;  // of `start` about `center`
  double sweep = 0;
};

// nullopt where the curve is degenerate: a line or arc shorter than
// kTolerance, three points in a line, a radius not above kTolerance, a
// coordinate that is not finite.
std::optional<Segment> segment(const Curve& curve);

double length(const Segment& s);
Vec2 point_at(const Segment& s, double t);
Vec2 tangent_at(const Segment& s, double t);  // unit, in the running direction
double curvature(const Segment& s);           // signed, positive = turns left
Box2 bounds(const Segment& s);
// Whether the ray from an arc's centre in direction d meets the arc.
bool arc_covers(const Segment& s, Vec2 d);

// A stretch on which y only grows: x as a function of y in [y0, y1]. A segment
// has at most three; neighbours share end values exactly, so that half-open
// counting (y0 <= y < y1) never misses or doubles a vertex.
struct MonotonePiece {
  double y0 = 0, y1 = 0;     // y0 < y1
  double x0 = 0, slope = 0;  // line: x = x0 + slope * (y - y0)
  Vec2 center;               // arc
  double radius = 0;
  int side = 0;       // 0 line, +1 right half of the circle, -1 left half
  int direction = 1;  // +1 if the segment runs upwards here

  double x_at(double y) const {
    if (side == 0) return x0 + slope * (y - y0);
    const double dy = y - center.y;
    return center.x + side * std::sqrt(std::max(0.0, radius * radius - dy * dy));
  }
};
int monotone_pieces(const Segment& s, std::array<MonotonePiece, 3>& out);  // returns how many

// Contribution to the enclosed area: 1/2 integral of x dy - y dx, exact.
double area_integral(const Segment& s);
// Nearest point of the curve to p, its parameter and its distance.
struct Nearest {
  Vec2 point;
  double t = 0, distance = 0;
};
Nearest nearest(const Segment& s, Vec2 p);

// The piece between two parameters, t0 < t1.
Segment trimmed(const Segment& s, double t0, double t1);
Segment reversed(const Segment& s);
Curve curve(const Segment& s);  // an arc's mid point is the one at t = 1/2
Curve reversed(const Curve& c);

// Where two segments meet within kTolerance: isolated points as parameter
// pairs, and, where they run along each other, the two ends of every common
// stretch with `overlap` set. A tangency closer than the tolerance is one point.
struct Meeting {
  double ta = 0, tb = 0;
  Vec2 point;
};
struct Meetings {
  std::array<Meeting, 8> at;
  int count = 0;
  bool overlap = false;
};
Meetings meet(const Segment& a, const Segment& b);

}  // namespace cadrecode::part
