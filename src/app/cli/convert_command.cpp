// cadrecode convert: other people's archives as data sets of programs.
#include <fmt/format.h>

#include <atomic>
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
#include "geometry/mesh/dexel.h"
#include "geometry/mesh/io.h"
#include "geometry/mesh/measure.h"
#include "language/dialect/print.h"
#include "language/dialect/recognise.h"
#include "learning/convert/batch.h"
#include "learning/convert/facets.h"
#include "learning/convert/program.h"
#include "learning/convert/sequence.h"
#include "learning/dataset/folder.h"
#include "pipeline/execute/execute.h"

namespace cadrecode::cli {
namespace {

using convert::Check;
using dataset::Row;
using nlohmann::ordered_json;

struct Settings {
  std::string format, input, output, form = "exact", match, original;
  double min_iou = 0, chords = 0;
  size_t threads = 0, per_batch = 10000;
  uint64_t shard_rows = 16384;
  bool execute = false, drop_duplicates = false, json = false;
};

// ---- what the kernel and the originals say ------------------------------------

mesh::TriangleMesh unit_box(mesh::TriangleMesh mesh) {
  const Box3 box = mesh::bounding_box(mesh);
  for (Vec3& v : mesh.vertices) v = (v - box.center()) / box.longest();
  return mesh;
}

// {id} in the template is the row's id.
std::string original_path(const std::string& pattern, const std::string& id) {
  std::string out = pattern;
  for (size_t at = 0; (at = out.find("{id}", at)) != std::string::npos; at += id.size()) {
    out.replace(at, 4, id);
  }
  return out;
}

bool is_solid_file(const std::string& path) {
  const std::string e = lower_extension(path);
  return e == ".step" || e == ".stp" || e == ".brep" || e == ".brp";
}

// Executes rows and holds them against their originals, each scaled by its own
// box (archives are scaled this way and that).
class Judge {
 public:
  explicit Judge(const Settings& s)
      : settings_(s), executor_(s.threads ? s.threads : std::thread::hardware_concurrency()) {}

  std::vector<Check> operator()(std::vector<Row>& rows) {
    std::vector<execute::Outcome> outcomes = run_all(rows);
    std::vector<Check> checks(rows.size());
    std::atomic<size_t> next{0};
    const auto work = [&] {
      for (size_t i; (i = next++) < rows.size();) checks[i] = check(rows[i], &outcomes[i * kJobs]);
    };
    std::vector<std::thread> pool;
    const size_t threads =
        settings_.threads ? settings_.threads : std::thread::hardware_concurrency();
    for (size_t t = 0; t < threads; ++t) pool.emplace_back(work);
    for (std::thread& t : pool) t.join();
    return checks;
  }

 private:
  static constexpr size_t kJobs = 3;  // a row's: program, its chords, original solid

  bool needed(const Row& row) const {
    return settings_.execute || !settings_.original.empty() || row.bbox.empty();
  }

  static execute::Job skipped() {
    execute::Job job;
    job.refused = execute::Failure{};
    return job;
  }

  std::vector<execute::Outcome> run_all(const std::vector<Row>& rows) {
    std::vector<execute::Job> jobs;
    for (const Row& row : rows) {
      const bool compare = !settings_.original.empty();
      execute::Job program = needed(row) ? execute::Job{} : skipped();
      program.code = row.code, program.tessellate = compare;
      jobs.push_back(program);
      jobs.push_back(compare && settings_.chords > 0 ? chords_of(row) : skipped());
      const std::string path = original_path(settings_.original, row.id);
      execute::Job original = compare && is_solid_file(path) ? execute::Job{} : skipped();
      original.solid_file = path, original.tessellate = true;
      jobs.push_back(original);
    }
    std::vector<execute::Outcome> out;
    size_t at = 0;
    executor_.run(
        [&]() -> std::optional<execute::Job> {
          if (at == jobs.size()) return std::nullopt;
          return jobs[at++];
        },
        [&](execute::Outcome o) { out.push_back(std::move(o)); });
    return out;
  }

