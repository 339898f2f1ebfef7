#include "evaluation/benchmark/run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/error.h"
#include "evaluation/benchmark/store.h"
#include "evaluation/benchmark/system.h"

namespace cadrecode::benchmark {
namespace {

using nlohmann::ordered_json;
using report::Figure;
using report::Row;

constexpr size_t kBlock = 64;  // parts

// ---- cost ----------------------------------------------------------------------

// User and system seconds of a process from /proc/<pid>/stat, its dead children's
// among them.
double seconds_of_process(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  const size_t after = text.rfind(')');  // the name may hold anything
  if (after == std::string::npos) return 0;
  unsigned long user = 0, system = 0;
  long dead_user = 0, dead_system = 0;
  std::sscanf(text.c_str() + after + 2,
              "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld", &user, &system,
              &dead_user, &dead_system);
  return (static_cast<double>(user + system) + static_cast<double>(dead_user + dead_system)) /
         static_cast<double>(sysconf(_SC_CLK_TCK));
}

// Of a process and all below it: workers, and the kernels that workers start.
double seconds_of_tree(const std::string& pid) {
  double sum = seconds_of_process(pid);
  std::error_code error;
  for (const auto& task : std::filesystem::directory_iterator("/proc/" + pid + "/task", error)) {
    std::ifstream children(task.path() / "children");
    for (std::string child; children >> child;) sum += seconds_of_tree(child);
  }
  return sum;
}

double cpu_seconds() { return seconds_of_tree(std::to_string(getpid())); }

class Watch {
 public:
  double wall() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  double cpu() const { return cpu_seconds() - cpu_start_; }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double cpu_start_ = cpu_seconds();
};

// ---- rows ----------------------------------------------------------------------

void set(Row& row, Figure f, const ordered_json& from, const char* key) {
  const auto at = from.find(key);
  if (at != from.end() && at->is_number()) row[f] = at->get<double>();
}

void add_figures(Row& row, const ordered_json& j) {
  set(row, Figure::kCd, j, "cd"), set(row, Figure::kIou, j, "iou");
  set(row, Figure::kIouOfficial, j, "iou_official"), set(row, Figure::kExcessCd, j, "excess_cd");
  set(row, Figure::kIouError, j, "iou_error"), set(row, Figure::kMisfit, j, "misfit");
  set(row, Figure::kAccCmd, j, "acc_cmd"), set(row, Figure::kAccParam, j, "acc_param");
  if (const auto fixed = j.find("fixed-scale"); fixed != j.end())
    set(row, Figure::kFixedCd, *fixed, "cd"), set(row, Figure::kFixedIou, *fixed, "iou");
  const auto peer = j.find("opencadrecode");
  if (peer == j.end()) return;
  set(row, Figure::kPeerChamfer, *peer, "chamfer_distance");
  set(row, Figure::kPeerHausdorff, *peer, "hausdorff_distance");
  set(row, Figure::kPeerEarthMover, *peer, "earth_mover_distance");
  set(row, Figure::kPeerRms, *peer, "rms_error"), set(row, Figure::kPeerIou, *peer, "iou");
  set(row, Figure::kPeerMatching, *peer, "matching_rate");
  set(row, Figure::kPeerCoverage, *peer, "coverage_rate");
  set(row, Figure::kPeerNormals, *peer, "normal_consistency");
}

Row row_of(const std::string& data, const std::string& system, const PartRef& part, size_t k,
           size_t count, const Candidate& answer, const ordered_json* measured) {
  Row row;
  row.data = data, row.system = system, row.id = part.id, row.part = part.number;
  row.candidate = static_cast<uint32_t>(k), row.candidates = static_cast<uint32_t>(count);
  if (answer.tokens) row[Figure::kTokens] = static_cast<double>(*answer.tokens);
  if (!measured) {
    row.stage = "answer", row.kind = answer.kind, row.message = answer.message;
    return row;
  }
  const ordered_json& j = *measured;
  row.ok = j["status"] == "ok";
  if (!row.ok) {
    row.stage = score::is_bad_truth(j) ? "truth" : "run";
    row.kind = j["error"]["kind"], row.message = j["error"]["message"];
    return row;
  }
  row.by = j["by"];
  if (j["valid"].is_boolean()) row.valid = j["valid"].get<bool>();
  add_figures(row, j);
  return row;
}

// ---- one data set and system -----------------------------------------------------

class Runner {
 public:
  Runner(const Config& config, const RunOptions& options)
      : config_(config), options_(options), threads_(options.threads) {
    if (threads_ <= 0)
      threads_ = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  }

