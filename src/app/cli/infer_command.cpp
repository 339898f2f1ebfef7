// cadrecode infer: a model folder writes programs for a data set.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "app/cli/infer_inputs.h"
#include "app/cli/infer_rows.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/share.h"

namespace cadrecode::cli {
namespace {

using nlohmann::ordered_json;

struct Settings {
  infer::Options infer;
  InferInputs inputs;
  InferOutputs outputs;
  std::string weights, frame = "unit", shard = "0/1", layout = "rows";
  size_t points = 0;
  bool json = false, no_run = false;
  double cpu_seconds = 10;
};

void read_shard(Settings& s) {
  try {
    const Share share = share_from_string(s.shard);
    s.shard = to_string(share);
    s.inputs.shard = share.index;
    s.inputs.shards = share.count;
    s.outputs.suffix = file_suffix(share);
  } catch (const Error& error) {
    throw CLI::ValidationError("--shard", error.what());
  }
}

// What decides the rows, as text: equal settings may continue a folder.
std::string settings_text(const Settings& s, size_t points) {
  return ordered_json{{"model", s.infer.model},
                      {"tokenizer", s.infer.tokenizer},
                      {"data", s.inputs.data},
                      {"weights", s.weights.empty() ? "stored" : s.weights},
                      {"points", points},
                      {"dense", s.inputs.dense},
                      {"frame", s.frame},
                      {"samples", s.infer.samples},
                      {"temperature", s.infer.sampling.temperature},
                      {"top_p", s.infer.sampling.top_p},
                      {"max_new_tokens", s.infer.max_new_tokens},
                      {"seed", s.infer.seed},
                      {"constrain", s.infer.constrain},
                      {"shard", s.shard},
                      {"limit", s.inputs.limit},
                      {"run", s.outputs.run}}
             .dump(2) +
         "\n";
}

void report(const Settings& s, const InferRows& rows) {
  if (s.json) {
    ordered_json counts = ordered_json::object();
    for (const auto& [what, n] : rows.counts()) counts[what] = n;
    fmt::print("{}\n", ordered_json{{"rows", rows.rows()},
                                    {"valid", rows.valid()},
                                    {"counts", counts},
                                    {"output", s.outputs.folder}}
                           .dump());
    return;
  }
  fmt::print("{} programs", rows.rows());
  if (s.outputs.run) fmt::print(", {} valid solids", rows.valid());
  fmt::print(" in {}\n", s.outputs.folder);
  for (const auto& [what, n] : rows.counts()) fmt::print("  {:6} {}\n", n, what);
}

int run(Settings& s) {
  watch_interrupts();
  execute::Limits limits;
  limits.worker.cpu_seconds = s.cpu_seconds;
  limits.worker.rights.files = Rights::Files::kSystem;
  const size_t threads =
      s.infer.threads ? s.infer.threads : std::max(1u, std::thread::hardware_concurrency());
  // Before any thread starts: workers are forked.
  execute::Executor executor(std::min(threads, std::max<size_t>(2, s.infer.samples)), limits);
  infer::Inference inference(s.infer);
  s.inputs.points = s.points ? s.points : inference.points();
  s.inputs.frame = infer::frame_from_string(s.frame);
  s.inputs.seed = s.infer.seed;
  s.outputs.settings = settings_text(s, s.inputs.points);
  s.outputs.model = s.infer.model;
  s.outputs.samples = s.infer.samples;
  InferRows rows(s.outputs);
  InferSource source = infer_source(s.inputs, rows.done(), executor);
  const size_t total = source.total ? source.total * s.infer.samples : 0;
  Progress progress("infer", total);
  bool failed_inputs = false;
  inference.run(
      [&]() -> std::optional<infer::Input> {
        if (interrupted()) return std::nullopt;
        return source.next();
      },
      [&](const infer::Input& input, const std::vector<infer::Answer>& answers) {
        if (input.failure) {
          failed_inputs = true;
          fmt::print(stderr, "{}: {}\n", input.id, input.failure->what());
        }
        rows.add(input, answers, executor);
        progress.update(rows.rows(), fmt::format("{} valid", rows.valid()));
      });
  rows.finish();
  report(s, rows);
  if (interrupted()) return kInterrupted;
  return failed_inputs ? kSomeFailed : kDone;
}

void add_model_options(CLI::App* command, Settings& s) {
  command
      ->add_option("--model", s.infer.model, "Folder with config.json, safetensors, tokenizer.json")
      ->required()
      ->type_name("DIR");
  command->add_option("--tokenizer", s.infer.tokenizer, "Another tokenizer.json")
      ->type_name("FILE");
  command->add_option("--weights", s.weights, "fp32, bf16, int8 or int4; as stored if not given")
      ->check(CLI::IsMember({"fp32", "bf16", "int8", "int4"}));
  command->add_option("--samples", s.infer.samples, "Programs a part")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000));
  command->add_option("--temperature", s.infer.sampling.temperature, "0 is greedy")
      ->capture_default_str();
  command->add_option("--top-p", s.infer.sampling.top_p, "Nucleus sampling")->capture_default_str();
  command->add_option("--max-new-tokens", s.infer.max_new_tokens, "Longest program")
      ->capture_default_str();
  command->add_option("--seed", s.infer.seed, "Same seed, same programs")->capture_default_str();
  command->add_flag(
      "--constrain", s.infer.constrain,
      "Only tokens that leave the text a program (assignments, imports, expressions)");
  command->add_option("--batch", s.infer.batch, "Sequences decoded together")
      ->capture_default_str()
      ->check(CLI::Range(1, 4096));
  command->add_option("--threads", s.infer.threads, "0: all cores")->capture_default_str();
}

