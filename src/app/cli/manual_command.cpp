// cadrecode manual: completions, manual pages and the reference, from the program's own tables.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "app/command_line/completions.h"
#include "app/command_line/pages.h"
#include "app/command_line/training.h"
#include "base/files.h"

namespace cadrecode::cli {
namespace {

struct Settings {
  std::string what, output;
};

// The tables of `app`, with those of the commands that cadrecode-train parses.
command_line::Command whole_table(const CLI::App& app) {
  CLI::App training;
  command_line::TrainWords train;
  command_line::MergeWords merge;
  command_line::declare_train(training, train);
  command_line::declare_merge(training, merge);
  const command_line::Command real = command_line::table_of(training);
  command_line::Command table = command_line::table_of(app);
  for (command_line::Command& c : table.commands) {
    for (const command_line::Command& t : real.commands) {
      if (c.name == t.name) c = t;
    }
  }
  return table;
}

std::string text_of(const std::string& what, const command_line::Command& table) {
  if (what == "bash") return command_line::bash_completions(table);
  if (what == "zsh") return command_line::zsh_completions(table);
  if (what == "fish") return command_line::fish_completions(table);
  return command_line::reference(table);
}

int manual(const CLI::App& app, const Settings& settings) {
  const command_line::Command table = whole_table(app);
  if (settings.what == "man") {
    const std::filesystem::path folder = settings.output.empty() ? "." : settings.output;
    std::filesystem::create_directories(folder);
    for (const command_line::Page& page : command_line::manual_pages(table, CADRECODE_VERSION)) {
      write_file((folder / page.name).string(), page.text);
    }
  } else if (settings.output.empty()) {
    fmt::print("{}", text_of(settings.what, table));
  } else {
    write_file(settings.output, text_of(settings.what, table));
  }
  return kDone;
}

}  // namespace

void add_manual(CLI::App& app, Action& action) {
  auto settings = std::make_shared<Settings>();
  CLI::App* command = app.add_subcommand(
      "manual", "Write completions for a shell, manual pages, or the reference of all commands");
  command
      ->add_option("what", settings->what,
                   "bash, zsh, fish: completions; man: pages; reference: Markdown")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish", "man", "reference"}));
  command
      ->add_option("-o,--output", settings->output,
                   "File, or folder of the pages; else stdout (pages: .)")
      ->type_name("PATH");
  command->callback(
      [&app, &action, settings] { action = [&app, settings] { return manual(app, *settings); }; });
}

}  // namespace cadrecode::cli
