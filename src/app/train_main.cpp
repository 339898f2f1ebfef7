// cadrecode-train: the commands that need libtorch. `cadrecode train …` runs
// this; it may be called by itself, under torchrun for instance.
#include <malloc.h>

#include <cstdio>
#include <limits>

#include "app/cli/exit_code.h"
#include "app/command_line/pages.h"
#include "app/train_cli/commands.h"
#include "base/error.h"

// Big tensors come and go with every layer: their memory is kept, not given back to
// the system page by page (glibc would map and clear it anew each time).
static void keep_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  mallopt(M_TOP_PAD, 64 << 20);
#endif
}

int main(int argc, char** argv) {
  using namespace cadrecode;
  keep_memory();
  CLI::App app{"The commands of cadrecode that need libtorch.", "cadrecode-train"};
  app.formatter_fn([](const CLI::App* a, std::string, CLI::AppFormatMode) {
    return command_line::help(*a);
  });
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
