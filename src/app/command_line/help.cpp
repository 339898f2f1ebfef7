// --help: two columns, the right one wrapped.
#include <fmt/format.h>

#include <sstream>

#include "app/command_line/pages.h"

namespace cadrecode::command_line {
namespace {

constexpr size_t kColumn = 28, kWidth = 100;

std::string wrapped(const std::string& text, size_t indent) {
  std::istringstream words(text);
  std::string out, word;
  size_t at = indent;
  while (words >> word) {
    if (!out.empty() && at + 1 + word.size() > kWidth) {
      out += "\n" + std::string(indent, ' ');
      at = indent;
    } else if (!out.empty()) {
      out += ' ';
      ++at;
    }
    out += word;
    at += word.size();
  }
  return out;
}

std::string row(const std::string& left, const std::string& right) {
  std::string out = "  " + left;
  if (out.size() + 2 > kColumn) {
    out += "\n" + std::string(kColumn, ' ');
  } else {
    out.resize(kColumn, ' ');
  }
  return out + wrapped(right, kColumn) + "\n";
}

std::string rows(const char* title, const std::vector<Option>& options) {
  if (options.empty()) return "";
  std::string out = fmt::format("\n{}:\n", title);
  for (const Option& o : options) {
    const bool positional = o.names[0][0] != '-';
    out += row(positional ? o.value + (o.repeats ? "..." : "") : spelling(o),
               o.about + (o.about.empty() ? "" : " ") + constraints(o));
  }
  return out;
}

}  // namespace

std::string help(const CLI::App& app) {
  const CLI::App* root = &app;
  while (root->get_parent()) root = root->get_parent();
  const Command command = table_of(app);
  std::string out =
      fmt::format("{}\nUsage: {}\n", command.about, synopsis(root->get_name(), command));
  out += rows("Inputs", command.positionals);
  if (!command.commands.empty()) out += "\nCommands:\n";
  for (const Command& c : command.commands) out += row(c.name, c.about);
  out += rows("Options", command.options);
  return command.footer.empty() ? out : out + "\n" + command.footer + "\n";
}

}  // namespace cadrecode::command_line