  RunReport go() {
    make_workers();
    std::vector<DataSet> data;
    for (const DataConfig& d : config_.data) data.push_back(load_data(d, threads_));
    Store store(options_.folder, options_.share, settings_of(config_, data), options_.rescore);
    store_ = &store;
    for (const DataSet& set : data)
      for (const SystemConfig& system : config_.systems)
        if (runs_on(system, set.name)) report_.parts += options_.share.of(set.parts.size());
    for (const DataSet& set : data)
      for (const SystemConfig& system : config_.systems)
        if (runs_on(system, set.name) && !stopped()) one(set, system);
    report_.finished = done_ == report_.parts;
    return report_;
  }

 private:
  bool stopped() const { return options_.stop && options_.stop(); }

  // Before any thread: they are forked.
  void make_workers() {
    execute::Limits limits;
    limits.worker.cpu_seconds = config_.cpu_seconds;
    executor_ = std::make_unique<execute::Executor>(static_cast<size_t>(threads_), limits);
    const bool searches =
        std::any_of(config_.systems.begin(), config_.systems.end(), [](const SystemConfig& s) {
          return s.kind == SystemKind::kReconstruct || s.kind == SystemKind::kFit;
        });
    if (searches) searches_ = std::make_unique<SearchPool>(config_, threads_);
    scorer_ = std::make_unique<score::Scorer>(score_settings(config_, threads_), executor_.get());
  }

  void one(const DataSet& data, const SystemConfig& system) {
    std::vector<const PartRef*> todo;
    for (const PartRef& p : data.parts) {
      if (!options_.share.has(p.number)) continue;
      if (store_->measured({data.name, system.name, p.number})) {
        ++done_, ++report_.resumed;
      } else {
        todo.push_back(&p);
      }
    }
    system_.reset();  // before the next is loaded: models are large
    const size_t size = options_.block ? options_.block : kBlock;
    for (size_t at = 0; at < todo.size() && !stopped(); at += size) {
      const size_t n = std::min(size, todo.size() - at);
      block(data, system, {todo.data() + at, n});
      if (options_.progress)
        options_.progress(data.name + " by " + system.name, done_, report_.parts);
    }
  }

  void block(const DataSet& data, const SystemConfig& system,
             std::span<const PartRef* const> parts) {
    Watch answering;
    std::vector<std::optional<std::vector<Candidate>>> answers(parts.size());
    bool all = true;
    for (size_t i = 0; i < parts.size(); ++i) {
      answers[i] = store_->take_answers({data.name, system.name, parts[i]->number});
      all &= answers[i].has_value();
    }
    if (!all) ask(data, system, parts, answers);
    const double wall = answering.wall(), cpu = answering.cpu();
    Watch scoring;
    measure(data, system, parts, answers);
    time_line(data, system, parts.size(), answers, !all, wall, cpu, scoring);
  }

  void ask(const DataSet& data, const SystemConfig& config, std::span<const PartRef* const> parts,
           std::vector<std::optional<std::vector<Candidate>>>& answers) {
    if (!system_) {
      system_ = make_system(config, config_, data, searches_.get(), threads_, options_.stop);
    }
    std::vector<Question> questions;
    std::vector<size_t> place;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (answers[i]) continue;
      questions.push_back({parts[i], {}});
      place.push_back(i);
    }
    if (const size_t points = system_->points()) {
      std::vector<score::Scorer::Drawing> drawings;
      for (const Question& q : questions) drawings.push_back(drawing(*q.part));
      const auto observed = scorer_->observe(drawings, points, config_.dense);
      for (size_t i = 0; i < questions.size(); ++i) questions[i].observed = observed[i].points;
    }
    system_->answer(questions, [&](size_t i, std::vector<Candidate> list) {
      const PartRef& part = *questions[i].part;
      store_->add_answers({data.name, config.name, part.number}, part.id, list);
      answers[place[i]] = std::move(list);
    });
  }

