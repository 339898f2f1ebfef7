#include "pipeline/execute/execute.h"

#include <chrono>
#include <deque>

#include "base/files.h"
#include "geometry/brep/export.h"
#include "geometry/brep/facts.h"
#include "geometry/brep/import.h"
#include "geometry/brep/survey.h"
#include "geometry/brep/tessellate.h"
#include "geometry/brep/version.h"
#include "language/cadquery/run.h"
#include "language/script/source.h"
#include "pipeline/execute/wire.h"

namespace cadrecode::execute {
namespace {

Failure failure_of(const Error& error) {
  return {error.kind(), error.what(), error.place().line, error.place().column};
}

Facts facts_of(const brep::Facts& f) {
  Facts facts;
  facts.valid = f.valid;
  facts.volume = f.volume;
  facts.area = f.area;
  facts.bbox = {f.bbox.lo.x, f.bbox.lo.y, f.bbox.lo.z, f.bbox.hi.x, f.bbox.hi.y, f.bbox.hi.z};
  facts.center = {f.center.x, f.center.y, f.center.z};
  facts.solids = f.solids;
  facts.faces = f.faces;
  facts.edges = f.edges;
  facts.vertices = f.vertices;
  return facts;
}

std::vector<brep::Shape> run_code(const Job& job, const Limits& limits, Beacon& beacon,
                                  Outcome& outcome) {
  cadquery::RunOptions options;
  options.limits.steps = limits.steps;
  options.beacon = &beacon;
  options.measure = false;
  cadquery::RunResult result = cadquery::run_program(job.code, options);
  outcome.log = result.log;
  for (const auto& request : result.exports) outcome.requested.push_back(request.file);
  return std::move(result.bodies);
}

std::vector<brep::Shape> load_solid(const Job& job) {
  return brep::import_shape_file(job.solid_file).shapes;
}

// Runs inside the worker.
Outcome execute_here(const Job& job, const Limits& limits, Beacon& beacon) {
  Outcome outcome;
  outcome.id = job.id;
  auto start = std::chrono::steady_clock::now();
  auto stop_clock = [&] {
    outcome.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  try {
    auto bodies = job.solid_file.empty() ? run_code(job, limits, beacon, outcome) : load_solid(job);
    brep::Shape shape = brep::whole(bodies);
    brep::Facts facts = brep::check(shape);
    stop_clock();  // parse, build and check; measuring is apart
    if (job.measure) brep::measure(shape, facts);
    outcome.facts = facts_of(facts);
    if (job.survey) outcome.survey = brep::survey(shape);
    if (job.tessellate) outcome.mesh = brep::welded_mesh(shape);
    for (const std::string& name : job.outputs) {
      brep::export_file(shape, name, {.name = stem(job.id)});
      outcome.written.push_back(name);
    }
  } catch (const Error& error) {
    outcome.failure = failure_of(error);
    if (!outcome.facts) stop_clock();
  }
  return outcome;
}

Outcome from_answer(const Answer& answer, const Job& job) {
  Outcome outcome;
  Failure failed{
      answer.status == Answer::Status::kCrashed ? ErrorKind::kGeometry : ErrorKind::kLimit,
      answer.reason};
  if (answer.status == Answer::Status::kDone) {
    try {
      return decode_outcome(answer.bytes);
    } catch (const std::exception&) {  // a worker gone wrong may write anything
      failed = {ErrorKind::kGeometry, "the worker process answered nonsense"};
    }
  }
  outcome.id = job.id;
  Failure& failure = outcome.failure.emplace(failed);
  if (answer.position >= 0 && static_cast<size_t>(answer.position) <= job.code.size()) {
    Place place = script::Source{job.code, {}}.place(static_cast<uint32_t>(answer.position));
    failure.line = place.line;
    failure.column = place.column;
  }
  return outcome;
}

}  // namespace

Executor::Executor(size_t jobs, Limits limits) : limits_(limits) {
  auto handler = [limits](const std::string& request, Beacon& beacon) {
    return encode(execute_here(decode_job(request), limits, beacon));
  };
  pool_ = std::make_unique<WorkerPool>(jobs, limits.worker, handler);
}

Executor::~Executor() = default;

void Executor::run(const Source& next, const Sink& done) {
  std::deque<Job> in_flight;  // oldest first, as the answers come
  // A refused job still takes its turn: it travels as an empty program and is
  // answered here.
  pool_->run(
      [&]() -> std::optional<std::string> {
        auto job = next();
        if (!job) return std::nullopt;
        in_flight.push_back(std::move(*job));
        return in_flight.back().refused ? encode(Job{}) : encode(in_flight.back());
      },
      [&](size_t, const Answer& answer) {
        Job job = std::move(in_flight.front());
        in_flight.pop_front();
        Outcome outcome = job.refused ? Outcome{job.id, job.refused} : from_answer(answer, job);
        done(std::move(outcome));
      });
}

Outcome Executor::run(const Job& job) {
  Outcome result;
  bool given = false;
  run(
      [&]() -> std::optional<Job> {
        if (given) return std::nullopt;
        given = true;
        return job;
      },
      [&](Outcome outcome) { result = std::move(outcome); });
  return result;
}

std::string kernel_version() { return brep::kernel_version(); }

}  // namespace cadrecode::execute