void add_data_options(CLI::App* command, Settings& s) {
  command
      ->add_option("--data", s.inputs.data,
                   "Folder of shards, or of meshes, clouds, solids and programs; one such file;\n"
                   "JSON Lines with id and points, code or path; - is stdin")
      ->required()
      ->type_name("DATA");
  command->add_option("-o,--output", s.outputs.folder, "Folder; run again to continue")
      ->required()
      ->type_name("DIR");
  command->add_option("--points", s.points, "Points shown to the model; 0: as it was trained")
      ->capture_default_str();
  command->add_option("--dense", s.inputs.dense, "Points drawn on a mesh to choose from")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000'000));
  command->add_option("--frame", s.frame, "unit: box into [-1,1]^3; raw100: / 100; source: as is")
      ->capture_default_str()
      ->check(CLI::IsMember({"unit", "raw100", "source"}));
  command
      ->add_option("--shard", s.shard,
                   "I/N: every N-th part from number I on; auto: as Slurm or MPI say")
      ->capture_default_str();
  command->add_option("--limit", s.inputs.limit, "Parts at most; 0: all")->capture_default_str();
  command->add_flag("--code", s.outputs.code, "Write generated_code/ID.py");
  command->add_flag("--stl", s.outputs.stl, "Write generated_stl/ID.stl");
  command->add_flag("--step", s.outputs.step, "Write generated_step/ID.step");
  command
      ->add_option("--layout", s.layout, "rows; opencadrecode: its folders and results/*.json too")
      ->capture_default_str()
      ->check(CLI::IsMember({"rows", "opencadrecode"}));
  command->add_flag("--no-run", s.no_run, "Do not execute the programs: no facts, no exports");
  command->add_option("--cpu-seconds", s.cpu_seconds, "CPU time one program may take")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command->add_flag("--json", s.json, "The summary as one JSON object");
}

}  // namespace

void add_infer(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  CLI::App* command = app.add_subcommand("infer", "Let a model write programs for a data set");
  add_model_options(command, *s);
  add_data_options(command, *s);
  command->callback([s, &action] {
    read_shard(*s);
    if (!s->weights.empty()) s->infer.weights = decode::weight_format_from_string(s->weights);
    s->outputs.run = !s->no_run;
    s->outputs.opencadrecode = s->layout == "opencadrecode";
    if (s->outputs.opencadrecode) s->outputs.code = s->outputs.stl = s->outputs.step = true;
    if (s->no_run && (s->outputs.stl || s->outputs.step))
      throw CLI::ValidationError("--no-run", "STL and STEP need the programs to be run");
    action = [s] { return run(*s); };
  });
}

}  // namespace cadrecode::cli
