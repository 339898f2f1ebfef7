// Loops and profiles: checks, measures, nesting, booleans.
//
// A loop encloses the points of odd parity; for the loops a valid part is made
// of (closed, not touching themselves) that is simply its inside.
#pragma once

#include <vector>

#include "geometry/part/curve.h"

namespace cadrecode::part {

enum class LoopFault {
  kNone,
  kEmpty,         // no curve, or a circle beside other curves
  kOpen,          // an end more than kTolerance from the next start
  kDegenerate,    // a curve without length, collinear arc, no area, not finite
  kSelfCrossing,  // crosses, touches or runs along itself
};
const char* to_string(LoopFault fault);

// Exact up to kTolerance: every pair of curves is intersected.
LoopFault check(const Loop& loop);

std::vector<Segment> segments(const Loop& loop);  // throws Error(kGeometry) if degenerate
double signed_area(const Loop& loop);             // positive = counter-clockwise
double perimeter(const Loop& loop);
Box2 bounds(const Loop& loop);
Loop reversed(const Loop& loop);
bool contains(const Loop& loop, Vec2 p);  // parity; either answer on the loop itself

enum class ProfileFault {
  kNone,
  kEmpty,       // no region
  kLoop,        // a loop is faulty: see `loop_fault`
  kLoopsCross,  // two loops cross or run along each other; touching in points is
                // sound, as a kernel's booleans make such faces
  kBadNesting,  // an inner loop outside its outer one or inside another inner
                // one, or regions that overlap
};
struct ProfileVerdict {
  ProfileFault fault = ProfileFault::kNone;
  LoopFault loop_fault = LoopFault::kNone;
  int region = -1;  // where, for messages
  bool ok() const { return fault == ProfileFault::kNone; }
};
const char* to_string(ProfileFault fault);
ProfileVerdict check(const Profile& profile);

double area(const Profile& profile);
double perimeter(const Profile& profile);
Box2 bounds(const Profile& profile);
bool contains(const Profile& profile, Vec2 p);

// Regions of odd parity from loops that neither cross nor touch: outermost
// loops become outer, loops within them inner, loops within those outer again.
Profile profile_from_loops(const std::vector<Loop>& loops);

// Boolean of two valid profiles in one plane: a joined with, less, or in
// common with b, by the arrangement of their curves (split where they meet,
// shared stretches merged, stretches kept where membership changes across
// them). Result loops are simple; straight stretches and arcs of one circle
// are merged again; touching regions are merged, loops that meet themselves
// in a point are split there. Throws Error(kGeometry) if the curves cannot be
// chained back into loops (input not valid, or features below kTolerance).
Profile combine(const Profile& a, const Profile& b, Operation operation);

}  // namespace cadrecode::part
