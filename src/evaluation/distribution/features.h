// What a program looks like, as numbers: the features by which two sets of
// programs are told apart.
//
// They speak of the text (length, tokens, methods), the sketches (loops,
// curves, lengths, radii, angles, coordinates), the steps (planes, heights,
// sides, how they overlap) and the solid (box, volume, fill, thickness).
// Lengths are in program units. A feature that does not apply to a program (the
// least radius of one without arcs) is -1: missing is a fact that tells, too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geometry/part/part.h"

namespace cadrecode::distribution {

struct Feature {
  const char* name;   // a word, as in tables and JSON
  const char* about;  // what it is, for people
};
const std::vector<Feature>& features();

// One value a feature, in their order. `part` is what the program is recognised
// as. Throws Error(kGeometry) for a part that is not valid.
std::vector<double> measure(const std::string& code, const part::Part& part);

// nullopt for a program outside the dialect, or one that is no valid part.
std::optional<std::vector<double>> measure(const std::string& code);

}  // namespace cadrecode::distribution
