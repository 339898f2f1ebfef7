// Manual pages in man(7) macros.
#include <fmt/format.h>

#include "app/command_line/pages.h"

namespace cadrecode::command_line {
namespace {

// Backslashes and hyphens as roff wants them; a line must not begin with a dot or a quote.
std::string roff(const std::string& text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_start = c == '\n';
  }
  return out;
}

std::string title(const std::string& name, const std::string& version) {
  std::string upper;
  for (const char c : name) upper += static_cast<char>(std::toupper(c));
  return fmt::format(".TH {} 1 \"\" \"cadrecode {}\" \"User Commands\"\n", roff(upper), version);
}

std::string options(const char* heading, const std::vector<Option>& options) {
  if (options.empty()) return "";
  std::string out = fmt::format(".SH {}\n", heading);
  for (const Option& o : options) {
    std::string names;
    if (o.names[0][0] != '-') {
      names = "\\fI" + roff(o.value) + "\\fR";
    } else {
      for (const std::string& n : o.names)
        names += (names.empty() ? "\\fB" : ", \\fB") + roff(n) + "\\fR";
      if (!o.value.empty()) names += " \\fI" + roff(o.value) + "\\fR";
    }
    if (o.repeats) names += " ...";
    out += fmt::format(".TP\n{}\n{}", names, roff(o.about));
    const std::string said = constraints(o);
    if (!said.empty()) out += "\n" + roff(said);
    out += "\n";
  }
  return out;
}

std::string command_page(const Command& program, const Command& c, const std::string& version) {
  const std::string name = program.name + "-" + c.name;
  std::string out = title(name, version);
  out += fmt::format(".SH NAME\n{} \\- {}\n.SH SYNOPSIS\n.B {}\n", roff(name), roff(c.about),
                     roff(synopsis(program.name, c)));
  out += options("INPUTS", c.positionals) + options("OPTIONS", c.options);
  return out + fmt::format(".SH SEE ALSO\n.BR {} (1)\n", program.name);
}

}  // namespace

std::vector<Page> manual_pages(const Command& program, const std::string& version) {
  std::string out = title(program.name, version);
  std::string about = program.about;
  for (char& c : about) c = c == '\n' ? ' ' : c;
  out += fmt::format(".SH NAME\n{} \\- scans to editable CadQuery programs\n.SH SYNOPSIS\n.B {}\n",
                     program.name, roff(synopsis(program.name, program)));
  out += fmt::format(".SH DESCRIPTION\n{}\n.SH COMMANDS\n", roff(about));
  for (const Command& c : program.commands) {
    out += fmt::format(".TP\n.BR {} (1)\n{}\n", roff(program.name + "-" + c.name), roff(c.about));
  }
  out += options("OPTIONS", program.options);
  out += fmt::format(".SH EXIT STATUS\n{}\n", roff(program.footer));
  std::vector<Page> pages = {{program.name + ".1", std::move(out)}};
  for (const Command& c : program.commands) {
    pages.push_back({program.name + "-" + c.name + ".1", command_page(program, c, version)});
  }
  return pages;
}

}  // namespace cadrecode::command_line
