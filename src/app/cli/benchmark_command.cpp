// cadrecode benchmark, cadrecode report: systems beside each other on data sets.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/files.h"
#include "base/folder_lock.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "evaluation/benchmark/publish.h"
#include "evaluation/benchmark/run.h"
#include "evaluation/benchmark/store.h"

namespace cadrecode::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

struct Settings {
  std::string config, folder, shard, layout = "plain";
  std::vector<std::string> data, predictions;
  int threads = 0;
  bool rescore = false, no_report = false, no_pictures = false, json = false;
  uint64_t limit = 0, block = 0;
};

// "NAME=PATH", or PATH alone.
std::pair<std::string, std::string> named(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || fs::exists(text)) {
    const std::string path = text.ends_with('/') ? text.substr(0, text.size() - 1) : text;
    return {stem(path), text};
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

// Without a file: data sets and predictions as they stand on the command line.
std::string config_of_words(const Settings& s) {
  const auto quoted = [](const std::string& text) { return ordered_json(text).dump(); };
  std::string yaml = "data:\n";
  for (const std::string& d : s.data) {
    const auto [name, path] = named(d);
    yaml += "  - {name: " + quoted(name) + ", path: " + quoted(path) + "}\n";
  }
  yaml += "systems:\n";
  for (const std::string& p : s.predictions) {
    const auto [name, path] = named(p);
    yaml += "  - {name: " + quoted(name) + ", predictions: " + quoted(path) + "}\n";
  }
  return yaml;
}

// The configuration is kept beside the results, for `report` and whoever reads them.
std::string config_text(const Settings& s) {
  if (!s.config.empty()) return read_file(s.config, size_t{16} << 20);
  if (!s.data.empty()) return config_of_words(s);
  return read_file(s.folder + "/benchmark.yaml", size_t{16} << 20);
}

benchmark::Config read(const Settings& s) {
  const std::string name = !s.config.empty() ? s.config : s.folder + "/benchmark.yaml";
  benchmark::Config config = benchmark::read_config(config_text(s), name);
  for (benchmark::DataConfig& d : config.data)
    if (s.limit) d.limit = d.limit ? std::min(d.limit, s.limit) : s.limit;
  return config;
}

std::string value(const report::Estimate& e, double scale, int digits) {
  return e.value ? report::plain_number(*e.value * scale, digits) : "-";
}

void print_for_people(const benchmark::Published& p) {
  for (const report::Cell& c : p.analysis.cells) {
    if (c.candidates == 1 && c.choice != p.options.choose.front()) continue;
    const bool official = c.mean_iou_official.value.has_value();
    fmt::print(
        "{} by {}, {}: {} parts  mean CD {}  median CD {}  mean IoU {} %  median {} %  IR {} %\n",
        c.data, c.system, report::choice_words(c.choice, c.candidates), c.parts,
        value(c.mean_cd, 1, 3), value(c.median_cd, 1, 3),
        value(official ? c.mean_iou_official : c.mean_iou, 100, 2),
        value(official ? c.median_iou_official : c.median_iou, 100, 2),
        value(c.invalid_ratio, 100, 2));
    if (c.truths_failed)
      fmt::print(stderr, "note: {} truths of {} could not be measured and are not counted\n",
                 c.truths_failed, c.data);
  }
  for (const std::string& file : p.files) fmt::print("wrote {}\n", file);
}

void print_json(const benchmark::Published& p) {
  const auto number = [](const report::Estimate& e) {
    return e.value ? ordered_json(*e.value) : ordered_json(nullptr);
  };
  for (const report::Cell& c : p.analysis.cells) {
    const ordered_json j = {{"data", c.data},
                            {"system", c.system},
                            {"choice", report::to_string(c.choice)},
                            {"candidates", c.candidates},
                            {"parts", c.parts},
                            {"truths_failed", c.truths_failed},
                            {"mean_cd", number(c.mean_cd)},
                            {"median_cd", number(c.median_cd)},
                            {"mean_iou", number(c.mean_iou)},
                            {"mean_iou_official", number(c.mean_iou_official)},
                            {"invalid_ratio", number(c.invalid_ratio)}};
    fmt::print("{}\n", j.dump());
  }
}

execute::Limits limits_of(const benchmark::Config& config) {
  execute::Limits limits;
  limits.worker.cpu_seconds = config.cpu_seconds;
  return limits;
}

int make_report(const Settings& s, const benchmark::Config& config) {
  const int threads = s.threads > 0
                          ? s.threads
                          : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  execute::Executor executor(static_cast<size_t>(threads), limits_of(config));
  const auto published = benchmark::publish(s.folder, config, {threads, !s.no_pictures}, &executor);
  if (s.layout == "opencadrecode")
    benchmark::write_peer_layout(s.folder, config, published, executor);
  if (s.json) {
    print_json(published);
  } else {
    print_for_people(published);
  }
  return kDone;
}

int run(const Settings& s) {
  watch_interrupts();
  const benchmark::Config config = read(s);
  benchmark::RunOptions options;
  options.folder = s.folder;
  options.share = share_from_string(s.shard);
  options.threads = s.threads;
  options.rescore = s.rescore;
  options.block = s.block;
  options.stop = interrupted;
  benchmark::RunReport report;
  {
    std::unique_ptr<Progress> progress;
    options.progress = [&](const std::string& what, uint64_t done, uint64_t total) {
      if (!progress) progress = std::make_unique<Progress>("benchmark", total);
      progress->update(done, what);
    };
    const FolderLock lock(s.folder, file_suffix(options.share));
    report = benchmark::run(config, options);
  }
  // After the run, so that a folder refused is left as it was.
  write_file(s.folder + "/benchmark.yaml", config_text(s));
  if (report.resumed)
    fmt::print(stderr, "{} of {} parts were done before\n", report.resumed, report.parts);
  if (!report.finished) {
    fmt::print(stderr, "interrupted; the same command continues\n");
    return kInterrupted;
  }
  if (!options.share.whole()) {
    fmt::print(stderr, "shard {} is done; when all are: cadrecode report {}\n",
               to_string(options.share), s.folder);
    return kDone;
  }
  return s.no_report ? kDone : make_report(s, config);
}

void add_common(CLI::App* command, const std::shared_ptr<Settings>& s) {
  command->add_option("--threads", s->threads, "0: one per core")->capture_default_str();
  command->add_option("--layout", s->layout, "plain; opencadrecode: its folders and files too")
      ->capture_default_str()
      ->check(CLI::IsMember({"plain", "opencadrecode"}));
  command->add_flag("--no-pictures", s->no_pictures, "Leave the page's pictures of parts out");
  command->add_flag("--json", s->json, "The main figures as one JSON object a line");
}

}  // namespace

