// cadrecode plot: a training run's curves as a picture.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/files.h"
#include "learning/runlog/curves.h"

namespace cadrecode::cli {
namespace {

struct Settings {
  std::vector<std::string> runs;
  std::string output = "curves.svg";
  runlog::CurveOptions curves;
};

// A run's folder, or its log itself.
runlog::Run load_run(const std::string& path) {
  namespace fs = std::filesystem;
  const fs::path log = fs::is_directory(path) ? fs::path(path) / "log.jsonl" : fs::path(path);
  const std::string name = fs::is_directory(path)
                               ? fs::absolute(path).lexically_normal().filename().string()
                               : log.stem().string();
  return {name.empty() ? path : name, runlog::read_log(log.string())};
}

int plot(const Settings& settings) {
  std::vector<runlog::Run> runs;
  for (const std::string& path : settings.runs) runs.push_back(load_run(path));
  write_file(settings.output, runlog::curves_svg(runs, settings.curves));
  fmt::print("{}\n", settings.output);
  return kDone;
}

}  // namespace

void add_plot(CLI::App& app, Action& action) {
  auto settings = std::make_shared<Settings>();
  CLI::App* command = app.add_subcommand("plot", "Draw the curves of training runs as SVG");
  command->add_option("runs", settings->runs, "folders of runs, or their log.jsonl")->required();
  command->add_option("-o,--output", settings->output, "the picture")->capture_default_str();
  command->add_option("--values", settings->curves.names, "which values (default: all)")
      ->delimiter(',');
  command->add_flag("--log", settings->curves.log_scale, "logarithmic values");
  command
      ->add_option("--smooth", settings->curves.smoothing,
                   "0 to below 1: draw the exponential mean too")
      ->check(CLI::Range(0.0, 0.999));
  command->callback([&action, settings] { action = [settings] { return plot(*settings); }; });
}

}  // namespace cadrecode::cli
