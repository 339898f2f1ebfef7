// The tables as pages: --help, manual pages, the reference in docs/.
#pragma once

#include <string>
#include <vector>

#include "app/command_line/table.h"

namespace cadrecode::command_line {

// What --help prints for `app`, a program or one of its commands.
std::string help(const CLI::App& app);

struct Page {
  std::string name;  // cadrecode.1, cadrecode-sample.1
  std::string text;
};
// Section 1 of the manual, man(7) macros: one page for the program, one a command.
std::vector<Page> manual_pages(const Command& program, const std::string& version);

// One Markdown page: every command with its options as a table.
std::string reference(const Command& program);

}  // namespace cadrecode::command_line
