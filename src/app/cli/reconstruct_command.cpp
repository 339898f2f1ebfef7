// cadrecode reconstruct: a scan in, an editable program out.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/share.h"
#include "base/workers.h"
#include "pipeline/learned/learned.h"
#include "pipeline/page/page.h"
#include "pipeline/reconstruct/reconstruct.h"

namespace cadrecode::cli {
namespace {

using nlohmann::ordered_json;

struct Settings {
  std::vector<std::string> inputs;
  std::string directory = ".";
  reconstruct::Options options;
  std::string align = "auto", program = "readable";
  learned::Options model;
  reconstruct::OutputOptions written;
  bool json = false, redo = false;
  std::string shard;
  size_t jobs = 1;
  double cpu_seconds = 120;
  size_t memory_mb = 8192;
};

const std::set<std::string> kScanExtensions = {".stl",  ".ply", ".obj",  ".3mf", ".off",
                                               ".step", ".stp", ".brep", ".xyz", ".csv",
                                               ".pts",  ".txt", ".asc",  ".npy", ".pcd"};

// Files as given; folders stand for the scans in them, in name order.
std::vector<std::string> expand_folders(const std::vector<std::string>& inputs) {
  std::vector<std::string> files;
  for (const std::string& input : inputs) {
    if (!std::filesystem::is_directory(input)) {
      files.push_back(input);
      continue;
    }
    std::vector<std::string> inside;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(input)) {
      std::string path = entry.path().string();
      if (entry.is_regular_file() && kScanExtensions.count(lower_extension(path)))
        inside.push_back(path);
    }
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

// A stem for each input, different for each: "bracket", or "bracket-2" when
// another folder has a bracket too.
std::vector<std::string> stems_of(const std::vector<std::string>& files) {
  std::vector<std::string> stems;
  std::set<std::string> taken;
  for (const std::string& file : files) {
    std::string name = stem(file);
    for (int i = 2; !taken.insert(name).second; ++i) name = fmt::format("{}-{}", stem(file), i);
    stems.push_back(name);
  }
  return stems;
}

ordered_json failure_row(const std::string& id, const std::string& kind,
                         const std::string& message) {
  return {{"id", id}, {"status", "error"}, {"error", {{"kind", kind}, {"message", message}}}};
}

// In a worker: one input from file to files. The answer is the JSON row.
std::string reconstruct_one(const Settings& settings, const std::string& input,
                            const std::string& name) {
  try {
    reconstruct::Scan scan = reconstruct::load_scan(input);
    auto result = reconstruct::reconstruct(scan, settings.options);
    ordered_json row = ordered_json::parse(reconstruct::json_row(result, input));
    row["outputs"] =
        reconstruct::write_outputs(result, scan, settings.directory, name, settings.written);
    if (!scan.warnings.empty()) row["warnings"] = scan.warnings;
    return row.dump();
  } catch (const Error& error) {
    return failure_row(input, to_string(error.kind()), error.what())
        .dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  }
}

// ---- the pages over a whole folder ----------------------------------------------

std::string short_number(const ordered_json& row, const char* key, const char* inner = nullptr) {
  const ordered_json& v = inner
                              ? row.value(key, ordered_json::object()).value(inner, ordered_json())
                              : row.value(key, ordered_json());
  return v.is_number() ? fmt::format("{:.4g}", v.get<double>()) : "";
}

// One line of results.csv and of index.html.
page::Entry entry_of(const ordered_json& row, const std::string& input, const std::string& stem,
                     const std::string& folder) {
  page::Entry e;
  e.id = input;
  const bool ok = row.value("status", "") == "ok";
  e.verdict = ok ? row.value("verdict", "") : "error";
  e.reason = ok ? row.value("reason", "") : row["error"].value("message", "");
  if (ok) {
    const auto there = [&](const std::string& name) {
      return std::filesystem::exists(std::filesystem::path(folder) / name) ? name : std::string();
    };
    e.picture = there(stem + ".png");
    e.link = there(stem + ".html");
  }
  e.cells = {short_number(row, "iou"),        short_number(row, "fit", "mean"),
             short_number(row, "fit", "p95"), short_number(row, "fit", "max"),
             short_number(row, "steps"),      short_number(row, "seconds"),
             ok ? row.value("unit", "") : ""};
  return e;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// results.csv and index.html over all inputs, those of earlier runs among them: their
// .json says how they went. `failures` are this run's.
void write_index(const Settings& settings, const std::vector<std::string>& files,
                 const std::vector<std::string>& stems,
                 const std::map<std::string, ordered_json>& failures) {
  static const std::vector<std::string> kColumns = {
      "IoU", "mean deviation", "95 % below", "largest", "steps", "seconds", "unit"};
  const std::filesystem::path folder = settings.directory;
  std::vector<page::Entry> entries;
  std::map<std::string, size_t> verdicts;
  std::string csv = "input,verdict,iou,mean,p95,max,steps,seconds,unit,reason\n";
  for (size_t i = 0; i < files.size(); ++i) {
    ordered_json row;
    const std::string path = (folder / (stems[i] + ".json")).string();
    if (const auto failed = failures.find(stems[i]); failed != failures.end()) {
      row = failed->second;
    } else if (std::filesystem::exists(path)) {
      row = ordered_json::parse(read_file(path), nullptr, false);
    } else {
      continue;  // not reached yet
    }
    if (!row.is_object()) row = failure_row(files[i], "input", path + " is damaged; --redo");
    page::Entry e = entry_of(row, files[i], stems[i], settings.directory);
    ++verdicts[e.verdict];
    csv += csv_field(e.id) + "," + e.verdict;
    for (const std::string& c : e.cells) csv += "," + c;
    csv += "," + csv_field(e.reason) + "\n";
    entries.push_back(std::move(e));
  }
  std::string summary = fmt::format("{} of {} inputs", entries.size(), files.size());
  for (const char* v : {"exact", "good", "approximate", "poor", "error"}) {
    if (verdicts.count(v)) summary += fmt::format(", {} {}", verdicts[v], v);
  }
  write_file((folder / "results.csv").string(), csv);
  write_file((folder / "index.html").string(),
             page::index_page("Reconstructed parts", summary, kColumns, entries));
}

ordered_json row_of(const Answer& answer, const std::string& input) {
  if (answer.status == Answer::Status::kDone) return ordered_json::parse(answer.bytes);
  bool crashed = answer.status == Answer::Status::kCrashed;
  return failure_row(input, crashed ? "geometry" : "limit", answer.reason);
}

std::string with_unit(const ordered_json& number, const std::string& unit) {
  if (!number.is_number()) return "-";
  return fmt::format("{:.4g}{}{}", number.get<double>(), unit.empty() ? "" : " ", unit);
}

void print_for_people(const ordered_json& row) {
  if (row["status"] != "ok") {
    fmt::print(stderr, "{}: {} error: {}\n", row["id"].get<std::string>(),
               row["error"]["kind"].get<std::string>(), row["error"]["message"].get<std::string>());
    return;
  }
  const std::string unit = row.value("unit", "");
  fmt::print("{}: {}", row["id"].get<std::string>(), row["verdict"].get<std::string>());
  fmt::print("  ({})\n", row["reason"].get<std::string>());
  const auto& fit = row["fit"];
  fmt::print("  deviation  mean {}   95 % below {}   largest {}\n", with_unit(fit["mean"], unit),
             with_unit(fit["p95"], unit), with_unit(fit["max"], unit));
  if (row["iou"].is_number()) {
    fmt::print("  volume in common with the input  {:.2f} %\n", 100 * row["iou"].get<double>());
  }
  for (const auto& g : row.value("unexplained", ordered_json::array())) {
    const auto at = [&](const char* end, int a) { return g[end][a].get<double>(); };
    fmt::print(
        "  {} ({:.1f} %, up to {}) between ({:.4g}, {:.4g}, {:.4g}) and ({:.4g}, {:.4g}, {:.4g})\n",
        g["what"].get<std::string>(), 100 * g["share"].get<double>(), with_unit(g["largest"], unit),
        at("from", 0), at("from", 1), at("from", 2), at("to", 0), at("to", 1), at("to", 2));
  }
  fmt::print("  {:.1f} s, {} candidates\n", row["seconds"].get<double>(), row["candidates"].dump());
  for (const auto& warning : row.value("warnings", ordered_json::array())) {
    fmt::print(stderr, "  note: {}\n", warning.get<std::string>());
  }
  for (const auto& name : row["outputs"]) fmt::print("  wrote  {}\n", name.get<std::string>());
}

// What an earlier run has answered stands: its .json is written last.
bool done_before(const Settings& settings, const std::string& name) {
  return !settings.redo &&
         std::filesystem::exists(std::filesystem::path(settings.directory) / (name + ".json"));
}

struct Work {
  std::vector<std::string> files, stems;          // to do
  std::vector<std::string> all_files, all_stems;  // and those done before
  size_t skipped = 0;
};

Work plan(const Settings& settings) {
  Work work;
  std::vector<std::string> files = expand_folders(settings.inputs), stems = stems_of(files);
  work.all_files = files;
  work.all_stems = stems;
  bool resume = files.size() > 1;  // a single input is always done anew
  const Share share = share_from_string(settings.shard);
  for (size_t i = 0; i < files.size(); ++i) {
    if (!share.has(i)) continue;
    if (resume && done_before(settings, stems[i])) {
      ++work.skipped;
      continue;
    }
    work.files.push_back(files[i]);
    work.stems.push_back(stems[i]);
  }
  return work;
}

int finish(const Work& work, size_t done, size_t failed, const std::string& last_kind) {
  if (interrupted()) {
    fmt::print(stderr, "interrupted: {} of {} done; the same command continues\n", done,
               work.files.size());
    return kInterrupted;
  }
  if (failed == 0) return kDone;
  return work.files.size() == 1 ? exit_code(error_kind_from_string(last_kind)) : kSomeFailed;
}

int run(Settings& settings) {
  watch_interrupts();
  Work work = plan(settings);
  remove_dead_scratch(settings.directory);
  // Once, before workers are forked: they share its memory.
  if (!settings.model.model.empty())
    settings.options.proposers.push_back(learned::proposer(settings.model));
  if (work.skipped) {
    fmt::print(stderr, "{} inputs were done before (--redo does them again)\n", work.skipped);
  }
  WorkerLimits limits;
  limits.cpu_seconds = settings.cpu_seconds;
  limits.wall_seconds = 10 * settings.cpu_seconds;
  limits.memory_bytes = settings.memory_mb << 20;
  WorkerPool pool(std::min(settings.jobs, std::max<size_t>(work.files.size(), 1)), limits,
                  [&](const std::string& request, Beacon&) {
                    size_t i = std::stoul(request);
                    return reconstruct_one(settings, work.files[i], work.stems[i]);
                  });
  Progress progress("reconstruct", work.files.size());
  size_t asked = 0, done = 0, failed = 0;
  std::string last_kind;
  std::map<std::string, ordered_json> failures;
  pool.run(
      [&]() -> std::optional<std::string> {
        if (asked == work.files.size() || interrupted()) return std::nullopt;
        return std::to_string(asked++);
      },
      [&](size_t i, const Answer& answer) {
        ordered_json row = row_of(answer, work.files[i]);
        if (settings.json) {
          std::puts(row.dump().c_str());
        } else {
          print_for_people(row);
        }
        std::fflush(stdout);
        ++done;
        if (row["status"] != "ok") {
          ++failed, last_kind = row["error"]["kind"];
          failures[work.stems[i]] = row;
        }
        progress.update(done, failed ? fmt::format("{} failed", failed) : "");
      });
  if (work.all_files.size() > 1) {
    write_index(settings, work.all_files, work.all_stems, failures);
    fmt::print(stderr, "table {0}/results.csv, pictures {0}/index.html\n", settings.directory);
  }
  return finish(work, done, failed, last_kind);
}

}  // namespace

void add_reconstruct(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  s->jobs = std::max(1u, std::thread::hardware_concurrency());
  CLI::App* command = app.add_subcommand(
      "reconstruct", "Turn scans, meshes, clouds or STEP files into editable programs");
  command
      ->add_option("inputs", s->inputs,
                   "STL PLY OBJ 3MF OFF STEP BREP XYZ CSV PTS NPY PCD, or a folder")
      ->required()
      ->type_name("INPUT");
  command
      ->add_option("-o,--output", s->directory,
                   "Folder for <stem>.py .step .stl .svg .html .json .png")
      ->capture_default_str()
      ->type_name("DIR");
  command->add_option("--candidates", s->options.candidates, "Candidates judged in full")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  command
      ->add_option("--budget", s->options.budget_seconds, "Seconds to look for better candidates")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--model", s->model.model,
                   "Let this model propose too: a folder with config.json, safetensors, "
                   "tokenizer.json")
      ->type_name("DIR");
  command->add_option("--samples", s->model.samples, "Programs the model writes for each input")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  command
      ->add_option("--align", s->align,
                   "auto finds the part's own directions; none keeps the file's")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "none"}));
  command->add_option("--units", s->options.units,
                      "The input's unit, where the file does not say: mm, inch, …");
  command
      ->add_option("--program", s->program,
                   "readable: a function of named dimensions; v15: as CAD-Recode writes them")
      ->capture_default_str()
      ->check(CLI::IsMember({"readable", "v15"}));
  command->add_flag("!--no-pages", s->written.pages, "Write no .html");
  command->add_flag("--sliders,!--no-sliders", s->written.sliders,
                    "A page to move the dimensions (1.4 MB each); by default for a single input");
  command->add_option("--seed", s->options.seed, "Same input and seed, same answer")
      ->capture_default_str();
  command->add_option("--jobs", s->jobs, "Inputs worked on at a time")
      ->default_str("one a core")
      ->check(CLI::Range(1, 1024));
  command->add_option("--cpu-seconds", s->cpu_seconds, "CPU time one input may take")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command->add_option("--memory", s->memory_mb, "Memory one worker may take, in MB")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command->add_option("--shard", s->shard,
                      "I/N: every N-th input from number I on; auto: as Slurm or MPI say");
  command->add_flag("--redo", s->redo, "Do inputs again that an earlier run has answered");
  command->add_flag("--json", s->json, "One JSON object per input, one line each");
  command->callback([s, command, &action] {
    s->written.dialect = s->program == "v15";
    if (command->count("--sliders") == 0)
      s->written.sliders = s->inputs.size() == 1 && !std::filesystem::is_directory(s->inputs[0]);
    s->options.align = s->align == "none" ? reconstruct::Align::kNone : reconstruct::Align::kAuto;
    action = [s] { return run(*s); };
  });
}

}  // namespace cadrecode::cli
