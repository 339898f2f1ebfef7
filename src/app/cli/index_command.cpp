// cadrecode index: the lists and point caches training code expects beside a
// folder of programs.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/progress.h"
#include "geometry/cloud/sample.h"
#include "learning/dataset/folder.h"
#include "pipeline/execute/execute.h"

namespace cadrecode::cli {
namespace {

using nlohmann::ordered_json;

struct Settings {
  std::string root, batches = "batch_*";
  std::vector<std::string> splits = {"train", "val"};
  size_t points = 256, threads = 0;
  uint64_t seed = 0;
  bool overwrite = false, caches = false, json = false;
};

// Programs beyond sketch and extrude, by the kernel's workers, one at a time.
dataset::Execute execution(execute::Executor& executor, std::mutex& mutex) {
  return [&](const dataset::Row& row, size_t count, uint64_t seed) {
    execute::Job job;
    job.code = row.code, job.tessellate = true;
    const std::lock_guard lock(mutex);
    const execute::Outcome outcome = executor.run(job);
    if (outcome.failure) {
      throw Error(outcome.failure->kind, outcome.failure->message,
                  {"", outcome.failure->line, outcome.failure->column});
    }
    return cloud::sample_surface(outcome.mesh, count, seed).cloud.points;
  };
}

ordered_json cache_split(const Settings& s, const std::string& split, execute::Executor& executor) {
  const std::string folder = (std::filesystem::path(s.root) / split).string();
  const auto samples = dataset::read_split(folder);
  Progress progress("caches of " + split, samples.size());
  std::mutex mutex;
  size_t most = 0;
  const auto summary =
      dataset::make_caches(folder, samples, s.points, s.seed, s.threads, execution(executor, mutex),
                           [&](size_t done) { progress.update(most = std::max(most, done)); });
  for (const auto& [id, reason] : summary.failed) {
    fmt::print(stderr, "{}: {}\n", id, reason);
  }
  return {{"split", split},
          {"present", summary.present},
          {"made", summary.made},
          {"remade", summary.remade},
          {"failed", summary.failed.size()}};
}

int run(Settings s) {
  std::unique_ptr<execute::Executor> executor;  // forks: before any thread
  if (s.caches) executor = std::make_unique<execute::Executor>(1);
  std::vector<std::string> splits;
  for (const std::string& split : s.splits) {
    if (std::filesystem::is_directory(std::filesystem::path(s.root) / split)) {
      splits.push_back(split);
    } else {
      fmt::print(stderr, "cadrecode: no split '{}' in '{}'\n", split, s.root);
    }
  }
  if (splits.empty())
    throw Error(ErrorKind::kInput, "'" + s.root + "' holds none of the splits", {s.root, 0, 0});
  ordered_json caches = ordered_json::array();
  uint64_t failed = 0;
  for (const std::string& split : s.caches ? splits : std::vector<std::string>{}) {
    caches.push_back(cache_split(s, split, *executor));
    failed += caches.back()["failed"].get<uint64_t>();
  }
  // Behind the caches, whose failures are left out.
  const uint64_t count = dataset::write_indices(s.root, splits, s.overwrite, s.batches);
  if (s.json) {
    fmt::print("{}\n", ordered_json{{"count", count}, {"caches", caches}}.dump());
  } else {
    fmt::print("{} samples in {} splits\n", count, splits.size());
    for (const auto& c : caches) fmt::print("caches of {}\n", c.dump());
  }
  return failed ? kSomeFailed : kDone;
}

}  // namespace

void add_index(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  CLI::App* c =
      app.add_subcommand("index", "List the programs of a folder, and draw its point caches");
  c->add_option("root", s->root, "The folder that holds the splits")->required()->type_name("DIR");
  c->add_option("--splits", s->splits, "Folders in it")->capture_default_str();
  c->add_option("--batches", s->batches, "Pattern of the folders within a split")
      ->capture_default_str();
  c->add_flag("--overwrite", s->overwrite, "Write indices that exist anew");
  c->add_flag(
      "--caches", s->caches,
      "Draw point_cloud_cache/ID.npy where missing or wrong; failures go to error_samples.json");
  c->add_option("--points", s->points, "Points of a cache")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  c->add_option("--seed", s->seed, "Same seed, same points")->capture_default_str();
  c->add_option("--threads", s->threads, "0: one a core; the result does not depend on it")
      ->capture_default_str();
  c->add_flag("--json", s->json, "One JSON object");
  c->callback([s, &action] { action = [s] { return run(*s); }; });
}

}  // namespace cadrecode::cli
