// cadrecode generate: procedural parts, as a data set of any size.
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/audit.h"
#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/files.h"
#include "base/folder_lock.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/share.h"
#include "learning/procgen/run.h"

namespace cadrecode::cli {
namespace {

using nlohmann::ordered_json;

struct Settings {
  std::string folder, config, shard;
  std::vector<std::string> overrides;
  uint64_t count = 0, seed = 0, shard_rows = 65536;
  size_t threads = std::max(1u, std::thread::hardware_concurrency());
  double audit = 0.01;
  bool json = false;
};

procgen::RunOptions run_options(const Settings& s) {
  procgen::RunOptions o;
  o.folder = s.folder;
  o.count = s.count;
  o.seed = s.seed;
  if (!s.config.empty()) o.knobs = procgen::load_knobs(s.config);
  for (const std::string& word : s.overrides) procgen::override_knobs(o.knobs, word);
  o.threads = s.threads;
  o.shard_rows = s.shard_rows;
  return o;
}

// What is a function of the settings alone; timings go to stdout.
ordered_json summary(const procgen::RunOptions& o, const procgen::RunReport& r,
                     const std::optional<Audit>& audit) {
  ordered_json gates;
  for (size_t g = 0; g < procgen::kGates; ++g) {
    gates[procgen::to_string(static_cast<procgen::Gate>(g))] = r.refused[g];
  }
  ordered_json j{{"count", r.rows},
                 {"valid", r.rows},
                 {"duplicates", r.duplicates},
                 {"candidates", r.candidates},
                 {"attempts_refused", gates},
                 {"seed", o.seed},
                 {"knobs", procgen::fingerprint(o.knobs)},
                 {"audit", nullptr}};
  if (!audit) return j;
  ordered_json failures = ordered_json::array();
  for (const Audit::Failure& f : audit->failures) {
    failures.push_back({{"id", f.id}, {"reason", f.reason}});
  }
  j["audit"] = {{"share", audit->share},
                {"audited", audit->audited},
                {"valid", audit->valid},
                {"failures", failures}};
  return j;
}

uint64_t bytes_of_shards(const std::string& folder) {
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("shard-", 0) == 0) bytes += entry.file_size();
  }
  return bytes;
}

void print(const Settings& s, ordered_json j, double seconds) {
  j["seconds"] = seconds;
  j["bytes"] = bytes_of_shards(s.folder);
  if (s.json) {
    fmt::print("{}\n", j.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
    return;
  }
  fmt::print("{}: {} programs, {} duplicates dropped, {:.0f} s, {:.1f} MB\n", s.folder,
             j["count"].get<uint64_t>(), j["duplicates"].get<uint64_t>(), seconds,
             j["bytes"].get<double>() / 1e6);
  if (j["audit"].is_null()) return;
  fmt::print("audit: {} of {} valid on the kernel\n", j["audit"]["valid"].get<uint64_t>(),
             j["audit"]["audited"].get<uint64_t>());
}

// One machine's share of the candidates.
int draw_share(const Settings& s, procgen::RunOptions& o) {
  const Share share = share_from_string(s.shard);
  Progress progress("candidates", s.count / share.count);
  o.progress = [&](uint64_t rows, uint64_t) {
    progress.update(rows);
    return !interrupted();
  };
  const uint64_t drawn = procgen::draw_candidates(o, share.index, share.count);
  fmt::print(stderr,
             "{} candidates drawn; when all shards are there, run the same command "
             "without --shard\n",
             drawn);
  return interrupted() ? kInterrupted : kDone;
}

int run(const Settings& s) {
  const auto start = std::chrono::steady_clock::now();
  watch_interrupts();
  procgen::RunOptions o = run_options(s);
  if (!s.shard.empty()) return draw_share(s, o);
  const FolderLock lock(s.folder);
  // Its workers fork while this process has one thread.
  std::optional<execute::Executor> executor;
  if (s.audit > 0) executor.emplace(s.threads);
  procgen::RunReport report;
  {
    Progress progress("generate", s.count);
    o.progress = [&](uint64_t rows, uint64_t duplicates) {
      progress.update(rows, fmt::format("{} duplicates", duplicates));
      return !interrupted();
    };
    report = procgen::write_set(o);
  }
  if (!report.finished) {
    fmt::print(stderr, "stopped; complete shards are kept, the same command continues\n");
    return kInterrupted;
  }
  std::optional<Audit> checked;
  if (executor) {
    checked = audit(dataset::ShardSet(s.folder), s.seed, s.audit, *executor);
    if (checked->stopped) return kInterrupted;
  }
  const ordered_json j = summary(o, report, checked);
  write_file(s.folder + "/summary.json",
             j.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n");
  std::filesystem::remove_all(s.folder + "/candidates");
  print(s, j, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return kDone;
}

}  // namespace

void add_generate(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  CLI::App* command =
      app.add_subcommand("generate", "Draw procedural parts as programs, into shards");
  command->add_option("-o,--output", s->folder, "Folder for shard-00000.jsonl.zst …")
      ->required()
      ->type_name("DIR");
  command->add_option("--count", s->count, "Programs, all different")
      ->required()
      ->check(CLI::Range(uint64_t{1}, uint64_t{1'000'000'000}));
  command->add_option("--seed", s->seed, "Same seed, same programs")->capture_default_str();
  command->add_option("--config", s->config, "The generator's knobs (configs/generate/*.yaml)")
      ->type_name("FILE");
  command->add_option("knobs", s->overrides, "Knobs over the file's: key=value")
      ->type_name("KEY=VALUE");
  command->add_option("--threads", s->threads, "Threads; no effect on the result")
      ->default_str("one a core")
      ->check(CLI::Range(1, 1024));
  command
      ->add_option("--shard", s->shard,
                   "Only draw share I of N of the candidates, for several machines; the same "
                   "command without it then writes the set")
      ->type_name("I/N");
  command->add_option("--shard-rows", s->shard_rows, "Programs in one shard")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000'000));
  command->add_option("--audit", s->audit, "Share executed on the CAD kernel afterwards")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  command->add_flag("--json", s->json, "One JSON object");
  command->callback([s, &action] { action = [s] { return run(*s); }; });
}

}  // namespace cadrecode::cli
