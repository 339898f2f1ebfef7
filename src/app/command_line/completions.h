// The tables as completions for shells: commands, options, the words an option allows, files
// and folders where one is meant, nothing where a number is.
#pragma once

#include <string>

#include "app/command_line/table.h"

namespace cadrecode::command_line {

std::string bash_completions(
    const Command& program);                          // share/bash-completion/completions/cadrecode
std::string zsh_completions(const Command& program);  // share/zsh/site-functions/_cadrecode
std::string fish_completions(
    const Command& program);  // share/fish/vendor_completions.d/cadrecode.fish

}  // namespace cadrecode::command_line
