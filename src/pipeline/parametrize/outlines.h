// Inside the finder: loops as outlines, steps as raw features, places as
// patterns; numbers still, no parameters yet.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "geometry/part/part.h"
#include "pipeline/parametrize/model.h"

namespace cadrecode::parametrize {

// A loop about its own centre: a circle's or polygon's centre, else the middle
// of its corners' box.
struct RawOutline {
  Outline::Kind kind = Outline::Kind::kChain;
  Vec2 center;
  double width = 0, height = 0;  // of the corners' box; circle, polygon: the diameter
  std::vector<Vec2> corners;     // about the centre; polygon and chain
  std::vector<double> bulges;    // chain: tan(sweep / 4) of each edge, 0 for a line
  std::vector<Vec2> mids;        // chain: the point each arc was given by, about the centre
};

// `loop` as part::canonical() leaves it. Lengths within `tolerance` count as equal.
RawOutline outline_of(const part::Loop& loop, double tolerance);
// Equal but for their centres.
bool congruent(const RawOutline& a, const RawOutline& b, double tolerance);

struct RawShape {
  RawOutline outline;        // its centre is the first place
  std::vector<Vec2> places;  // in order of the loops
};

struct RawOuter {
  RawShape shape;
  std::vector<RawShape> inner;  // centres and places measured from the outer's place
};

// Steps that differ in place only, taken together.
struct RawFeature {
  part::Operation operation;
  Frame frame;
  double start = 0, end = 0;
  // For x, y and normal: 0, 1, 2 for the world's axes (coordinates are world
  // coordinates then), else -1.
  std::array<int, 3> world{-1, -1, -1};
  std::vector<RawOuter> outers;
  std::vector<int> steps;
};

std::vector<RawFeature> raw_features(const part::Part& part, double tolerance);

// Where places form a grid (at least two) or a circle (at least three).
struct RawPattern {
  Pattern::Kind kind = Pattern::Kind::kPoints;
  Vec2 center;
  int columns = 1, rows = 1;
  Vec2 spacing;                        // grid
  double diameter = 0, start_deg = 0;  // polar
};
RawPattern pattern_of(const std::vector<Vec2>& places, double tolerance);

}  // namespace cadrecode::parametrize
