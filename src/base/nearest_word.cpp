#include "base/nearest_word.h"

#include <algorithm>
#include <numeric>

namespace cadrecode {

size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string nearest_word(const std::string& word, const std::vector<std::string>& names) {
  std::string best;
  size_t best_distance = 3;  // more than two slips is another word
  for (const std::string& name : names) {
    const size_t distance = edit_distance(word, name);
    if (distance > 0 && distance < best_distance) best_distance = distance, best = name;
  }
  return best;
}

}  // namespace cadrecode
