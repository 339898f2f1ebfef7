// From a part to the same part with handles.
//
// Method. Every coordinate of every profile and extent lies on an axis (a world
// axis where the frame allows). Features are taken in order; loops that are
// equal are patterns (grids, circles, else lists of places). A coordinate gets, in
// this order of preference, the expression of one already explained at the same
// place (aligned, concentric), of its mirror image about the first feature's
// middle (symmetric), a size shared with an equal feature (equal) or a wall of
// constant thickness (offset), and a parameter of its own only when none of
// these holds. Equal numbers alone tie nothing: it must be the same kind of size
// of the same kind of feature.
//
// Guarantees: evaluate(parametrize(p)) is p's solid, checked here by prism's
// volumes to 1e-6; deterministic. Errors: kGeometry when `part` is nothing a
// kernel would build (prism::verdict), kInternal should the check fail.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "geometry/part/part.h"
#include "pipeline/parametrize/model.h"

namespace cadrecode::parametrize {

struct Options {
  std::string name = "part";  // of the function; made an identifier if it is none
  std::string unit;           // "mm"; empty where unknown
  bool ranges = true;         // find low and high (most of the time this takes)
};

Model parametrize(const part::Part& part, const Options& options = {});

// The part a program makes, where it is of the sketch-and-extrude kind. Errors, at
// the place in the program: kSyntax, kUnsupported (beyond the dialect; the message
// says what), kValue and kGeometry as CadQuery and the kernel would.
part::Part part_of_program(const std::string& code, const std::string& file);

// How many numbers stand in a program's text: what its reader has instead of
// parameters.
size_t count_numbers(const std::string& code);

// Moves parameters, values by name, and finds the ranges there. Errors: kValue for a name that is
// none (with the nearest one) and for values that break the part, saying why.
void set_values(Model& model, const std::vector<std::pair<std::string, double>>& values);

// "2nd bracket (old)" -> "part_2nd_bracket_old": a Python identifier.
std::string identifier(const std::string& text);

}  // namespace cadrecode::parametrize
