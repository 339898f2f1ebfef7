// From closed polylines to loops of lines, arcs and circles.
//
// Input polylines are sections of meshes or ordered boundary points: vertices
// in order, the last joined to the first, either way round. Where a mesh is the
// tessellation of an exact shape, an arc arrives as chords whose *vertices* lie
// on the arc; the traced arc goes through those vertices, so the true radius
// comes back, not the smaller one of the chords.
//
// Method: a shortest-description segmentation by dynamic programming over
// break vertices (Perez and Vidal 1994, with arcs as a second kind of piece):
// a piece is a line or an arc that keeps all its vertices within `tolerance`;
// fewer pieces win. Deterministic; O(n * longest piece squared).
#pragma once

#include <vector>

#include "base/vec.h"
#include "geometry/part/part.h"

namespace cadrecode::fit {

struct TraceOptions {
  double tolerance = 1e-4;          // largest distance vertex - curve, input units
  double max_turn = 0.70;           // radians between consecutive chords of one arc
  bool intersect_vertices = false;  // noisy input: corners from crossing neighbouring lines
};

// The loop through `polygon` ([N], N >= 3 distinct vertices); empty when the
// polygon has no area worth the name (less than tolerance wide).
part::Loop trace_loop(std::vector<Vec2> polygon, const TraceOptions& options);

// `loop` without what no kernel takes: curves shorter than `tolerance` go, arcs
// flatter than a tenth of it become lines; empty when nothing closed is left.
part::Loop tidy(const part::Loop& loop, double tolerance);

// `loop` as a polygon: arcs in chords of at most `max_angle` radians.
std::vector<Vec2> flatten(const part::Loop& loop, double max_angle = 0.1);

// Signed area of a polygon, positive counter-clockwise.
double signed_area(const std::vector<Vec2>& polygon);

// Even-odd test; points on the border may fall either way.
bool contains(const std::vector<Vec2>& polygon, Vec2 p);

// A point of the polygon's interior, well away from its border where it can.
Vec2 interior_point(const std::vector<Vec2>& polygon);

// Distance from `p` to the closed polyline.
double distance(const std::vector<Vec2>& polygon, Vec2 p);

// True when every vertex of either polygon lies within `tolerance` of the other.
bool same_outline(const std::vector<Vec2>& a, const std::vector<Vec2>& b, double tolerance);

// Loops sorted into regions by containment: even depth outer, odd depth inner.
// Loops must not cross; islands in holes become regions of their own.
std::vector<part::Region> nest_loops(std::vector<part::Loop> loops);

}  // namespace cadrecode::fit
