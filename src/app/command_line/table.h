// The commands and options of a program as plain data, read from CLI11's own tables: what
// help, manual pages, completions and the reference are all written from, so that none of
// them can say something else than the program does.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace cadrecode::command_line {

// What a shell may offer for a value.
enum class Kind { kFlag, kChoice, kFile, kFolder, kNumber, kText };

struct Option {
  std::vector<std::string> names;  // "-o", "--output"; of a positional its one name
  Kind kind = Kind::kText;
  std::string value;                 // FILE, DIR, N, TEXT, …; empty for a flag
  std::vector<std::string> choices;  // the words that are allowed, if only some are
  std::string limits;                // "1 to 1000", "above 0"; empty for none
  std::string fallback;              // the default as text; empty for none
  std::string about;
  bool required = false;
  bool repeats = false;  // takes several values
};

struct Command {
  std::string name, about, footer;
  std::vector<Option> positionals, options;
  std::vector<Command> commands;
};

// `app` and its visible subcommands, in the order of declaration.
Command table_of(const CLI::App& app);

// An option's names and value as people write them: "-o, --output DIR".
std::string spelling(const Option& option);
// What follows the description: "[unit, raw100, source; default unit]".
std::string constraints(const Option& option);
// "cadrecode sample [OPTIONS] INPUT"
std::string synopsis(const std::string& program, const Command& command);

}  // namespace cadrecode::command_line
