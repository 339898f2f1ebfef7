// English questions about a part, understood by rules alone.
//
// The grammar knows classes: how many X; diameter, radius, depth, height, length,
// width, size, centre, area, axis of X; distances between X; volume, mass in a
// material, thickness, symmetry, whether there are X. X is the part, its bodies,
// faces or edges, or a feature by any of its usual names, narrowed by side ("visible
// from the left"), kind ("through", "rectangular"), size ("larger than 5 mm"), rank
// ("largest") and place ("above the centre"). Words it does not know it says so about;
// it never answers a question it understood only in part.
#pragma once

#include <string>

#include "pipeline/question/query.h"

namespace cadrecode::question {

// `unit` is the part's, for sizes in the question ("5 mm"). Errors: kUnsupported with
// what was not understood and what can be asked.
Query parse(const std::string& text, const std::string& unit);

}  // namespace cadrecode::question
