// The analytic engine beside the CAD kernel, on the development corpus:
//
//   prism_kernel volume|overlap|verdict|mutants [--jobs 2] [--limit N] [--count 5000] [--seed 1]
//                [--rows FILE]
//
//   volume   the 1309 truths: relative difference of volume; whatever differs by
//            more than 3e-4 is looked at case by case
//   overlap  each truth with its two predictions, where the kernel calls both
//            valid: difference of IoU from BRepAlgoAPI_Common's
//   verdict  "valid" against BRepCheck (and a volume above 0, as an empty compound is valid
//            to it): truths and predictions
//   mutants  the same for --count mutants of the truths (mutate.h)
//
// Case by case means by points: `kPoints` of them, uniform in the box of the part
// (or of both), are asked of the kernel's point classifier and of the engine.
// Where the two agree about every operand, but Common's volume does not follow,
// the engine's exact integral over the sets that both describe stands. Points
// nearer to a surface than `kSkin` of the box are left out.
//
// --rows writes one JSON object a case. Programs run in workers with limits.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/random.h"
#include "base/workers.h"
#include "geometry/brep/boolean.h"
#include "geometry/brep/measure.h"
#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"
#include "language/cadquery/run.h"
#include "language/dialect/recognise.h"
#include "mutate.h"
#include "parts/v15_corpus.h"

namespace {

using namespace cadrecode;
using nlohmann::json;

constexpr int kPoints = 20000;
constexpr double kSkin = 1e-5, kVolumeCase = 3e-4, kOverlapCase = 5e-4;

struct Settings {
  std::string what, rows;
  size_t jobs = 2, limit = 1u << 30, count = 5000;
  uint64_t seed = 1;
};

// ---- the kernel's side, in a worker ------------------------------------------

brep::Shape build(const std::string& code) {
  cadquery::RunOptions options;
  options.measure = false;
  return brep::whole(cadquery::run_program(code, options).bodies);
}

double volume_of(const brep::Shape& shape, std::optional<double> tolerance = {}) {
  double sum = 0;
  for (const brep::Shape& solid : shape.solids()) sum += brep::volume(solid, tolerance);
  return sum;
}

json facts(const brep::Shape& shape) {
  return {{"valid", brep::is_valid(shape)},
          {"volume", volume_of(shape)},
          {"solids", shape.solids().size()}};
}

std::vector<Vec3> points_in(const json& box) {
  RandomStream random(7);
  std::vector<Vec3> points(kPoints);
  for (Vec3& p : points) {
    for (int a = 0; a < 3; ++a) p[a] = random.next_uniform(box[0][a], box[1][a]);
  }
  return points;
}

// code -> facts; with code and "with": also Common's volume; with "box": also the
// classifier's answer for each point, of each operand.
json answer(const json& request) {
  const brep::Shape a = build(request["code"]);
  json out = {{"a", facts(a)}};
  if (request.contains("fine")) out["fine"] = volume_of(a, 1e-9);
  brep::Shape b;
  if (request.contains("with")) {
    b = build(request["with"]);
    out["b"] = facts(b);
    if (out["a"]["valid"] && out["b"]["valid"]) out["common"] = volume_of(brep::intersect(a, {b}));
  }
  if (request.contains("box")) {
    const std::vector<Vec3> points = points_in(request["box"]);
    out["in_a"] = brep::are_inside(a, points);
    if (!b.is_null()) out["in_b"] = brep::are_inside(b, points);
  }
  return out;
}

std::string serve(const std::string& bytes, Beacon&) {
  try {
    return answer(json::parse(bytes)).dump();
  } catch (const Error& e) {
    return json{{"error", to_string(e.kind())}, {"message", e.what()}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
  }
}

// ---- ours -----------------------------------------------------------------------

// kProfile: a profile that is open, degenerate or crosses itself, which is no part and left
// to the kernel (whose repairs may make something valid of it).
enum class Ours { kValid, kInvalid, kProfile, kNotAPart };

Ours verdict_of(const std::string& code, std::string& reason) {
  try {
    const dialect::Recognition r = dialect::recognise(code);
    reason = r.reason;
    if (r.refusal == dialect::Refusal::kOutside) return Ours::kNotAPart;
    if (r.refusal == dialect::Refusal::kProfile) return Ours::kProfile;
    if (!r.part) return Ours::kInvalid;
    const prism::Verdict v = prism::verdict(*r.part);
    reason = v.message();
    return v.valid() ? Ours::kValid : Ours::kInvalid;
  } catch (const Error& e) {  // no program at all
    reason = e.what();
    return Ours::kInvalid;
  }
}

json box_json(const Box3& box) {
  return {{box.lo.x, box.lo.y, box.lo.z}, {box.hi.x, box.hi.y, box.hi.z}};
}

// Points that the two sides put on different sides, of those not on the surface.
int disagreements(const prism::Solid& solid, const json& box, const json& in) {
  const std::vector<Vec3> points = points_in(box);
  std::vector<uint8_t> mine(points.size());
  std::vector<double> far(points.size());
  prism::inside(solid, points, mine);
  prism::distance(solid, points, far);
  double size = 0;
  for (int a = 0; a < 3; ++a)
    size = std::max(size, box[1][a].get<double>() - box[0][a].get<double>());
  int count = 0;
  for (size_t i = 0; i < points.size(); ++i)
    count += mine[i] != in[i].get<uint8_t>() && far[i] > kSkin * size;
  return count;
}

double quantile(std::vector<double> v, double q) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  return v[static_cast<size_t>(q * (static_cast<double>(v.size()) - 1))];
}

// ---- the four comparisons --------------------------------------------------------

class Comparison {
 public:
  explicit Comparison(Settings settings)
      : settings_(std::move(settings)),
        pool_(settings_.jobs, {.cpu_seconds = 5, .wall_seconds = 3000}, serve),
        rows_(settings_.rows.empty() ? nullptr : std::fopen(settings_.rows.c_str(), "w")) {}
  ~Comparison() {
    if (rows_) std::fclose(rows_);
  }

