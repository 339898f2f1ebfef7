// cadrecode run: executes CadQuery programs and says what they made.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "app/cli/batch.h"
#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "pipeline/execute/execute.h"

namespace cadrecode::cli {
namespace {

struct RunOptions {
  std::vector<std::string> programs, outputs;
  std::string batch;
  bool json = false;
  size_t jobs = 1;
  double cpu_seconds = 10, wall_seconds = 300;
  size_t memory_mb = 4096;
};

// "{stem}" and "{id}" in an output name stand for the program's; an id's
// slashes must not walk out of the folder.
std::string expand(std::string name, const std::string& id) {
  std::string safe = id;
  for (char& c : safe) {
    if (c == '/' || c == '\\') c = '_';
  }
  for (auto [word, text] :
       {std::pair<std::string, std::string>{"{id}", safe}, {"{stem}", stem(id)}}) {
    for (size_t at; (at = name.find(word)) != std::string::npos;)
      name.replace(at, word.size(), text);
  }
  return name;
}

std::string where(const execute::Outcome& outcome) {
  std::string text = outcome.id;
  if (outcome.failure->line > 0) text += fmt::format(":{}", outcome.failure->line);
  if (outcome.failure->column > 0) text += fmt::format(":{}", outcome.failure->column);
  return text;
}

void print_for_people(const execute::Outcome& o) {
  if (!o.log.empty()) std::fputs(o.log.c_str(), stderr);
  if (o.failure) {
    fmt::print(stderr, "{}: {} error: {}\n", where(o), to_string(o.failure->kind),
               o.failure->message);
  }
  if (o.facts) {
    const execute::Facts& f = *o.facts;
    fmt::print("{}: {}\n", o.id,
               f.valid ? "valid solid" : "INVALID solid (the kernel's check failed)");
    fmt::print("  volume {:.6g}   area {:.6g}\n", f.volume, f.area);
    fmt::print("  size   {:.6g} x {:.6g} x {:.6g}   from ({:.6g}, {:.6g}, {:.6g})\n",
               f.bbox[3] - f.bbox[0], f.bbox[4] - f.bbox[1], f.bbox[5] - f.bbox[2], f.bbox[0],
               f.bbox[1], f.bbox[2]);
    fmt::print("  solids {}   faces {}   edges {}   vertices {}   ({:.1f} ms)\n", f.solids, f.faces,
               f.edges, f.vertices, o.seconds * 1e3);
  }
  for (const std::string& name : o.written) fmt::print("  wrote  {}\n", name);
  for (const std::string& name : o.requested) {
    fmt::print(stderr, "  note: the program asks to export '{}'; programs write no files, use -o\n",
               name);
  }
}

void check(const RunOptions& options) {
  if (options.programs.empty() == options.batch.empty()) {
    throw CLI::ValidationError("run", "give programs, or --batch FILE, and not both");
  }
  bool many = !options.batch.empty() || options.programs.size() > 1;
  for (const std::string& name : options.outputs) {
    bool varies =
        name.find("{id}") != std::string::npos || name.find("{stem}") != std::string::npos;
    if (many && !varies) {
      throw CLI::ValidationError("-o", "several programs would all write '" + name +
                                           "'; put {id} or {stem} into the name");
    }
  }
}

struct Tally {
  size_t done = 0, failed = 0;
  std::optional<ErrorKind> last_failure;
};

void take(const RunOptions& options, const execute::Outcome& outcome, Tally& tally) {
  if (options.json) {
    std::puts(execute::to_json(outcome).c_str());
  } else {
    print_for_people(outcome);
  }
  std::fflush(stdout);
  ++tally.done;
  if (outcome.failure) ++tally.failed, tally.last_failure = outcome.failure->kind;
}

int run(const RunOptions& options) {
  execute::Limits limits;
  limits.worker.cpu_seconds = options.cpu_seconds;
  limits.worker.wall_seconds = options.wall_seconds;
  limits.worker.memory_bytes = options.memory_mb << 20;
  if (options.outputs.empty()) limits.worker.rights.files = Rights::Files::kSystem;
  watch_interrupts();
  for (const std::string& name : options.outputs)
    remove_dead_scratch(std::filesystem::path(name).parent_path().string());
  execute::Executor executor(options.jobs, limits);
  auto jobs =
      options.batch.empty() ? jobs_from_files(options.programs) : jobs_from_rows(options.batch);
  size_t total = options.batch.empty() ? options.programs.size() : 0;
  Tally tally;
  Progress progress("run", total);
  auto next = [&]() -> std::optional<execute::Job> {
    if (interrupted()) return std::nullopt;
    auto job = jobs();
    if (job) {
      for (const std::string& name : options.outputs) job->outputs.push_back(expand(name, job->id));
    }
    return job;
  };
  executor.run(next, [&](const execute::Outcome& outcome) {
    take(options, outcome, tally);
    progress.update(tally.done, tally.failed ? fmt::format("{} failed", tally.failed) : "");
  });
  if (interrupted()) return kInterrupted;
  if (tally.failed == 0) return kDone;
  return tally.done == 1 ? exit_code(*tally.last_failure) : kSomeFailed;
}

}  // namespace

void add_run(CLI::App& app, Action& action) {
  auto options = std::make_shared<RunOptions>();
  options->jobs = std::max(1u, std::thread::hardware_concurrency());
  CLI::App* command = app.add_subcommand("run", "Execute CadQuery programs natively and safely");
  command->add_option("programs", options->programs, "CadQuery programs (.py)")
      ->type_name("PROGRAM");
  command->add_option("--batch", options->batch, "JSON Lines with 'id' and 'code'; - is stdin")
      ->type_name("FILE");
  command
      ->add_option("-o,--output", options->outputs,
                   "Write the result: .step .stl .brep .glb .gltf .3mf .svg; may be given again;\n"
                   "{stem} and {id} stand for the program's name")
      ->type_name("FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_flag("--json", options->json, "One JSON object per program, one line each");
  command->add_option("--jobs", options->jobs, "Worker processes")
      ->default_str("one a core")
      ->check(CLI::Range(1, 1024));
  command->add_option("--cpu-seconds", options->cpu_seconds, "CPU time one program may take")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command->add_option("--wall-seconds", options->wall_seconds, "Time one program may take at all")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command->add_option("--memory", options->memory_mb, "Memory one worker may take, in MB")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command->callback([options, &action] {
    check(*options);
    action = [options] { return run(*options); };
  });
}

}  // namespace cadrecode::cli
