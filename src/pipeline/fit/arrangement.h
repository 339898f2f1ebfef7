// The plane cut into faces by pieces of lines and circles.
//
// Notation
//   vertex     where curves meet (meetings nearer than `tolerance` are one)
//   edge       a stretch of one curve between neighbouring vertices
//   half-edge  2 e runs edge e from a to b, 2 e + 1 back; its face is on its left
//   face 0     the unbounded one
// Stretches that end in nothing are dropped: they bound no face.
// (de Berg et al., "Computational Geometry", chapter 2: doubly-connected edge
// lists; overlay by all pairs, for at most a few hundred curves.)
#pragma once

#include <cstdint>
#include <vector>

#include "base/vec.h"
#include "geometry/part/part.h"
#include "pipeline/fit/curves2d.h"

namespace cadrecode::fit {

struct ArrangedEdge {
  uint32_t a = 0, b = 0;  // vertices
  uint32_t curve = 0;
  double from = 0, to = 0;  // the curve's parameters, from < to
  double length = 0;
  Vec2 middle;
};

struct ArrangedFace {
  std::vector<Vec2> outline;             // outer polygon; empty for face 0
  std::vector<std::vector<Vec2>> holes;  // outlines of what lies inside it
  Vec2 lo, hi;
  double area = 0;  // holes taken off; 0 for face 0
};

struct Arrangement {
  std::vector<PlaneCurve> curves;
  std::vector<Vec2> vertices;
  std::vector<ArrangedEdge> edges;
  std::vector<ArrangedFace> faces;
  std::vector<uint32_t> face_of;  // [2 E] by half-edge
  std::vector<uint32_t> next;     // [2 E] following half-edge round the face

  uint32_t left(uint32_t edge) const { return face_of[2 * edge]; }
  uint32_t right(uint32_t edge) const { return face_of[2 * edge + 1]; }
  uint32_t locate(Vec2 p) const;
};

// The curves' stretches, as they stand, are what cuts: extend them first where
// ends may be missing.
Arrangement arrange(std::vector<PlaneCurve> curves, double tolerance);

// Border loops of the union of faces with inside[face] != 0, in lines, arcs and
// circles of the arrangement's curves; outer loops and holes unsorted.
std::vector<part::Loop> border_loops(const Arrangement& arrangement,
                                     const std::vector<uint8_t>& inside);

}  // namespace cadrecode::fit