  void volume(const std::vector<json>& corpus);
  void overlap(const std::vector<json>& corpus);
  void verdict(const std::vector<json>& corpus,
               const std::vector<std::pair<std::string, std::string>>& programs);

  std::vector<std::pair<std::string, std::string>> programs(const std::vector<json>& corpus) const;

 private:
  using Case = std::function<void(size_t, const json&)>;
  void ask_all(size_t count, const std::function<json(size_t)>& request, const Case& done) {
    size_t at = 0;
    pool_.run(
        [&]() -> std::optional<std::string> {
          return at < count ? std::optional(request(at++).dump()) : std::nullopt;
        },
        [&](size_t i, const Answer& a) { done(i, parsed(a)); });
  }
  static json parsed(const Answer& a) {
    if (a.status == Answer::Status::kDone) return json::parse(a.bytes);
    return {{"error", "crash"}, {"message", a.reason}};
  }
  json ask(const json& request) { return parsed(pool_.ask(request.dump())); }
  void write(const json& row) {
    if (rows_)
      std::fputs((row.dump(-1, ' ', false, json::error_handler_t::replace) + "\n").c_str(), rows_),
          std::fflush(rows_);
  }

  Settings settings_;
  WorkerPool pool_;
  std::FILE* rows_;
};

void Comparison::volume(const std::vector<json>& corpus) {
  std::vector<double> errors;
  std::vector<size_t> cases;
  ask_all(
      corpus.size(),
      [&](size_t i) {
        return json{{"code", corpus[i]["code"]}};
      },
      [&](size_t i, const json& k) {
        const dialect::Recognition r = dialect::recognise(corpus[i]["code"].get<std::string>());
        if (!r.part || k.contains("error")) {
          fmt::print("{}: {}\n", corpus[i]["id"].get<std::string>(), r.part ? k.dump() : r.reason);
          return;
        }
        const double mine = prism::volume(prism::Solid(*r.part)), theirs = k["a"]["volume"];
        errors.push_back(std::abs(mine / theirs - 1));
        if (errors.back() > kVolumeCase) cases.push_back(i);
        write({{"id", corpus[i]["id"]},
               {"prism", mine},
               {"kernel", theirs},
               {"error", errors.back()}});
      });
  fmt::print("volume, {} parts: relative difference p50 {:.1e}  p99 {:.1e}  max {:.1e}\n",
             errors.size(), quantile(errors, 0.5), quantile(errors, 0.99), quantile(errors, 1));
  for (const size_t i : cases) {
    const std::string code = corpus[i]["code"];
    const prism::Solid solid(*dialect::recognise(code).part);
    const json box = box_json(prism::bounds(solid));
    const json k = ask({{"code", code}, {"fine", true}, {"box", box}});
    fmt::print(
        "  {}: prism {:.6f}, kernel {:.6f}, kernel with tolerance 1e-9 {:.6f}, published mesh "
        "{:.6f}; {} of {} points disputed\n",
        corpus[i]["id"].get<std::string>(), prism::volume(solid), k["a"]["volume"].get<double>(),
        k["fine"].get<double>(), corpus[i]["mesh_volume"].get<double>(),
        disagreements(solid, box, k["in_a"]), kPoints);
  }
}

void Comparison::overlap(const std::vector<json>& corpus) {
  const char* const keys[] = {"prediction_a", "prediction_b"};
  std::vector<double> errors;
  std::vector<size_t> cases;
  size_t invalid = 0, refused = 0;
  const auto codes = [&](size_t i) {
    return json{{"code", corpus[i / 2]["code"]}, {"with", corpus[i / 2][keys[i % 2]]}};
  };
  const auto name = [&](size_t i) {
    return corpus[i / 2]["id"].get<std::string>() + "/" + keys[i % 2];
  };
  ask_all(2 * corpus.size(), codes, [&](size_t i, const json& k) {
    if (k.contains("error")) {
      fmt::print("  {}: {}\n", name(i), k.dump());
      return;
    }
    if (!k["a"]["valid"] || !k["b"]["valid"]) {
      ++invalid;
      return;
    }
    const dialect::Recognition a = dialect::recognise(corpus[i / 2]["code"].get<std::string>()),
                               b = dialect::recognise(
                                   corpus[i / 2][keys[i % 2]].get<std::string>());
    if (!a.part || !b.part) {
      ++refused;
      return;
    }
    const double va = k["a"]["volume"], vb = k["b"]["volume"], common = k["common"];
    const double theirs = common / (va + vb - common),
                 mine = prism::iou(prism::Solid(*a.part), prism::Solid(*b.part));
    errors.push_back(std::abs(mine - theirs));
    if (errors.back() > kOverlapCase) cases.push_back(i);
    write({{"id", name(i)}, {"prism", mine}, {"kernel", theirs}});
  });
  fmt::print(
      "IoU, {} pairs of valid solids: difference p50 {:.1e}  p99 {:.1e}  max {:.1e}; {} above "
      "{:.0e}\n"
      "  ({} more pairs with an operand the kernel calls invalid, {} with one that we do)\n",
      errors.size(), quantile(errors, 0.5), quantile(errors, 0.99), quantile(errors, 1),
      cases.size(), kOverlapCase, invalid, refused);
  for (const size_t i : cases) {
    json request = codes(i);
    const prism::Solid a(*dialect::recognise(request["code"].get<std::string>()).part),
        b(*dialect::recognise(request["with"].get<std::string>()).part);
    Box3 both = prism::bounds(a);
    both.add(prism::bounds(b));
    request["box"] = box_json(both);
    const json k = ask(request);
    if (k.contains("error")) {
      fmt::print("  {}: {}\n", name(i), k.dump());
      continue;
    }
    int in_common = 0, in_union = 0;
    for (int p = 0; p < kPoints; ++p) {
      const int in_a = k["in_a"][p], in_b = k["in_b"][p];
      in_common += in_a & in_b, in_union += in_a | in_b;
    }
    const double va = k["a"]["volume"], vb = k["b"]["volume"], common = k["common"];
    const double counted = static_cast<double>(in_common) / in_union;
    const prism::Overlap o = prism::overlap(a, b);
    fmt::print(
        "  {}: prism {:.5f}, Common {:.5f}, kernel's points {:.4f} +- {:.4f}; volumes {:.6g} "
        "{:.6g} against {:.6g} {:.6g}; "
        "disputed points {} and {} of {}\n",
        name(i), o.iou(), common / (va + vb - common), counted,
        std::sqrt(counted * (1 - counted) / in_union), o.a, o.b, va, vb,
        disagreements(a, request["box"], k["in_a"]), disagreements(b, request["box"], k["in_b"]),
        kPoints);
  }
}

std::vector<std::pair<std::string, std::string>> Comparison::programs(
    const std::vector<json>& corpus) const {
  std::vector<std::pair<std::string, std::string>> list;
  if (settings_.what == "mutants") {
    for (size_t i = 0; i < settings_.count; ++i) {
      const json& row = corpus[i % corpus.size()];
      list.push_back({fmt::format("mutant {} of {}", i, row["id"].get<std::string>()),
                      measure::mutant(row["code"], settings_.seed, i)});
    }
    return list;
  }
  for (const char* key : {"code", "prediction_a", "prediction_b"}) {
    for (const json& row : corpus)
      list.push_back({row["id"].get<std::string>() + "/" + key, row[key]});
  }
  return list;
}

void Comparison::verdict(const std::vector<json>&,
                         const std::vector<std::pair<std::string, std::string>>& programs) {
  // [ours][kernel: 0 valid, 1 invalid, 2 error]
  size_t table[4][3] = {};
  std::map<std::string, int> over_strict;
  std::vector<double> volume_errors;
  ask_all(
      programs.size(),
      [&](size_t i) {
        return json{{"code", programs[i].second}};
      },
      [&](size_t i, const json& k) {
        std::string reason;
        const Ours ours = verdict_of(programs[i].second, reason);
        // an empty compound is "valid" to BRepCheck; nothing that has no volume is a solid
        const bool solid = !k.contains("error") && k["a"]["valid"] && k["a"]["volume"] > 0;
        const int kernel = k.contains("error") ? 2 : solid ? 0 : 1;
        ++table[static_cast<int>(ours)][kernel];
        const bool false_valid = ours == Ours::kValid && kernel != 0,
                   false_invalid = ours == Ours::kInvalid && kernel == 0;
        if (false_valid || false_invalid) {
          fmt::print("  {}: we say {}, the kernel {}\n", programs[i].first, reason,
                     kernel == 0 ? "valid"
                     : kernel == 1
                         ? "invalid"
                         : k["error"].get<std::string>() + ": " + k["message"].get<std::string>());
        }
        if (false_invalid) ++over_strict[reason];
        if (ours == Ours::kValid && kernel == 0) {
          const double mine = prism::volume(
                           prism::Solid(*dialect::recognise(programs[i].second).part)),
                       theirs = k["a"]["volume"];
          volume_errors.push_back(std::abs(mine / theirs - 1));
          if (volume_errors.back() > 0.01)
            fmt::print("  {}: volume {:.6g}, kernel {:.6g}\n", programs[i].first, mine, theirs);
        }
        write({{"id", programs[i].first},
               {"code", programs[i].second},
               {"ours", static_cast<int>(ours)},
               {"reason", reason},
               {"kernel", k}});
      });
  fmt::print("verdicts, {} programs     kernel: valid  invalid  error\n", programs.size());
  const char* const names[] = {"valid", "invalid", "a bad profile", "not a part"};
  for (int o = 0; o < 4; ++o) {
    fmt::print("  we say {:<14} {:>16} {:>8} {:>6}\n", names[o], table[o][0], table[o][1],
               table[o][2]);
  }
  const auto row = [&](int o) { return table[o][0] + table[o][1] + table[o][2]; };
  const auto share = [](size_t n, size_t of) {
    return 100.0 * static_cast<double>(n) / static_cast<double>(of);
  };
  const size_t judged = row(0) + row(1), strict = judged + row(2);
  fmt::print("  false valid {} of {}; false invalid {} of {} judged = {:.2f} %\n",
             table[0][1] + table[0][2], row(0), table[1][0], judged, share(table[1][0], judged));
  fmt::print("  bad profiles counted as invalid too: false invalid {} of {} = {:.2f} %\n",
             table[1][0] + table[2][0], strict, share(table[1][0] + table[2][0], strict));
  for (const auto& [reason, n] : over_strict) fmt::print("    false invalid: {} ({})\n", reason, n);
  fmt::print("  volume where both say valid: p50 {:.1e}  p99 {:.1e}  max {:.1e}\n",
             quantile(volume_errors, 0.5), quantile(volume_errors, 0.99),
             quantile(volume_errors, 1));
}

}  // namespace

