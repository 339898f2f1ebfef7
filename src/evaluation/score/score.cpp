#include "evaluation/score/score.h"

#include <algorithm>
#include <map>
#include <numbers>
#include <thread>

#include "base/files.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/random.h"
#include "evaluation/metric/commands.h"
#include "evaluation/metric/official.h"
#include "evaluation/metric/peer.h"
#include "geometry/cloud/nearest_all.h"
#include "geometry/cloud/process.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/query.h"
#include "geometry/prism/solid.h"
#include "language/dialect/recognise.h"
#include "learning/reward/reward.h"
#include "pipeline/subject/subject.h"

namespace cadrecode::score {
namespace {

using nlohmann::ordered_json;

constexpr size_t kBlockPerThread = 64;
constexpr size_t kMisfitSamples = 2048;  // as reward::misfit draws

ordered_json nullable(const std::optional<double>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

void add_reason(ordered_json& row, const std::string& reason) {
  if (reason.empty()) return;
  row["reason"] =
      row.contains("reason") ? row["reason"].get<std::string>() + "; " + reason : reason;
}

metric::OfficialOptions official_options(const Settings& settings, const std::string& protocol,
                                         uint64_t seed) {
  metric::OfficialOptions options;
  if (settings.points) options.points = settings.points;
  options.seed = seed;
  options.fixed_scale = protocol == "fixed-scale";
  options.excess = !settings.no_excess;
  options.iou_error = settings.iou_error;
  return options;
}

metric::PeerOptions peer_options(const Settings& settings, uint64_t seed) {
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
struct Scorer::Side {
  Input input;
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

struct Scorer::Block {
  const std::vector<Pair>& pairs;
  std::vector<Side> sides;
  std::vector<std::pair<size_t, size_t>> of;  // truth's and prediction's side of each pair
};

namespace {

bool is_program(const Input& input) { return input.code || lower_extension(input.path) == ".py"; }

std::optional<part::Part> valid_part(const Input& input, std::string& why_not) {
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

// ---- points ------------------------------------------------------------------

std::vector<Vec3> farthest(std::vector<Vec3> points, size_t count, const Box3& box) {
  if (points.size() < count) {
    throw Error(ErrorKind::kValue, "the truth has " + std::to_string(points.size()) + " points, " +
                                       std::to_string(count) + " are wanted");
  }
  const cloud::Normalisation unit = cloud::unit_normalisation(box);
  for (Vec3& p : points) p = unit.apply(p);
  std::vector<Vec3> out;
  for (const uint32_t i : cloud::farthest_points(points, count)) out.push_back(points[i]);
  return out;
}

std::vector<Vec3> drawn(const part::Part& part, size_t count, size_t dense, uint64_t seed) {
  const prism::Solid solid(part);
  return farthest(prism::sample_surface(solid, std::max(dense, count), seed).points, count,
                  prism::bounds(solid));
}

std::vector<Vec3> drawn(const subject::Subject& truth, size_t count, size_t dense, uint64_t seed) {
  if (truth.is_cloud())
    return farthest(truth.cloud.points, count, cloud::bounding_box(truth.cloud.points));
  return farthest(cloud::sample_surface(truth.mesh, std::max(dense, count), seed).cloud.points,
                  count, mesh::bounding_box(truth.mesh));
}

// The points in the prediction's own frame, so that what lies exactly on a plane
// still does; `scale`: its lengths a half of its longest side.
std::vector<Vec3> into(const Box3& box, const std::vector<Vec3>& observed, double& scale) {
  scale = box.longest() / 2;
  if (!(scale > 0)) throw Error(ErrorKind::kGeometry, "the prediction has no extent");
  std::vector<Vec3> points = observed;
  for (Vec3& p : points) p = p * scale + box.center();
  return points;
}

}  // namespace

Scorer::Scorer(Settings settings, execute::Executor* executor)
    : settings_(std::move(settings)), executor_(executor) {
  if (settings_.threads <= 0)
    settings_.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}
Scorer::~Scorer() = default;

size_t Scorer::block() const { return kBlockPerThread * static_cast<size_t>(settings_.threads); }

void Scorer::recognise(std::vector<Side>& sides) const {
  parallel_for(sides.size(), settings_.threads, [&](size_t i) {
    Side& side = sides[i];
    try {
      side.part = valid_part(side.input, side.no_part);
    } catch (const Error& error) {  // the kernel's way says the same, with its place
      side.no_part = error.what();
    }
  });
}

void Scorer::choose_way(Block& block) const {
  const auto& protocols = settings_.protocols;
  const bool official =
      settings_.iou_official && std::any_of(protocols.begin(), protocols.end(),
                                            [](const auto& p) { return p != "opencadrecode"; });
  for (const auto& [t, p] : block.of) {
    const bool parts = block.sides[t].part && block.sides[p].part;
    const bool by_mesh = settings_.by == "mesh" || official;
    if (settings_.by == "prism" ? !(parts && official) : parts && !by_mesh) continue;
    block.sides[t].needs_mesh = block.sides[p].needs_mesh = true;
  }
}

void Scorer::load(std::vector<Side>& sides) {
  std::vector<Side*> waiting;
  std::vector<execute::Job> jobs;
  for (Side& side : sides) {
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
  if (!executor_) {
    execute::Limits limits;
    limits.worker.cpu_seconds = settings_.cpu_seconds;
    own_executor_ =
        std::make_unique<execute::Executor>(static_cast<size_t>(settings_.threads), limits);
    executor_ = own_executor_.get();
  }
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

void Scorer::add_protocol(ordered_json& row, const std::string& protocol, const Pair& pair,
                          const Side& truth, const Side& prediction, bool by_prism) const {
  if (protocol == "opencadrecode") {
    const auto options = peer_options(settings_, pair.seed);
    add(row, by_prism ? metric::peer_scores(*truth.part, *prediction.part, options)
                      : metric::peer_scores(truth.surface(), prediction.surface(), options));
    return;
  }
  const auto options = official_options(settings_, protocol, pair.seed);
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
}

ordered_json Scorer::row(const Pair& pair, const Side& truth, const Side& prediction) const {
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
    for (const std::string& protocol : settings_.protocols) {
      const bool first = protocol == settings_.protocols.front();
      if (!first) row[protocol] = ordered_json::object();
      add_protocol(first ? row : row[protocol], protocol, pair, truth, prediction, by_prism);
    }
    if (pair.observed) {
      row["misfit"] = prediction.part ? misfit(*prediction.part, *pair.observed, pair.seed)
                                      : misfit(prediction.surface(), *pair.observed, pair.seed);
    }
  } catch (const Error& error) {
    row = {
        {"id", pair.id}, {"status", "error"}, {"valid", false}, {"cd", nullptr}, {"iou", nullptr}};
    row["error"] = {{"kind", to_string(error.kind())}, {"message", error.what()}};
    if (at == &truth) row["error"]["side"] = "gt";
  }
  return row;
}

std::vector<Observed> Scorer::observe(const std::vector<Drawing>& truths, size_t count,
                                      size_t dense) {
  std::vector<Side> sides;
  for (const Drawing& d : truths) sides.push_back({d.truth, {}, {}, false, {}, {}});
  recognise(sides);
  for (Side& side : sides) side.needs_mesh = !side.part;
  load(sides);
  std::vector<Observed> out(truths.size());
  parallel_for(truths.size(), settings_.threads, [&](size_t i) {
    try {
      if (sides[i].failure) throw *sides[i].failure;
      out[i].points = std::make_shared<const std::vector<Vec3>>(
          sides[i].part ? drawn(*sides[i].part, count, dense, truths[i].seed)
                        : drawn(*sides[i].subject, count, dense, truths[i].seed));
    } catch (const Error& error) {
      out[i].failure = error;
    }
  });
  return out;
}

std::vector<ordered_json> Scorer::score(const std::vector<Pair>& pairs) {
  Block block{pairs, {}, {}};
  std::map<std::string, size_t> known;
  const auto side_of = [&](const Input& input, const std::string& name) {
    const auto [at, fresh] = known.try_emplace(input.key(), block.sides.size());
    if (fresh) block.sides.push_back({input, {}, {}, false, {}, {}});
    Side& side = block.sides[at->second];
    if (side.input.code && side.input.path.empty()) side.input.path = name;  // for messages
    return at->second;
  };
  for (const Pair& pair : pairs) {
    const size_t truth = side_of(pair.truth, pair.id + " (gt)");
    block.of.push_back({truth, side_of(pair.prediction, pair.id)});
  }
  recognise(block.sides);
  choose_way(block);
  load(block.sides);
  std::vector<ordered_json> rows(pairs.size());
  parallel_for(pairs.size(), settings_.threads, [&](size_t i) {
    rows[i] = row(pairs[i], block.sides[block.of[i].first], block.sides[block.of[i].second]);
  });
  return rows;
}

double misfit(const part::Part& prediction, const std::vector<Vec3>& observed, uint64_t seed) {
  const prism::Solid solid(prediction);
  double scale = 1;
  const auto points = into(prism::bounds(solid), observed, scale);
  return 1000 * reward::misfit(solid, points, seed) / (scale * scale);
}

double misfit(const mesh::TriangleMesh& prediction, const std::vector<Vec3>& observed,
              uint64_t seed) {
  double scale = 1;
  const auto points = into(mesh::bounding_box(prediction), observed, scale);
  double outward = 0, inward = 0;
  const mesh::MeshIndex index(prediction);
  for (const Vec3& p : points) {
    const double d = index.nearest(p).distance;
    outward += d * d;
  }
  const auto samples = cloud::sample_surface(prediction, kMisfitSamples, seed).cloud.points;
  for (const double d : cloud::nearest_squared(samples, points)) inward += d;
  const auto n = static_cast<double>(points.size());
  const double floor = mesh::area(prediction) / (2 * std::numbers::pi * n);
  inward /= static_cast<double>(samples.size());
  return 1000 * (outward / n + std::max(0.0, inward - floor)) / (scale * scale);
}

uint64_t row_seed(uint64_t seed, const std::string& id) {
  return RandomStream(seed).fork(fnv1a(id)).bits_at(0);
}

bool is_bad_truth(const ordered_json& row) {
  const auto error = row.find("error");
  return error != row.end() && error->value("side", "") == "gt";
}

}  // namespace cadrecode::score
