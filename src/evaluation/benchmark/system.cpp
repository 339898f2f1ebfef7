#include "evaluation/benchmark/system.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "evaluation/benchmark/predictions.h"
#include "learning/infer/infer.h"

namespace cadrecode::benchmark {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

class Stored : public System {
 public:
  Stored(const SystemConfig& system, uint64_t candidates, const DataSet& data)
      : candidates_(candidates), by_part_(read_predictions(system.path, system.key)) {
    const bool any = std::any_of(data.parts.begin(), data.parts.end(),
                                 [&](const PartRef& p) { return find(p.id) != nullptr; });
    if (any) return;
    throw Error(ErrorKind::kInput, "system '" + system.name + "': nothing in '" + system.path +
                                       "' is called as a part of '" + data.name + "' is, e.g. '" +
                                       data.parts.front().id + "'");
  }

  void answer(std::span<const Question> questions,
              const std::function<void(size_t, std::vector<Candidate>)>& done) override {
    for (size_t i = 0; i < questions.size(); ++i) {
      const auto* found = find(questions[i].part->id);
      std::vector<Candidate> list;
      if (found) list.assign(found->begin(), found->begin() + most(found->size()));
      if (list.empty()) list.push_back({{}, "missing", "no prediction", {}});
      done(i, std::move(list));
    }
  }

 private:
  std::ptrdiff_t most(size_t found) const {
    return static_cast<std::ptrdiff_t>(std::min<size_t>(found, candidates_));
  }
  // OpenCADRecode writes '/' of an id as '_'.
  const std::vector<Candidate>* find(const std::string& id) const {
    auto at = by_part_.find(id);
    if (at == by_part_.end()) {
      std::string flat = id;
      std::replace(flat.begin(), flat.end(), '/', '_');
      at = by_part_.find(flat);
    }
    return at == by_part_.end() ? nullptr : &at->second;
  }

  uint64_t candidates_;
  std::map<std::string, std::vector<Candidate>> by_part_;
};

class Model : public System {
 public:
  Model(const SystemConfig& system, const Config& config, uint64_t candidates, int threads)
      : inference_(options_of(system, config, candidates, threads)),
        points_(system.points.value_or(config.points)) {}

  size_t points() const override { return points_; }