  execute::Job chords_of(const Row& row) const {
    const auto part = dialect::recognise(row.code).part;
    if (!part) return skipped();
    execute::Job job;
    job.code = dialect::print(convert::faceted(*part, settings_.chords));
    job.tessellate = true;
    return job;
  }

  static ordered_json overlap(const mesh::TriangleMesh& truth, const execute::Outcome& outcome,
                              std::string& reason) {
    if (outcome.mesh.triangles.empty()) return nullptr;
    const auto o =
        mesh::dexel_overlap(truth, unit_box(outcome.mesh), {.rays = 256, .target_error = 5e-4});
    if (!o.verdict.ok()) reason = "a mesh is not closed";
    return o.iou;
  }

  Check check(Row& row, const execute::Outcome* outcomes) const {
    Check out;
    if (!needed(row)) return out;
    ordered_json json{{"id", row.id}};
    const execute::Outcome& program = outcomes[0];
    if (program.failure || !program.facts || !program.facts->valid) {
      const std::string why = program.failure ? program.failure->message : "its solid is not valid";
      const Place place{"", program.failure ? program.failure->line : 0,
                        program.failure ? program.failure->column : 0};
      out.refusal = Error(program.failure ? program.failure->kind : ErrorKind::kGeometry,
                          "the kernel refuses the program: " + why, place);
      json["valid"] = false;
      out.json = json.dump();
      return out;
    }
    json["valid"] = true;
    if (row.bbox.empty()) {
      const auto& b = program.facts->bbox;
      row.bbox = {{b[0], b[1], b[2]}, {b[3], b[4], b[5]}};
      row.volume = program.facts->volume;
    }
    if (!settings_.original.empty()) compare(row, outcomes, json, out);
    out.json = json.dump();
    return out;
  }

  void compare(const Row& row, const execute::Outcome* outcomes, ordered_json& json,
               Check& out) const {
    std::string reason;
    const std::string path = original_path(settings_.original, row.id);
    json["iou"] = nullptr;
    try {
      const mesh::TriangleMesh truth =
          unit_box(is_solid_file(path) ? outcomes[2].mesh : mesh::read_mesh(path).mesh);
      json["iou"] = overlap(truth, outcomes[0], reason);
      if (settings_.chords > 0) json["iou_chords"] = overlap(truth, outcomes[1], reason);
    } catch (const Error& error) {
      reason = error.what();
    }
    if (!reason.empty()) json["reason"] = reason;
    double best = 0;
    for (const char* key : {"iou", "iou_chords"}) {
      if (json.contains(key) && json[key].is_number())
        best = std::max(best, json[key].get<double>());
    }
    if (settings_.min_iou > 0 && reason.empty() && best < settings_.min_iou) {
      out.refusal =
          Error(ErrorKind::kGeometry,
                fmt::format("overlaps its original by {:.4f}, less than --min-iou", best));
    }
  }

