// cadrecode-train: the commands that need libtorch. `cadrecode train …` runs
// this; it may be called by itself, under torchrun for instance.
#include <cstdio>

#include "app/cli/exit_code.h"
#include "app/train_cli/commands.h"
#include "base/error.h"

int main(int argc, char** argv) {
  using namespace cadrecode;
  CLI::App app{"The commands of cadrecode that need libtorch."};
  app.set_version_flag("--version", "cadrecode-train " CADRECODE_VERSION);
  app.require_subcommand(1);
  train_cli::Action action;
  train_cli::add_train(app, action);
  train_cli::add_merge(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return error.get_exit_code() == 0 ? app.exit(error) : (app.exit(error), cli::kUsage);
  }
  try {
    return action();
  } catch (const Error& error) {
    const std::string place = to_string(error.place());
    std::fprintf(stderr, "cadrecode: %s%s%s\n", place.c_str(), place.empty() ? "" : ": ",
                 error.what());
    return cli::exit_code(error.kind());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cadrecode: internal error: %s\n", error.what());
    return cli::kInternal;
  }
}
