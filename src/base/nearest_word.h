// "Did you mean …?" for a mistyped name.
#pragma once

#include <string>
#include <vector>

namespace cadrecode {

// Insertions, deletions and replacements from `a` to `b`.
size_t edit_distance(const std::string& a, const std::string& b);

// The name at most two slips from `word` (the first of the nearest), and not
// `word` itself; empty when nothing is near.
std::string nearest_word(const std::string& word, const std::vector<std::string>& names);

}  // namespace cadrecode