  const Settings& settings_;
  execute::Executor executor_;
};

// ---- the command -----------------------------------------------------------------

Row convert_one(const Settings& s, const convert::Input& input) {
  const std::string path = (std::filesystem::path(s.input) / input.file).string();
  const std::string text = read_file(path, size_t{64} << 20);
  if (s.format == "cadrecode") return convert::read_program(text, input.id, s.format);
  const auto archive =
      s.format == "deepcad" ? convert::Archive::kDeepcad : convert::Archive::kFusion360;
  const auto form = s.form == "exact" ? convert::Form::kExact : convert::Form::kQuantised;
  return convert::to_row(
      convert::to_program(convert::read_sequence(text, archive, path).part, form), input.id,
      s.format);
}

int print_summary(const Settings& s, const convert::BatchSummary& sum, double seconds) {
  const ordered_json row{
      {"count", sum.rows},    {"failed", sum.failed},         {"duplicates", sum.duplicates},
      {"inputs", sum.inputs}, {"resumed_at", sum.resumed_at}, {"finished", sum.finished},
      {"seconds", seconds}};
  if (s.json) {
    fmt::print("{}\n", row.dump());
  } else {
    fmt::print("{} programs of {} inputs, {} failed, {} duplicates: {}\n", sum.rows, sum.inputs,
               sum.failed, sum.duplicates, s.output);
  }
  if (!sum.finished) {
    fmt::print(stderr, "stopped; run the same command again to go on\n");
    return kInterrupted;
  }
  return sum.failed ? kSomeFailed : kDone;
}

int run_archive(const Settings& s) {
  const auto start = std::chrono::steady_clock::now();
  // Workers are forked before any thread is started.
  std::unique_ptr<Judge> judge;
  if (s.format == "cadrecode" || s.execute || !s.original.empty())
    judge = std::make_unique<Judge>(s);
  watch_interrupts();
  const FolderLock lock(s.output);
  const auto inputs = convert::find_inputs(s.input, !s.match.empty()          ? s.match
                                                    : s.format == "cadrecode" ? "*.py"
                                                                              : "*.json");
  Progress progress("convert", inputs.size());
  convert::BatchOptions options;
  options.out = s.output;
  options.settings = fmt::format("{} {} execute {} original {} chords {} min-iou {}", s.format,
                                 s.form, s.execute, s.original, s.chords, s.min_iou);
  options.threads = s.threads;
  options.shard_rows = s.shard_rows;
  options.drop_duplicates = s.drop_duplicates;
  options.convert = [&](const convert::Input& input) { return convert_one(s, input); };
  if (judge) options.check = [&](std::vector<Row>& rows) { return (*judge)(rows); };
  options.progress = [&](size_t done, size_t failed) {
    progress.update(done, failed ? fmt::format("{} failed", failed) : "");
  };
  options.stop = interrupted;
  const auto summary = convert::run_batch(inputs, options);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return print_summary(s, summary, took.count());
}

int run_folder(const Settings& s) {
  const dataset::ShardSet set(s.input);
  const uint64_t written = dataset::write_folder(set, s.output, s.per_batch);
  if (s.json) {
    fmt::print("{}\n", ordered_json{{"count", set.size()}, {"written", written}}.dump());
  } else {
    fmt::print("{} programs, {} written: {}\n", set.size(), written, s.output);
  }
  return kDone;
}

}  // namespace

void add_convert(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  CLI::App* c = app.add_subcommand(
      "convert", "Make a data set of programs from an archive; goes on where it was stopped");
  c->add_option(
       "format", s->format,
       "deepcad, fusion360: construction sequences (JSON); cadrecode: a folder of programs; "
       "folder: shards to a folder of programs")
      ->required()
      ->check(CLI::IsMember({"deepcad", "fusion360", "cadrecode", "folder"}));
  c->add_option("input", s->input, "The archive's folder, searched at any depth")
      ->required()
      ->type_name("IN");
  c->add_option("-o,--output", s->output, "Folder for shards, failures.jsonl and checks.jsonl")
      ->required()
      ->type_name("DIR");
  c->add_option("--form", s->form,
                "exact: millimetres as drawn; quantised: integers, longest side 200")
      ->capture_default_str()
      ->check(CLI::IsMember({"exact", "quantised"}));
  c->add_option("--match", s->match,
                "Files taken, a shell pattern of the name (default *.json or *.py)");
  c->add_option(
       "--original", s->original,
       "Where an input's own geometry lies, {id} for its id: a mesh or STEP; the overlap goes "
       "to checks.jsonl")
      ->type_name("PATH");
  c->add_option("--chords", s->chords,
                "Also compare with circles cut into chords of so many degrees")
      ->type_name("DEGREES");
  c->add_option("--min-iou", s->min_iou, "Refuse what overlaps its original by less");
  c->add_flag("--execute", s->execute,
              "Run every program on the CAD kernel and refuse invalid solids");
  c->add_flag("--drop-duplicates", s->drop_duplicates, "Keep the first of equal parts");
  c->add_option("--shard-rows", s->shard_rows, "Rows a shard")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  c->add_option("--per-batch", s->per_batch, "Programs a batch_ folder (folder)")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  c->add_option("--threads", s->threads, "0: one a core; the result does not depend on it")
      ->capture_default_str();
  c->add_flag("--json", s->json, "One JSON object");
  c->callback([s, &action] {
    action = [s] { return s->format == "folder" ? run_folder(*s) : run_archive(*s); };
  });
}

}  // namespace cadrecode::cli