void add_benchmark(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  CLI::App* command = app.add_subcommand(
      "benchmark", "Systems beside each other on data sets: every published table");
  command->add_option("--config", s->config, "YAML: data, systems, protocol (docs/benchmark.md)")
      ->type_name("FILE");
  command
      ->add_option("--data", s->data,
                   "Instead: a folder or rows as a data set, with --predictions; NAME=PATH or PATH")
      ->type_name("DATA");
  command->add_option("--predictions", s->predictions, "<stem>+<k>.py, .step or .stl, or rows")
      ->type_name("DATA");
  command->add_option("-o,--output", s->folder, "Folder; run again to continue")
      ->required()
      ->type_name("DIR");
  command->add_option("--shard", s->shard,
                      "I/N: every N-th part from number I on; auto: as Slurm or MPI say.\n"
                      "When all are done: cadrecode report DIR");
  command->add_option("--limit", s->limit, "Parts of each data set at most; 0: all");
  command->add_option(
      "--block", s->block,
      "Parts worked on together, what a kill may cost; 0: 64. No result depends on it");
  command->add_flag("--rescore", s->rescore,
                    "Compute the figures again from the stored answers, without the systems");
  command->add_flag("--no-report", s->no_report, "Rows only");
  add_common(command, s);
  command->callback([s, &action] {
    if (s->config.empty() == s->data.empty() || s->data.empty() != s->predictions.empty())
      throw CLI::ValidationError("benchmark", "give --config, or --data with --predictions");
    action = [s] { return run(*s); };
  });
}

void add_report(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  CLI::App* command =
      app.add_subcommand("report", "Merge a benchmark's shards and write its tables and page");
  command->add_option("folder", s->folder, "What benchmark -o has written")
      ->required()
      ->type_name("DIR");
  command->add_option("--config", s->config, "Another configuration than the one kept in DIR")
      ->type_name("FILE");
  add_common(command, s);
  command->callback([s, &action] {
    action = [s] {
      watch_interrupts();
      return make_report(*s, read(*s));
    };
  });
}

}  // namespace cadrecode::cli
