#include "app/cli/suggest.h"

#include <algorithm>
#include <numeric>
#include <sstream>
#include <vector>

namespace cadrecode::cli {
namespace {

std::vector<std::string> known_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) {
    names.push_back(command->get_name());
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

}  // namespace

size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string suggestion(const CLI::App& app, const std::string& message) {
  std::vector<std::string> names = known_names(app);
  std::istringstream words(message);
  std::string word, best;
  size_t best_distance = 3;  // more than two slips is another word
  while (words >> word) {
    if (word.size() < 3) continue;
    for (const std::string& name : names) {
      size_t distance = edit_distance(word, name);
      if (distance > 0 && distance < best_distance) best_distance = distance, best = name;
    }
  }
  return best.empty() ? best : "'" + best + "'";
}

}  // namespace cadrecode::cli