  void answer(std::span<const Question> questions,
              const std::function<void(size_t, std::vector<Candidate>)>& done) override {
    size_t asked = 0, answered = 0;
    inference_.run(
        [&]() -> std::optional<infer::Input> {
          if (asked == questions.size()) return std::nullopt;
          const Question& q = questions[asked++];
          infer::Input input;
          input.id = q.part->id;
          if (!q.observed) {
            input.failure = Error(ErrorKind::kInput, "there are no points of it");
            return input;
          }
          for (const Vec3& p : *q.observed)
            input.prepared.points.push_back(
                {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
          return input;
        },
        [&](const infer::Input& input, const std::vector<infer::Answer>& answers) {
          std::vector<Candidate> list;
          for (const infer::Answer& a : answers) {
            Candidate c;
            c.tokens = a.tokens;
            if (a.error.empty()) {
              c.answer.code = a.code;
            } else {
              c.kind = "limit", c.message = a.error;
            }
            list.push_back(std::move(c));
          }
          if (input.failure)
            list = {{{}, to_string(input.failure->kind()), input.failure->what(), {}}};
          done(answered++, std::move(list));
        });
  }

 private:
  static infer::Options options_of(const SystemConfig& s, const Config& config, uint64_t candidates,
                                   int threads) {
    infer::Options o;
    o.model = s.path;
    o.tokenizer = s.tokenizer;
    if (!s.weights.empty()) o.weights = decode::weight_format_from_string(s.weights);
    o.sampling.temperature = static_cast<float>(s.temperature);
    o.sampling.top_p = static_cast<float>(s.top_p);
    o.samples = candidates;
    o.max_new_tokens = s.max_new_tokens;
    o.batch = s.batch;
    o.threads = static_cast<size_t>(threads);
    o.seed = config.seed;
    o.constrain = s.constrain;
    return o;
  }

  infer::Inference inference_;
  size_t points_;
};

class Search : public System {
 public:
  Search(SystemConfig system, uint64_t candidates, uint64_t seed, SearchPool& pool,
         std::function<bool()> stop)
      : system_(std::move(system)),
        candidates_(candidates),
        seed_(seed),
        pool_(pool),
        stop_(std::move(stop)) {}

  void answer(std::span<const Question> questions,
              const std::function<void(size_t, std::vector<Candidate>)>& done) override {
    auto all = pool_.run(system_, candidates_, seed_, questions, stop_);
    for (size_t i = 0; i < all.size(); ++i) done(i, std::move(all[i]));
  }

 private:
  SystemConfig system_;
  uint64_t candidates_, seed_;
  SearchPool& pool_;
  std::function<bool()> stop_;
};

// What a model's files are, without reading gigabytes: small files whole, of
// large ones the size and both ends.
std::string model_fingerprint(const std::string& folder) {
  if (!fs::is_directory(folder)) return "";
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string extension = lower_extension(entry.path().string());
    if (entry.is_regular_file() && (extension == ".json" || extension == ".safetensors"))
      files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  Sha256 all;
  constexpr size_t kEnd = size_t{1} << 20;
  for (const std::string& path : files) {
    const size_t size = fs::file_size(path);
    all.add(fs::path(path).filename().string() + " " + std::to_string(size) + "\n");
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                         &std::fclose);
    if (!file) continue;
    std::string bytes(std::min(size, kEnd), '\0');
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
    all.add(bytes);
    if (size <= kEnd) continue;
    std::fseek(file.get(), -static_cast<long>(kEnd), SEEK_END);
    bytes.resize(kEnd);
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
    all.add(bytes);
  }
  return all.hex();
}

// Of rows the bytes; of a folder names and sizes, for it may hold a hundred thousand.
std::string predictions_fingerprint(const std::string& path) {
  if (!fs::is_directory(path)) return fs::exists(path) ? sha256_of_file(path) : "";
  std::vector<std::string> lines;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (!entry.is_regular_file()) continue;
    lines.push_back(std::to_string(entry.file_size()) + "  " +
                    entry.path().lexically_relative(path).generic_string() + "\n");
  }
  std::sort(lines.begin(), lines.end());
  Sha256 all;
  for (const std::string& line : lines) all.add(line);
  return all.hex();
}

}  // namespace

std::unique_ptr<System> make_system(const SystemConfig& system, const Config& config,
                                    const DataSet& data, SearchPool* searches, int threads,
                                    const std::function<bool()>& stop) {
  const uint64_t candidates = system.candidates.value_or(config.candidates);
  switch (system.kind) {
    case SystemKind::kPredictions:
      return std::make_unique<Stored>(system, candidates, data);
    case SystemKind::kModel:
      return std::make_unique<Model>(system, config, candidates, threads);
    default:
      return std::make_unique<Search>(system, candidates, config.seed, *searches, stop);
  }
}

bool killed_from_outside(const std::string& message) {
  return message.find("(SIGKILL)") != std::string::npos;
}

void wait_for_own_end() { std::this_thread::sleep_for(std::chrono::seconds(1)); }

std::string settings_of(const SystemConfig& s, const Config& config) {
  ordered_json j = {{"kind", to_string(s.kind)},
                    {"candidates", s.candidates.value_or(config.candidates)},
                    {"seed", config.seed}};
  if (s.kind == SystemKind::kPredictions) {
    j["path"] = s.path;
    j["files"] = predictions_fingerprint(s.path);
    j["key"] = s.key;
  } else if (s.kind == SystemKind::kModel) {
    j["path"] = s.path;
    j["files"] = model_fingerprint(s.path);
    j["tokenizer"] = s.tokenizer;
    j["weights"] = s.weights.empty() ? "stored" : s.weights;
    j["temperature"] = s.temperature;
    j["top_p"] = s.top_p;
    j["max_new_tokens"] = s.max_new_tokens;
    j["constrain"] = s.constrain;
    j["points"] = s.points.value_or(config.points);
    j["dense"] = config.dense;
  } else {
    j["budget"] = s.budget_seconds;
    j["judged"] = s.judged;
    j["cloud"] = s.cloud;
    j["cpu_seconds"] = s.cpu_seconds;
  }
  return j.dump();
}

}  // namespace cadrecode::benchmark
