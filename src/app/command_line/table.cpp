#include "app/command_line/table.h"

#include <fmt/format.h>

#include <algorithm>

namespace cadrecode::command_line {
namespace {

std::vector<std::string> words_in_braces(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text.substr(1, text.size() - 2)) {
    if (c == ',') {
      words.push_back(std::move(word));
      word.clear();
    } else {
      word += c;
    }
  }
  words.push_back(word);
  return words;
}

// CLI11 writes "UINT:INT in [1 - 1000]", "FLOAT:POSITIVE", "TEXT:{a,b}", "FILE".
void read_type(const std::string& type, Option& option) {
  const size_t colon = type.find(':');
  option.value = type.substr(0, colon);
  const std::string check = colon == std::string::npos ? "" : type.substr(colon + 1);
  if (!check.empty() && check.front() == '{') {
    option.choices = words_in_braces(check);
    option.kind = Kind::kChoice;
    option.value = "WORD";
    return;
  }
  const size_t from = check.find('['), dash = check.find(" - ", from), to = check.find(']', from);
  if (from != std::string::npos && dash != std::string::npos && to != std::string::npos) {
    option.limits =
        check.substr(from + 1, dash - from - 1) + " to " + check.substr(dash + 3, to - dash - 3);
  } else if (check == "POSITIVE") {
    option.limits = "above 0";
  } else if (check == "NONNEGATIVE") {
    option.limits = "0 or more";
  }
  const std::string& v = option.value;
  if (v == "INT" || v == "UINT" || v == "FLOAT" || v == "DEGREES") option.kind = Kind::kNumber;
  if (v == "INT" || v == "UINT") option.value = "N";
  if (v == "FLOAT") option.value = "X";
  if (v == "DIR") option.kind = Kind::kFolder;
  for (const char* file : {"FILE", "PATH", "INPUT", "IN", "DATA", "PROGRAM", "SET"}) {
    if (v == file) option.kind = Kind::kFile;
  }
}

Option option_of(const CLI::Option& o) {
  Option out;
  out.about = o.get_description();
  // Lines are broken by whoever prints, each for its own width.
  std::replace(out.about.begin(), out.about.end(), '\n', ' ');
  out.required = o.get_required();
  out.repeats = o.get_expected_max() > 1;
  for (const std::string& s : o.get_snames()) out.names.push_back("-" + s);
  for (const std::string& l : o.get_lnames()) out.names.push_back("--" + l);
  if (o.get_type_size() == 0) {
    out.kind = Kind::kFlag;
    return out;
  }
  read_type(o.get_type_name(), out);
  out.fallback = o.get_default_str();
  if (o.get_positional()) {
    out.names = {o.get_name(true)};
    if (out.value == "TEXT" || out.kind == Kind::kText) out.kind = Kind::kFile;
    // A positional's own name says more than TEXT.
    if (out.value == "TEXT" || out.value == "WORD" || out.value.empty()) {
      out.value = out.names[0];
      std::transform(out.value.begin(), out.value.end(), out.value.begin(), ::toupper);
    }
  }
  return out;
}

}  // namespace

Command table_of(const CLI::App& app) {
  Command out;
  out.name = app.get_name();
  out.about = app.get_description();
  out.footer = app.get_footer();
  for (const CLI::Option* o : app.get_options()) {
    if (o->get_group().empty()) continue;  // hidden
    (o->get_positional() ? out.positionals : out.options).push_back(option_of(*o));
  }
  for (const CLI::App* c : app.get_subcommands({})) {
    if (!c->get_group().empty()) out.commands.push_back(table_of(*c));
  }
  return out;
}

std::string spelling(const Option& option) {
  std::string out = fmt::format("{}", fmt::join(option.names, ", "));
  if (!option.value.empty()) out += " " + option.value + (option.repeats ? "..." : "");
  return out;
}

std::string constraints(const Option& option) {
  std::vector<std::string> said;
  if (!option.choices.empty()) said.push_back(fmt::format("{}", fmt::join(option.choices, ", ")));
  if (!option.limits.empty()) said.push_back(option.limits);
  if (!option.fallback.empty()) said.push_back("default " + option.fallback);
  if (option.required && option.names[0][0] == '-') said.push_back("required");
  return said.empty() ? "" : fmt::format("[{}]", fmt::join(said, "; "));
}

std::string synopsis(const std::string& program, const Command& command) {
  std::string out =
      program + (command.name.empty() || command.name == program ? "" : " " + command.name);
  if (!command.commands.empty()) return out + " COMMAND ...";
  for (const Option& o : command.options) {
    if (o.required) out += " " + o.names.back() + " " + o.value;
  }
  out += " [OPTIONS]";
  for (const Option& p : command.positionals) {
    const std::string word = p.value + (p.repeats ? "..." : "");
    out += p.required ? " " + word : " [" + word + "]";
  }
  return out;
}

}  // namespace cadrecode::command_line
