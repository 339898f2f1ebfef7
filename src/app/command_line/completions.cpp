#include "app/command_line/completions.h"

#include <fmt/format.h>

namespace cadrecode::command_line {
namespace {

// Inside single quotes of any of the three shells, all but fish's backslash.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' ? std::string("'\\''") : std::string(1, c == '\n' ? ' ' : c);
  return out + "'";
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

std::string option_names(const Command& command) {
  std::vector<std::string> names;
  for (const Option& o : command.options) names.insert(names.end(), o.names.begin(), o.names.end());
  return joined(names);
}

// ---- bash ----

std::string bash_value(const Option& o) {
  switch (o.kind) {
    case Kind::kChoice:
      return fmt::format("COMPREPLY=($(compgen -W \"{}\" -- \"$cur\"))", joined(o.choices));
    case Kind::kFolder:
      return "_cadrecode_paths -d";
    case Kind::kNumber:
      return "COMPREPLY=()";
    default:
      return "_cadrecode_paths -f";
  }
}

std::string bash_command(const Command& c) {
  std::string out;
  for (const Option& o : c.options) {
    if (o.kind == Kind::kFlag) continue;
    std::string pattern;
    for (const std::string& n : o.names) pattern += (pattern.empty() ? "" : "|") + c.name + ":" + n;
    out += fmt::format("    {}) {}; return ;;\n", pattern, bash_value(o));
  }
  return out;
}

std::string bash_positionals(const Command& c) {
  std::vector<std::string> choices;
  for (const Option& p : c.positionals)
    choices.insert(choices.end(), p.choices.begin(), p.choices.end());
  if (choices.empty()) return "_cadrecode_paths -f";
  return fmt::format("_cadrecode_paths -f; COMPREPLY+=($(compgen -W \"{}\" -- \"$cur\"))",
                     joined(choices));
}

// ---- zsh ----

// In an _arguments specification brackets end the description and colons a field.
std::string zsh_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_action(const Option& o) {
  switch (o.kind) {
    case Kind::kFlag:
      return "";
    case Kind::kChoice:
      return fmt::format(":{}:({})", zsh_text(o.value), joined(o.choices));
    case Kind::kFolder:
      return fmt::format(":{}:_files -/", zsh_text(o.value));
    case Kind::kFile:
      return fmt::format(":{}:_files", zsh_text(o.value));
    default:
      return fmt::format(":{}: ", zsh_text(o.value));
  }
}

std::string zsh_arguments(const Command& c) {
  std::string out;
  for (const Option& o : c.options) {
    for (const std::string& name : o.names) {
      out += fmt::format(" \\\n        {}",
                         quoted("*" + name + "[" + zsh_text(o.about) + "]" + zsh_action(o)));
    }
  }
  for (const Option& p : c.positionals) {
    out += fmt::format(" \\\n        {}", quoted((p.repeats ? "*" : "") + zsh_action(p)));
  }
  return out;
}

// ---- fish ----

std::string fish_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "'";
}

std::string fish_value(const Option& o) {
  switch (o.kind) {
    case Kind::kFlag:
      return "";
    case Kind::kChoice:
      return " -x -a " + fish_quoted(joined(o.choices));
    case Kind::kFolder:
      return " -x -a '(__fish_complete_directories)'";
    case Kind::kFile:
      return " -r -F";
    default:
      return " -x";
  }
}

std::string fish_option(const std::string& when, const Option& o) {
  std::string out = "complete -c cadrecode -n " + fish_quoted(when);
  for (const std::string& name : o.names) {
    out += name[1] == '-' ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  return out + fish_value(o) + " -d " + fish_quoted(o.about) + "\n";
}

}  // namespace

std::string bash_completions(const Command& program) {
  std::string values, words, positionals;
  std::vector<std::string> commands;
  for (const Command& c : program.commands) {
    commands.push_back(c.name);
    values += bash_command(c);
    words += fmt::format("      {}) words=\"{}\" ;;\n", c.name, option_names(c));
    positionals += fmt::format("    {}) {} ;;\n", c.name, bash_positionals(c));
  }
  return fmt::format(R"(# bash completion of cadrecode, written by `cadrecode manual bash`
_cadrecode_paths() {{
  local IFS=$'\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$cur"))
}}
_cadrecode() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} command="" words="{0}" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ ${{COMP_WORDS[i]}} == -* ]] || {{ command=${{COMP_WORDS[i]}}; break; }}
  done
  case "$command:$prev" in
{1}  esac
  if [[ $cur == -* ]]; then
    case "$command" in
{2}    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    return
  fi
  case "$command" in
    "") COMPREPLY=($(compgen -W "{3}" -- "$cur")) ;;
{4}  esac
}}
complete -F _cadrecode cadrecode
)",
                     option_names(program), values, words, joined(commands), positionals);
}

std::string zsh_completions(const Command& program) {
  std::string names, cases;
  for (const Command& c : program.commands) {
    std::string about = c.about;
    names += fmt::format("    {}\n", quoted(c.name + ":" + zsh_text(about)));
    cases += fmt::format("      {}) _arguments{} ;;\n", c.name, zsh_arguments(c));
  }
  return fmt::format(R"(#compdef cadrecode
# zsh completion of cadrecode, written by `cadrecode manual zsh`
_cadrecode() {{
  local state line
  local -a commands
  commands=(
{0}  )
  _arguments -C{1} \
    '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $line[1] in
{2}      esac ;;
  esac
}}
_cadrecode "$@"
)",
                     names, zsh_arguments({program.name, "", "", {}, program.options, {}}), cases);
}

std::string fish_completions(const Command& program) {
  std::string out = "# fish completion of cadrecode, written by `cadrecode manual fish`\n";
  for (const Option& o : program.options) out += fish_option("__fish_use_subcommand", o);
  for (const Command& c : program.commands) {
    out += fmt::format("complete -c cadrecode -f -n __fish_use_subcommand -a {} -d {}\n", c.name,
                       fish_quoted(c.about));
    const std::string when = "__fish_seen_subcommand_from " + c.name;
    for (const Option& p : c.positionals) {
      if (!p.choices.empty())
        out += fmt::format("complete -c cadrecode -n {} -a {}\n", fish_quoted(when),
                           fish_quoted(joined(p.choices)));
    }
    for (const Option& o : c.options) out += fish_option(when, o);
  }
  return out;
}

}  // namespace cadrecode::command_line
