#include "app/cli/metric_rows.h"

#include <atomic>
#include <map>
#include <thread>

#include "base/files.h"
#include "base/random.h"
#include "evaluation/metric/commands.h"
#include "evaluation/metric/official.h"
#include "evaluation/metric/peer.h"
#include "geometry/prism/solid.h"
#include "language/dialect/recognise.h"
#include "pipeline/subject/subject.h"

namespace cadrecode::cli {
namespace {

using nlohmann::ordered_json;

constexpr size_t kBlockPerThread = 64;

// f(i) for 0 … n-1 on some threads; `f` must not throw.
template <typename F>
void for_each_index(size_t n, size_t threads, const F& f) {
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i; (i = next.fetch_add(1)) < n;) f(i);
  };
  std::vector<std::thread> pool;
  for (size_t t = 1; t < std::min(threads, n); ++t) pool.emplace_back(work);
  work();
  for (std::thread& thread : pool) thread.join();
}

ordered_json nullable(const std::optional<double>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

void add_reason(ordered_json& row, const std::string& reason) {
  if (reason.empty()) return;
  row["reason"] =
      row.contains("reason") ? row["reason"].get<std::string>() + "; " + reason : reason;
}

metric::OfficialOptions official_options(const MetricSettings& settings, uint64_t seed) {
  metric::OfficialOptions options;
  if (settings.points) options.points = settings.points;
  options.seed = seed;
  options.fixed_scale = settings.protocol == "fixed-scale";
  options.excess = !settings.no_excess;
  options.iou_error = settings.iou_error;
  return options;
}

metric::PeerOptions peer_options(const MetricSettings& settings, uint64_t seed) {
  metric::PeerOptions options;
  if (settings.points) options.points = settings.points;
  options.seed = seed;
  options.align = settings.align;
  options.earth_mover = !settings.no_earth_mover;
  return options;
}

void add(ordered_json& row, const metric::OfficialScores& s, bool by_prism) {
  row["cd"] = nullable(s.cd);
  row["iou"] = nullable(s.iou);
  row["iou_official"] = nullable(s.iou_official);
  row["excess_cd"] = nullable(s.excess_cd);
  row["iou_error"] = by_prism ? ordered_json(nullptr) : ordered_json(s.iou_error);
  add_reason(row, s.reason);
}

void add(ordered_json& row, const metric::PeerScores& s) {
  row["chamfer_distance"] = nullable(s.chamfer_distance);
  row["hausdorff_distance"] = nullable(s.hausdorff_distance);
  row["earth_mover_distance"] = nullable(s.earth_mover_distance);
  row["rms_error"] = nullable(s.rms_error);
  row["iou"] = nullable(s.iou);
  row["matching_rate"] = nullable(s.matching_rate);
  row["coverage_rate"] = nullable(s.coverage_rate);
  row["normal_consistency"] = nullable(s.normal_consistency);
  row["aligned"] = s.aligned;
  add_reason(row, s.reason);
}

void add_accuracy(ordered_json& row, const part::Part* truth, const part::Part* prediction) {
  row["acc_cmd"] = nullptr, row["acc_param"] = nullptr;
  if (!truth || !prediction) {
    add_reason(row, "acc_cmd and acc_param need two sketch-and-extrude programs");
    return;
  }
  const metric::CommandAccuracy accuracy = metric::command_accuracy(*truth, *prediction);
  row["acc_cmd"] = accuracy.command;
  row["acc_param"] = nullable(accuracy.parameter);
  add_reason(row, accuracy.reason);
}

}  // namespace

// One file or text of a block, however many pairs name it.
struct MetricScorer::Side {
  MetricInput input;
  std::optional<part::Part> part;  // recognised, and valid
  std::string no_part;             // why not
  bool needs_mesh = false;
  std::optional<subject::Subject> subject;
  std::optional<Error> failure;

  const mesh::TriangleMesh& surface() const {
    if (!subject->is_cloud()) return subject->mesh;
    throw Error(ErrorKind::kUnsupported,
                "'" + subject->path + "' is a point cloud; metrics need a surface");
  }
};

struct MetricScorer::Block {
  const std::vector<MetricPair>& pairs;
  std::vector<Side> sides;
  std::vector<std::pair<size_t, size_t>> of;  // truth's and prediction's side of each pair
};

namespace {

bool is_program(const MetricInput& input) {
  return input.code || lower_extension(input.path) == ".py";
}

std::optional<part::Part> valid_part(const MetricInput& input, std::string& why_not) {
  if (!is_program(input)) {
    why_not = "not a program";
    return std::nullopt;
  }
  dialect::Recognition r =
      dialect::recognise(input.code ? *input.code : read_file(input.path, size_t{64} << 20));
  why_not = r.reason;
  if (!r.part) return std::nullopt;
  const prism::Verdict verdict = prism::verdict(*r.part);
  if (!verdict.valid()) why_not = verdict.message();
  return verdict.valid() ? std::move(r.part) : std::nullopt;
}

}  // namespace

MetricScorer::MetricScorer(MetricSettings settings) : settings_(std::move(settings)) {
  if (settings_.threads <= 0)
    settings_.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}
MetricScorer::~MetricScorer() = default;

size_t MetricScorer::block() const {
  return kBlockPerThread * static_cast<size_t>(settings_.threads);
}

