// The reference in docs/: Markdown.
#include <fmt/format.h>

#include "app/command_line/pages.h"

namespace cadrecode::command_line {
namespace {

std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '*' || c == '_') out += '\\';
    out += c == '<' ? std::string("&lt;") : std::string(1, c == '\n' ? ' ' : c);
  }
  return out;
}

std::string table(const char* heading, const std::vector<Option>& options) {
  if (options.empty()) return "";
  std::string out = fmt::format("\n| {} | means | |\n|---|---|---|\n", heading);
  for (const Option& o : options) {
    const std::string left = o.names[0][0] == '-' ? spelling(o) : o.value + (o.repeats ? "..." : "");
    std::string said = constraints(o);
    if (!said.empty()) said = said.substr(1, said.size() - 2);
    out += fmt::format("| `{}` | {} | {} |\n", left, cell(o.about), cell(said));
  }
  return out;
}

}  // namespace

std::string reference(const Command& program) {
  std::string out =
      "# Commands\n\nWritten by `cadrecode manual reference -o docs/reference.md` from the tables "
      "that the program "
      "parses by; a test\nholds this page to them.\n\n" +
      program.footer + "\n";
  for (const Command& c : program.commands) {
    out += fmt::format("\n## {}\n{}\n\n`{}`\n", c.name, c.about, synopsis(program.name, c));
    std::vector<Option> options;
    for (const Option& o : c.options) {
      if (o.names.back() != "--help") options.push_back(o);
    }
    out += table("input", c.positionals) + table("option", options);
  }
  return out;
}

}  // namespace cadrecode::command_line
