// cadrecode parametrize: a program in, the same part with named dimensions out.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/cli/batch.h"
#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "geometry/prism/solid.h"
#include "pipeline/execute/execute.h"
#include "pipeline/page/page.h"
#include "pipeline/parametrize/parametrize.h"
#include "pipeline/parametrize/program.h"

namespace cadrecode::cli {
namespace {

using nlohmann::ordered_json;

constexpr double kSame = 2e-6;  // what the kernel's volumes of both programs may differ by

struct Settings {
  std::string input, batch, unit, name;
  std::vector<std::string> outputs, values;
  bool json = false, check = true;
  size_t jobs = 1;
};

std::vector<std::pair<std::string, double>> assignments(const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, double>> out;
  for (const std::string& text : texts) {
    const size_t at = text.find('=');
    char* end = nullptr;
    const double value = at == std::string::npos ? 0 : std::strtod(text.c_str() + at + 1, &end);
    if (at == std::string::npos || end == text.c_str() + at + 1 || *end || !std::isfinite(value))
      throw Error(ErrorKind::kValue, fmt::format("--set {}: expected NAME=NUMBER", text));
    out.emplace_back(text.substr(0, at), value);
  }
  return out;
}

void refuse_shapes(const std::string& path) {
  static const std::vector<std::string> kShapes = {".stl", ".ply",  ".obj", ".3mf",  ".off", ".xyz",
                                                   ".npy", ".step", ".stp", ".brep", ".brp"};
  const std::string e = lower_extension(path);
  if (std::find(kShapes.begin(), kShapes.end(), e) == kShapes.end()) return;
  throw Error(ErrorKind::kUnsupported,
              fmt::format("'{}' is a shape, not a program: 'cadrecode reconstruct {}' writes its "
                          "program, with named dimensions",
                          path, path));
}

// Everything about one program; throws Error.
struct Answer {
  parametrize::Model model;
  std::string code, own_code;  // with the values set, and at the part's own
  size_t numbers = 0;
  double volume = 0, seconds = 0;
};

Answer answer_for(const Settings& s, const std::string& code, const std::string& id) {
  const auto start = std::chrono::steady_clock::now();
  Answer a;
  parametrize::Options options;
  options.name = !s.name.empty() ? s.name : s.batch.empty() ? stem(id) : "part";
  options.unit = s.unit;
  a.model = parametrize::parametrize(parametrize::part_of_program(code, s.batch.empty() ? id : ""),
                                     options);
  a.numbers = parametrize::count_numbers(code);
  a.own_code = parametrize::program_text(a.model);
  parametrize::set_values(a.model, assignments(s.values));
  a.code = parametrize::program_text(a.model);
  a.volume = prism::volume(prism::Solid(parametrize::evaluate(a.model)));
  a.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return a;
}

// The kernel's word: the function at its defaults makes the solid that the program
// given makes, and a valid one at the values set.
std::string check_executed(execute::Executor& executor, const std::string& given, const Answer& a) {
  const auto run = [&](const std::string& code) {
    execute::Job job;
    job.code = code;
    return executor.run(job);
  };
  const execute::Outcome before = run(given), after = run(a.own_code);
  if (after.failure) return "the program written does not run: " + after.failure->message;
  if (!after.facts->valid) return "the kernel finds the solid of the program written invalid";
  if (before.facts) {
    const double v = before.facts->volume, w = after.facts->volume;
    if (std::abs(v - w) > kSame * std::abs(v))
      return fmt::format("the program written has volume {:.9g}, the one given {:.9g}", w, v);
    if (before.facts->solids != after.facts->solids)
      return fmt::format("the program written makes {} solids, the one given {}",
                         after.facts->solids, before.facts->solids);
  }
  if (a.code == a.own_code) return "";
  const execute::Outcome moved = run(a.code);
  if (moved.failure) return "with the values set it does not run: " + moved.failure->message;
  return moved.facts->valid ? "" : "with the values set the kernel finds the solid invalid";
}

page::Sliders sliders_of(const Answer& a) {
  page::Sliders s;
  s.title = a.model.name;
  s.summary = fmt::format("{} dimensions. The green stretch of each is where the part stays sound.",
                          a.model.parameters.size());
  s.model = parametrize::to_json(a.model);
  s.program = a.code;
  for (const parametrize::Relation& r : a.model.relations)
    s.relations.emplace_back(parametrize::to_string(r.kind), r.what);
  return s;
}

void write_one(const Answer& a, const std::string& path) {
  const std::string e = lower_extension(path);
  if (e == ".py") {
    write_file(path, a.code);
  } else if (e == ".ipynb") {
    write_file(path, parametrize::notebook_text(a.model));
  } else if (e == ".json") {
    write_file(path, ordered_json::parse(parametrize::to_json(a.model)).dump(1) + "\n");
  } else if (e == ".html") {
    write_file(path, page::sliders_page(sliders_of(a)));
  } else {
    throw Error(ErrorKind::kValue,
                fmt::format("cannot write '{}': expected .py, .ipynb, .html or .json", path));
  }
}

ordered_json row_of(const Answer& a, const std::string& id, const Settings& s) {
  ordered_json row = {{"id", id},
                      {"status", "ok"},
                      {"parameters", a.model.parameters.size()},
                      {"numbers", a.numbers},
                      {"features", a.model.features.size()},
                      {"relations", a.model.relations.size()},
                      {"volume", a.volume},
                      {"checked", s.check},
                      {"seconds", std::round(a.seconds * 1e4) / 1e4}};
  if (!s.outputs.empty()) row["outputs"] = s.outputs;
  row["code"] = a.code;
  row["model"] = ordered_json::parse(parametrize::to_json(a.model));
  return row;
}

ordered_json failure_row(const std::string& id, const std::string& kind,
                         const std::string& message) {
  return {{"id", id}, {"status", "error"}, {"error", {{"kind", kind}, {"message", message}}}};
}

std::string dump(const ordered_json& row) {
  return row.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

void print_for_people(const Settings& s, const Answer& a) {
  if (s.outputs.empty()) {
    std::fputs(a.code.c_str(), stdout);
    return;
  }
  fmt::print("{}: {} features, {} dimensions for {} numbers in the program\n", a.model.name,
             a.model.features.size(), a.model.parameters.size(), a.numbers);
  for (const parametrize::Parameter& p : a.model.parameters) {
    fmt::print("  {:<24} {:>10.6g}   {:.6g} to {:.6g}   {}\n", p.name, p.value, p.low, p.high,
               p.what);
  }
  for (const parametrize::Relation& r : a.model.relations)
    fmt::print("  {}: {}\n", parametrize::to_string(r.kind), r.what);
  for (const std::string& path : s.outputs) fmt::print("  wrote  {}\n", path);
}

int run_one(const Settings& s) {
  refuse_shapes(s.input);
  execute::Executor executor(1);
  const std::string given = read_file(s.input, size_t{64} << 20);
  const Answer a = answer_for(s, given, s.input);
  if (s.check) {
    const std::string problem = check_executed(executor, given, a);
    if (!problem.empty()) throw Error(ErrorKind::kGeometry, problem, {s.input, 0, 0});
  }
  for (const std::string& path : s.outputs) write_one(a, path);
  if (s.json) {
    std::puts(dump(row_of(a, s.input, s)).c_str());
  } else {
    print_for_people(s, a);
  }
  return kDone;
}

// Programs of a row file, in order, on workers of their own; then the checks.
int run_batch(const Settings& s) {
  if (!s.outputs.empty()) throw Error(ErrorKind::kValue, "--batch writes rows to stdout, no files");
  watch_interrupts();
  execute::Executor executor(1);
  const auto next = jobs_from_rows(s.batch);
  WorkerPool pool(s.jobs, {}, [&](const std::string& request, Beacon&) {
    const ordered_json job = ordered_json::parse(request);
    const std::string id = job["id"];
    try {
      return dump(row_of(answer_for(s, job["code"], id), id, s));
    } catch (const Error& error) {
      return dump(failure_row(id, to_string(error.kind()), error.what()));
    }
  });
  Progress progress("parametrize", 0);
  size_t done = 0, failed = 0;
  std::vector<std::string> ids, codes;
  pool.run(
      [&]() -> std::optional<std::string> {
        if (interrupted()) return std::nullopt;
        auto job = next();
        if (!job) return std::nullopt;
        ids.push_back(job->id);
        codes.push_back(job->code);
        return dump({{"id", job->id}, {"code", job->refused ? std::string("(") : job->code}});
      },
      [&](size_t i, const cadrecode::Answer& answer) {
        const bool ran = answer.status == cadrecode::Answer::Status::kDone;
        ordered_json row =
            ran ? ordered_json::parse(answer.bytes) : failure_row(ids[i], "limit", answer.reason);
        if (s.check && row["status"] == "ok") {
          Answer a;
          a.code = a.own_code = row["code"];
          const std::string problem = check_executed(executor, std::exchange(codes[i], {}), a);
          if (!problem.empty()) row = failure_row(ids[i], "geometry", problem);
        }
        if (s.json) {
          std::puts(dump(row).c_str());
        } else if (row["status"] == "ok") {
          fmt::print("{}: {} dimensions for {} numbers\n", ids[i], row["parameters"].dump(),
                     row["numbers"].dump());
        } else {
          fmt::print(stderr, "{}: {} error: {}\n", ids[i], row["error"]["kind"].get<std::string>(),
                     row["error"]["message"].get<std::string>());
        }
        ++done;
        failed += row["status"] != "ok";
        progress.update(done, failed ? fmt::format("{} failed", failed) : "");
      });
  return interrupted() ? kInterrupted : failed ? kSomeFailed : kDone;
}

}  // namespace

void add_parametrize(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  s->jobs = std::max(1u, std::thread::hardware_concurrency());
  CLI::App* command = app.add_subcommand(
      "parametrize", "Give a program's part named dimensions, and sliders to move them");
  auto* input =
      command->add_option("input", s->input, "A CadQuery program")->type_name("PROGRAM.py");
  command
      ->add_option(
          "-o,--output", s->outputs,
          "NAME.py, .ipynb (Jupyter), .html (sliders) or .json; may be repeated. Without: the "
          "program on stdout")
      ->type_name("FILE");
  auto* set =
      command->add_option("--set", s->values, "Another value for a dimension; may be repeated")
          ->type_name("NAME=NUMBER");
  command->add_option("--name", s->name, "Of the function; else the file's");
  command->add_option("--units", s->unit, "What a program unit is, for the texts: mm, inch, …");
  command->add_option("--batch", s->batch, "JSON Lines with id and code; - for stdin")
      ->excludes(input)
      ->excludes(set)
      ->type_name("FILE");
  command->add_option("--jobs", s->jobs, "Programs of a batch at a time")
      ->default_str("one a core")
      ->check(CLI::Range(1, 1024));
  command->add_flag("!--no-check", s->check, "Do not execute the program that was written");
  command->add_flag("--json", s->json, "One JSON object per program, one line each");
  command->callback([s, &action] {
    if (s->input.empty() && s->batch.empty()) throw CLI::RequiredError("PROGRAM.py or --batch");
    action = [s] { return s->batch.empty() ? run_one(*s) : run_batch(*s); };
  });
}

}  // namespace cadrecode::cli
