// What a recipe may say: ranges, contradictions, and what the reader is told.
#pragma once

#include "learning/recipe/recipe.h"

namespace cadrecode::recipe {

// Errors: kValue naming the key, its value and the remedy.
void check(const Recipe& recipe);

// Settings that other keys imply (use_qlora means 4-bit adapters, a local
// folder needs no word), and a sentence for each choice the reader might not
// expect.
std::vector<std::string> complete(Recipe& recipe);

}  // namespace cadrecode::recipe