  score::Scorer::Drawing drawing(const PartRef& part) const {
    return {part.shown, score::row_seed(config_.seed, part.id)};
  }

  void measure(const DataSet& data, const SystemConfig& system,
               std::span<const PartRef* const> parts,
               const std::vector<std::optional<std::vector<Candidate>>>& answers) {
    std::vector<score::Pair> pairs;
    const auto observed = points_for_choice(system, parts);
    for (size_t i = 0; i < parts.size(); ++i) {
      if (!answers[i]) continue;  // interrupted
      for (const Candidate& c : *answers[i]) {
        if (c.answer.missing()) continue;
        pairs.push_back({parts[i]->id, parts[i]->truth, c.answer,
                         score::row_seed(config_.seed, parts[i]->id),
                         observed.empty() ? nullptr : observed[i].points});
      }
    }
    const std::vector<ordered_json> measured = score(pairs);
    size_t at = 0;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (!answers[i]) continue;
      std::vector<Row> rows;
      const auto& list = *answers[i];
      for (size_t k = 0; k < list.size(); ++k) {
        const ordered_json* figures = list[k].answer.missing() ? nullptr : &measured[at++];
        rows.push_back(row_of(data.name, system.name, *parts[i], k, list.size(), list[k], figures));
      }
      store_->add_rows(rows);
      ++done_;
    }
  }

  std::vector<ordered_json> score(const std::vector<score::Pair>& pairs) {
    std::vector<ordered_json> rows = scorer_->score(pairs);
    std::vector<size_t> again;
    for (size_t i = 0; i < rows.size(); ++i) {
      const auto error = rows[i].find("error");
      if (error != rows[i].end() && killed_from_outside((*error)["message"].get<std::string>()))
        again.push_back(i);
    }
    if (again.empty()) return rows;
    wait_for_own_end();
    std::vector<score::Pair> struck;
    for (const size_t i : again) struck.push_back(pairs[i]);
    std::vector<ordered_json> second = scorer_->score(struck);
    for (size_t k = 0; k < again.size(); ++k) rows[again[k]] = std::move(second[k]);
    return rows;
  }

  // Only a choice among several needs them.
  std::vector<score::Observed> points_for_choice(const SystemConfig& system,
                                                 std::span<const PartRef* const> parts) {
    if (system.candidates.value_or(config_.candidates) < 2) return {};
    std::vector<score::Scorer::Drawing> drawings;
    for (const PartRef* p : parts) drawings.push_back(drawing(*p));
    return scorer_->observe(drawings, config_.points, config_.dense);
  }

  void time_line(const DataSet& data, const SystemConfig& system, size_t parts,
                 const std::vector<std::optional<std::vector<Candidate>>>& answers, bool asked,
                 double wall, double cpu, const Watch& scoring) {
    uint64_t candidates = 0, tokens = 0;
    for (const auto& list : answers) {
      if (!list) continue;
      candidates += list->size();
      for (const Candidate& c : *list) tokens += c.tokens.value_or(0);
    }
    ordered_json j = {
        {"data", data.name},           {"system", system.name}, {"parts", parts},
        {"candidates", candidates},    {"tokens", tokens},      {"threads", threads_},
        {"answer_wall", nullptr},      {"answer_cpu", nullptr}, {"measure_wall", scoring.wall()},
        {"measure_cpu", scoring.cpu()}};
    if (asked) j["answer_wall"] = wall, j["answer_cpu"] = cpu;
    store_->add_time(j.dump());
  }

  const Config& config_;
  const RunOptions& options_;
  int threads_;
  RunReport report_;
  uint64_t done_ = 0;
  std::unique_ptr<execute::Executor> executor_;
  std::unique_ptr<SearchPool> searches_;
  std::unique_ptr<score::Scorer> scorer_;
  std::unique_ptr<System> system_;
  Store* store_ = nullptr;
};

}  // namespace

RunReport run(const Config& config, const RunOptions& options) {
  return Runner(config, options).go();
}

}  // namespace cadrecode::benchmark