void MetricScorer::recognise(Block& block) const {
  for_each_index(block.sides.size(), static_cast<size_t>(settings_.threads), [&](size_t i) {
    Side& side = block.sides[i];
    try {
      side.part = valid_part(side.input, side.no_part);
    } catch (const Error& error) {  // the kernel's way says the same, with its place
      side.no_part = error.what();
    }
  });
  const bool official = settings_.iou_official && settings_.protocol != "opencadrecode";
  for (const auto& [t, p] : block.of) {
    const bool parts = block.sides[t].part && block.sides[p].part;
    const bool by_mesh = settings_.by == "mesh" || official;
    if (settings_.by == "prism" ? !(parts && official) : parts && !by_mesh) continue;
    block.sides[t].needs_mesh = block.sides[p].needs_mesh = true;
  }
}

void MetricScorer::load(Block& block) {
  std::vector<Side*> waiting;
  std::vector<execute::Job> jobs;
  for (Side& side : block.sides) {
    if (!side.needs_mesh || side.input.missing()) continue;
    try {
      execute::Job job;
      if (side.input.code) {
        job.id = side.input.path;
        job.code = *side.input.code;
        job.tessellate = true;
        job.measure = false;
      } else if (auto known = subject::job_of(side.input.path)) {
        job = std::move(*known);
      } else {
        side.subject = subject::read(side.input.path);
        continue;
      }
      jobs.push_back(std::move(job)), waiting.push_back(&side);
    } catch (const Error& error) {
      side.failure = error;
    }
  }
  if (jobs.empty()) return;
  if (!executor_) executor_ = std::make_unique<execute::Executor>(settings_.threads);
  size_t asked = 0, answered = 0;
  executor_->run(
      [&]() {
        return asked < jobs.size() ? std::optional(std::move(jobs[asked++])) : std::nullopt;
      },
      [&](execute::Outcome outcome) {
        Side& side = *waiting[answered++];
        try {
          side.subject = subject::from_outcome(std::move(outcome));
        } catch (const Error& error) {
          side.failure = error;
        }
      });
}

ordered_json MetricScorer::row(const MetricPair& pair, const Side& truth,
                               const Side& prediction) const {
  ordered_json row = {{"id", pair.id}};
  const bool by_prism = truth.part && prediction.part && settings_.by != "mesh";
  const Side* at = &truth;
  try {
    if (settings_.by == "prism" && !by_prism) {
      at = truth.part ? &prediction : &truth;
      throw Error(ErrorKind::kUnsupported,
                  "not a valid sketch-and-extrude program: " + at->no_part);
    }
    for (const Side* side : {&truth, &prediction}) {
      at = side;
      if (side->input.missing()) throw Error(ErrorKind::kInput, "no prediction");
      if (side->failure) throw *side->failure;
      if (!by_prism) side->surface();
    }
    row["status"] = "ok";
    row["valid"] = by_prism                          ? ordered_json(true)
                   : prediction.subject->from_kernel ? ordered_json(prediction.subject->valid)
                                                     : ordered_json(nullptr);
    row["by"] = by_prism ? "prism" : "mesh";
    if (settings_.protocol == "opencadrecode") {
      const auto options = peer_options(settings_, pair.seed);
      add(row, by_prism ? metric::peer_scores(*truth.part, *prediction.part, options)
                        : metric::peer_scores(truth.surface(), prediction.surface(), options));
      return row;
    }
    const auto options = official_options(settings_, pair.seed);
    if (!by_prism) {
      add(row, metric::official_scores(truth.surface(), prediction.surface(), options), false);
    } else {
      auto scores = metric::official_scores(*truth.part, *prediction.part, options);
      if (settings_.iou_official) {
        scores.iou_official = metric::official_iou(truth.surface(), prediction.surface(), options);
      } else {
        scores.reason = "iou_official is a property of meshes: ask with --iou-official";
      }
      add(row, scores, true);
    }
    add_accuracy(row, truth.part ? &*truth.part : nullptr,
                 prediction.part ? &*prediction.part : nullptr);
  } catch (const Error& error) {
    row = {
        {"id", pair.id}, {"status", "error"}, {"valid", false}, {"cd", nullptr}, {"iou", nullptr}};
    row["error"] = {{"kind", to_string(error.kind())}, {"message", error.what()}};
    if (at == &truth) row["error"]["side"] = "gt";
  }
  return row;
}

std::vector<ordered_json> MetricScorer::score(const std::vector<MetricPair>& pairs) {
  Block block{pairs, {}, {}};
  std::map<std::string, size_t> known;
  const auto side_of = [&](const MetricInput& input, const std::string& name) {
    const std::string key = input.code ? "code " + *input.code : "file " + input.path;
    const auto [at, fresh] = known.try_emplace(key, block.sides.size());
    if (fresh) block.sides.push_back({input, {}, {}, false, {}, {}});
    Side& side = block.sides[at->second];
    if (side.input.code && side.input.path.empty()) side.input.path = name;  // for messages
    return at->second;
  };
  for (const MetricPair& pair : pairs) {
    const size_t truth = side_of(pair.truth, pair.id + " (gt)");
    block.of.push_back({truth, side_of(pair.prediction, pair.id)});
  }
  recognise(block);
  load(block);
  std::vector<ordered_json> rows(pairs.size());
  for_each_index(pairs.size(), static_cast<size_t>(settings_.threads), [&](size_t i) {
    rows[i] = row(pairs[i], block.sides[block.of[i].first], block.sides[block.of[i].second]);
  });
  return rows;
}

uint64_t row_seed(uint64_t seed, const std::string& id) {
  uint64_t hash = 0xCBF29CE484222325ull;  // FNV-1a
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
  return RandomStream(seed).fork(hash).bits_at(0);
}

bool is_bad_truth(const ordered_json& row) {
  const auto error = row.find("error");
  return error != row.end() && error->value("side", "") == "gt";
}

}  // namespace cadrecode::cli