int main(int argc, char** argv) {
  Settings s;
  if (argc > 1) s.what = argv[1];
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string key = argv[i], value = argv[i + 1];
    if (key == "--jobs") s.jobs = std::stoul(value);
    if (key == "--limit") s.limit = std::stoul(value);
    if (key == "--count") s.count = std::stoul(value);
    if (key == "--seed") s.seed = std::stoul(value);
    if (key == "--rows") s.rows = value;
  }
  if (s.what != "volume" && s.what != "overlap" && s.what != "verdict" && s.what != "mutants") {
    std::fputs(
        "usage: prism_kernel volume|overlap|verdict|mutants [--jobs N] [--limit N] [--count N] "
        "[--seed N] [--rows FILE]\n",
        stderr);
    return 2;
  }
  Comparison comparison(s);  // forks before anything touches the kernel
  std::vector<json> corpus = v15_corpus();
  if (corpus.empty()) {
    std::puts(no_corpus());
    return 77;
  }
  if (corpus.size() > s.limit) corpus.resize(s.limit);
  if (s.what == "volume") comparison.volume(corpus);
  if (s.what == "overlap") comparison.overlap(corpus);
  if (s.what == "verdict" || s.what == "mutants")
    comparison.verdict(corpus, comparison.programs(corpus));
  return 0;
}
