// The searches of this project as systems: `fit` alone, and the whole of
// `reconstruct`, each part in a worker process.
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "evaluation/benchmark/system.h"
#include "geometry/cloud/sample.h"
#include "geometry/prism/solid.h"
#include "language/dialect/print.h"
#include "pipeline/fit/propose.h"
#include "pipeline/reconstruct/kernel.h"
#include "pipeline/reconstruct/reconstruct.h"

namespace cadrecode::benchmark {
namespace {

using nlohmann::json;

constexpr double kWallPerCpu = 10;
constexpr double kNoBudget = 1e9;
constexpr size_t kMemory = size_t{4} << 30;

reconstruct::Scan scan_of(const json& request) {
  reconstruct::Scan scan;
  const std::string path = request.value("path", "");
  if (request.contains("code") || lower_extension(path) == ".py") {
    const std::string code = path.empty() ? request["code"].get<std::string>() : read_file(path);
    execute::Outcome made = reconstruct::build(code, true);
    if (made.failure) throw Error(made.failure->kind, made.failure->message);
    scan.mesh = std::move(made.mesh);
  } else {
    scan = reconstruct::load_scan(path);
  }
  const auto points = request["cloud"].get<size_t>();
  if (points && scan.is_mesh()) {
    scan.cloud = cloud::sample_surface(scan.mesh, points, request["seed"].get<uint64_t>()).cloud;
    scan.cloud.normals.clear();
    scan.mesh = {};
  }
  return scan;
}

void add(json& list, size_t most, const std::string& code) {
  if (list.size() < most) list.push_back({{"code", code}});
}

// Parts that no kernel would build are no answers.
void add(json& list, size_t most, const part::Part& part) {
  if (list.size() >= most || !prism::verdict(part).valid()) return;
  try {
    list.push_back({{"code", dialect::print(part)}});
  } catch (const Error&) {  // a part that has no text is no answer either
  }
}

json answers_to(const json& request) {
  const reconstruct::Scan scan = scan_of(request);
  const auto most = request["candidates"].get<size_t>();
  json list = json::array();
  if (request["kind"] == "fit") {
    fit::ProposeOptions options;
    options.seed = request["seed"].get<uint64_t>();
    const auto proposals =
        scan.is_mesh() ? fit::propose(scan.mesh, options) : fit::propose(scan.cloud, options);
    for (const fit::Proposal& p : proposals) add(list, most, p.part);
    return list;
  }
  reconstruct::Options options;
  const double budget = request["budget"].get<double>();
  options.budget_seconds = budget > 0 ? budget : kNoBudget;
  options.candidates = request["judged"].get<int>();
  options.seed = request["seed"].get<uint64_t>();
  const auto result = reconstruct::reconstruct(scan, options);
  add(list, most, result.program);
  for (size_t i = 0; i < result.candidates.size(); ++i) {
    if (static_cast<int>(i) != result.chosen) add(list, most, result.candidates[i].part);
  }
  return list;
}

std::string handle(const std::string& bytes, Beacon&) {
  json reply;
  try {
    reply = {{"answers", answers_to(json::parse(bytes))}};
  } catch (const Error& error) {
    reply = {{"kind", to_string(error.kind())}, {"message", error.what()}};
  }
  return reply.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<Candidate> candidates_of(const Answer& answer) {
  if (answer.status != Answer::Status::kDone) {
    const bool crashed = answer.status == Answer::Status::kCrashed;
    return {{{}, crashed ? "geometry" : "limit", answer.reason, {}}};
  }
  const json reply = json::parse(answer.bytes);
  if (!reply.contains("answers"))
    return {{{}, reply["kind"].get<std::string>(), reply["message"].get<std::string>(), {}}};
  std::vector<Candidate> list;
  for (const json& a : reply["answers"]) {
    Candidate c;
    c.answer.code = a["code"].get<std::string>();
    list.push_back(std::move(c));
  }
  if (list.empty()) list.push_back({{}, "geometry", "no candidate that a kernel would build", {}});
  return list;
}

WorkerLimits limits_of(const Config& config) {
  WorkerLimits limits;
  limits.cpu_seconds = 0;
  for (const SystemConfig& s : config.systems)
    limits.cpu_seconds = std::max(limits.cpu_seconds, s.cpu_seconds);
  limits.wall_seconds = kWallPerCpu * limits.cpu_seconds;
  limits.memory_bytes = kMemory;
  return limits;
}

}  // namespace

SearchPool::SearchPool(const Config& config, int threads)
    : pool_(static_cast<size_t>(threads), limits_of(config), handle) {}

std::vector<std::vector<Candidate>> SearchPool::run(const SystemConfig& system, uint64_t candidates,
                                                    uint64_t seed,
                                                    std::span<const Question> questions,
                                                    const std::function<bool()>& stop) {
  const auto request_of = [&](const PartRef& part) {
    json request = {{"kind", to_string(system.kind)},         {"candidates", candidates},
                    {"seed", score::row_seed(seed, part.id)}, {"cloud", system.cloud},
                    {"budget", system.budget_seconds},        {"judged", system.judged}};
    if (part.shown.code) {
      request["code"] = *part.shown.code;
    } else {
      request["path"] = part.shown.path;
    }
    return request.dump(-1, ' ', false, json::error_handler_t::replace);
  };
  std::vector<std::vector<Candidate>> out;
  size_t asked = 0;
  pool_.run(
      [&]() -> std::optional<std::string> {
        if (asked == questions.size() || (stop && stop())) return std::nullopt;
        return request_of(*questions[asked++].part);
      },
      [&](size_t, const Answer& answer) { out.push_back(candidates_of(answer)); });
  for (size_t i = 0; i < out.size(); ++i) {
    if (!killed_from_outside(out[i].front().message)) continue;
    wait_for_own_end();
    out[i] = candidates_of(pool_.ask(request_of(*questions[i].part)));
  }
  return out;
}

}  // namespace cadrecode::benchmark
