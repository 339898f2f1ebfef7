#include <cstdio>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "app/cli/suggest.h"
#include "app/command_line/pages.h"
#include "base/error.h"

#ifndef CADRECODE_VERSION
#define CADRECODE_VERSION "unknown"
#endif

namespace {

using namespace cadrecode;

constexpr const char* kFooter =
    "Results go to stdout, everything else to stderr.\n"
    "Exit codes: 0 done, 1 some inputs failed, 2 usage, 3 bad input, 4 unsupported,\n"
    "5 resource limit, 70 internal error, 130 interrupted.";

// The first word that is no option, if it names no command.
std::string unknown_command(const CLI::App& app, int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (argv[i][0] == '-') continue;
    auto commands = app.get_subcommands([&](const CLI::App* c) { return c->check_name(argv[i]); });
    return commands.empty() ? argv[i] : "";
  }
  return "";
}

int report_usage(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
  std::string unknown = unknown_command(app, argc, argv);
  std::string message = unknown.empty() ? error.what() : "there is no command '" + unknown + "'";
  std::fprintf(stderr, "cadrecode: %s\n", message.c_str());
  std::string hint = cli::suggestion(app, unknown.empty() ? message : unknown);
  if (!hint.empty()) std::fprintf(stderr, "Did you mean %s?\n", hint.c_str());
  std::fprintf(stderr, "Run 'cadrecode --help' or 'cadrecode COMMAND --help'.\n");
  return cli::kUsage;
}

int report(const Error& error) {
  std::string place = to_string(error.place());
  std::fprintf(stderr, "cadrecode: %s%s%s\n", place.c_str(), place.empty() ? "" : ": ",
               error.what());
  return cli::exit_code(error.kind());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Turns scans, meshes, point clouds and STEP files into editable CadQuery programs,\n"
      "and runs CadQuery programs natively and safely.",
      "cadrecode"};
  app.formatter_fn(
      [](const CLI::App* a, std::string, CLI::AppFormatMode) { return command_line::help(*a); });
  app.set_version_flag("--version", "cadrecode " CADRECODE_VERSION);
  app.require_subcommand(1);
  app.footer(kFooter);
  cli::Action action;
  cli::add_reconstruct(app, action);
  cli::add_parametrize(app, action);
  cli::add_ask(app, action);
  cli::add_serve(app, action);
  cli::add_run(app, action);
  cli::add_sample(app, action);
  cli::add_metric(app, action);
  cli::add_benchmark(app, action);
  cli::add_report(app, action);
  cli::add_data(app, action);
  cli::add_training(app, action);
  cli::add_generate(app, action);
  cli::add_stats(app, action);
  cli::add_infer(app, action);
  cli::add_plot(app, action);
  cli::add_convert(app, action);
  cli::add_index(app, action);
  cli::add_doctor(app, action);
  cli::add_manual(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return report_usage(app, error, argc, argv);
  }
  try {
    return action();
  } catch (const Error& error) {
    return report(error);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cadrecode: internal error: %s\n", error.what());
    return cli::kInternal;
  }
}
