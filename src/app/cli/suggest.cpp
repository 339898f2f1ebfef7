#include "app/cli/suggest.h"

#include <sstream>
#include <vector>

#include "base/nearest_word.h"

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

std::string suggestion(const CLI::App& app, const std::string& message) {
  std::vector<std::string> names = known_names(app);
  std::istringstream words(message);
  std::string word, best;
  size_t distance = 0;
  while (words >> word) {
    if (word.size() < 3) continue;
    const std::string near = nearest_word(word, names);
    if (!near.empty() && (best.empty() || edit_distance(word, near) < distance)) {
      best = near;
      distance = edit_distance(word, near);
    }
  }
  return best.empty() ? best : "'" + best + "'";
}

}  // namespace cadrecode::cli
