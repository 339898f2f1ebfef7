// Command and parameter accuracy of a predicted construction sequence.
//
// Definitions: Wu et al. 2021 (DeepCAD), section 5.1, with the sequence, the
// normalisation and the 256 levels of its section 3.1 and published code:
//   sequence   a step with regions R1, R2 … is one extrusion per region:
//              SOL, curves of a loop, SOL, next loop …, Ext; EOS at the end
//   loops      counter-clockwise from their leftmost, then lowest corner; the
//              loops of a region in the order of their boxes' lower left corners
//   sketch     moved so that its first point lies at (128, 128), and scaled so that its
//              reach from there is 0.75 * 128 - 1
//   solid      scaled by 0.75 / the largest |coordinate| of the truth's box
//   Line       x, y of the end      Arc   x, y, sweep, counter-clockwise or not
//   Circle     x, y, radius         Ext   three angles of the plane, the sketch's first
//              point in space and its size, two extents, operation, kind of extent
//   ACC_cmd    share of the truth's commands, EOS included, whose type the prediction
//              repeats at the same position
//   ACC_param  share of parameters within 3 levels (operation, kind of extent and an
//              arc's direction: equal), over the commands so repeated
// Alignment: position by position from the start, nothing shifted; where the
// prediction has ended it repeats nothing, and what it has beyond the truth's end is
// not counted, as in the published evaluation.
//
// What is ours: both parts are brought to part::canonical() first, which says
// planes, extents and directions in one way (every extrusion one-sided from its
// lower plane), so that two texts of one part score 1; both are scaled by the
// truth's factor, so that a wrong size is wrong; the plane's third angle is taken
// from the horizontal direction in the plane.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "geometry/part/part.h"

namespace cadrecode::metric {

struct Command {
  enum class Type { kLine, kArc, kCircle, kEnd, kLoop, kExtrude };
  Type type = Type::kEnd;
  int count = 0;                    // parameters in use
  std::array<int, 11> parameter{};  // levels 0 … 255; flags as they are
};

// The sequence of a part whose largest |coordinate| counts as `reach`.
// Throws Error(kGeometry) for degenerate curves.
std::vector<Command> commands(const part::Part& part, double reach);

struct CommandAccuracy {
  double command = 0;               // ACC_cmd
  std::optional<double> parameter;  // ACC_param
  std::string reason;               // why that is missing
};
CommandAccuracy command_accuracy(const part::Part& truth, const part::Part& prediction);

}  // namespace cadrecode::metric
