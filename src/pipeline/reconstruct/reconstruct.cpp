#include "pipeline/reconstruct/reconstruct.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <utility>

#include "base/error.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/repair.h"
#include "geometry/prism/solid.h"
#include "language/dialect/print.h"
#include "pipeline/fit/propose.h"
#include "pipeline/fit/refine.h"
#include "pipeline/fit/snap.h"
#include "pipeline/fit/ties.h"
#include "pipeline/reconstruct/improve.h"
#include "pipeline/reconstruct/judge.h"
#include "pipeline/reconstruct/kernel.h"
#include "pipeline/reconstruct/thin.h"

namespace cadrecode::reconstruct {
namespace {

constexpr size_t kCloudPoints = 16384;   // proposals look at no more
constexpr size_t kJudgePoints = 200000;  // and the judge at no more
constexpr double kSnapLoss = 0.004;      // of the score, that plain values may cost

constexpr size_t kRefined = 3;         // candidates that are moved onto the points
constexpr double kRefineWork = 0.065;  // seconds, about
constexpr double kProposeWork = 0.5;
constexpr double kPatience = 2;       // budgets of processor time, until the clock stops all
constexpr double kAlike = 2e-3;       // difference of scores
constexpr size_t kChanged = 20;       // candidates whose steps are changed
constexpr int kFruitless = 5;         // searches in a row without a better one: enough
constexpr size_t kMeshPoints = 8192;  // of a mesh, to move them onto

constexpr double kFarBehind = 0.03;  // the best score: rather look at more candidates

constexpr double kOpenLoss = 0.01;  // that a mesh which closes may cost

class Clock {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  // Of the processor, not of the wall: a busy machine must not change answers.
  double work() const { return static_cast<double>(std::clock() - cpu_start_) / CLOCKS_PER_SEC; }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::clock_t cpu_start_ = std::clock();
};

// A mesh turned outwards and free of repeats; the scan itself stays as it is.
mesh::TriangleMesh prepared_mesh(const mesh::TriangleMesh& mesh) {
  mesh::TriangleMesh out = mesh;
  mesh::weld(out);
  mesh::drop_degenerate(out);
  if (mesh::closedness(out).watertight() && mesh::volume(out) < 0) mesh::flip(out);
  return out;
}

std::vector<fit::Proposal> from_geometry(const Scan& scan, const Options& options) {
  fit::ProposeOptions propose;
  propose.seed = options.seed;
  if (options.align == Align::kNone) propose.directions = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  if (!scan.is_mesh()) return fit::propose(thinned(scan.cloud, kCloudPoints), propose);
  if (mesh::closedness(scan.mesh).watertight()) return fit::propose(scan.mesh, propose);
  // Sections of an open mesh do not close: its surface is looked at as points.
  const auto sample = cloud::sample_surface_evenly(scan.mesh, kCloudPoints, options.seed);
  auto list = fit::propose(sample.cloud, propose);
  auto sections = fit::propose(scan.mesh, propose);
  list.insert(list.end() - 1, std::make_move_iterator(sections.begin()),
              std::make_move_iterator(sections.end() - 1));
  return list;
}

// Geometry's, with those of other sources after its first: the bounding box stays last.
std::vector<fit::Proposal> proposals(const Scan& scan, const Options& options) {
  auto list = from_geometry(scan, options);
  for (const Proposer& proposer : options.proposers) {
    try {
      std::vector<fit::Proposal> own;
      for (Proposed& p : proposer(scan, options.seed))
        own.push_back({std::move(p.part), std::move(p.how)});
      const size_t at = std::min<size_t>(1, list.size() - 1);
      list.insert(list.begin() + static_cast<long>(at), std::make_move_iterator(own.begin()),
                  std::make_move_iterator(own.end()));
    } catch (const Error&) {
    }
  }
  return list;
}

// The kernel's booleans fail silently now and then: a valid solid, but another
// one. The analytic volume is exact and tells.
bool same_volume(double volume, const part::Part& part) {
  const double own = prism::volume(prism::Solid(part));
  return std::abs(volume - own) <= 0.005 * own;
}

bool built(const execute::Outcome& outcome, const part::Part& part) {
  return !outcome.failure && outcome.facts && outcome.facts->valid &&
         same_volume(outcome.facts->volume, part);
}

// The readable program with booleans that leave faces as they come.
std::string with_seams(const std::string& text) {
  std::string out;
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    const bool boolean = line.starts_with("body = body.");
    if (boolean && line.ends_with(")")) line.insert(line.size() - 1, ", clean=False");
    out += line + '\n';
    at = end + 1;
  }
  return out;
}

class Search {
 public:
  Search(const Scan& scan, const Options& options, const Progress& progress)
      : options_(options), progress_(progress), judge_(scan, options.seed) {
    result_.unit = options.units.empty() ? mesh::to_string(scan.unit) : options.units;
    result_.iou_reason = judge_.open_reason();
    step(0.05, "looking for sketches");
    proposals_ = proposals(scan, options);
    judge_.add_work(kProposeWork);
    points_ = scan.is_mesh()
                  ? cloud::sample_surface_evenly(scan.mesh, kMeshPoints, options.seed).cloud.points
                  : thinned(scan.cloud, kCloudPoints).points;
  }

  Reconstruction run() {
    if (judge_.noisy()) sort_proposals();
    judge_all();
    rank();
    refine();
    if (judge_.noisy()) deepen();
    make_plain();
    choose();
    finish();
    return std::move(result_);
  }

 private:
  void step(double share, const std::string& stage) {
    if (progress_ && !progress_(share, stage)) stopped_ = true;
  }

  // By work counted: the same on every run. The clock only stops what that misjudged.
  bool out_of_budget() const {
    return stopped_ || judge_.work() > options_.budget_seconds ||
           clock_.work() > kPatience * options_.budget_seconds;
  }

  // What a proposer promises of itself is rough where points scatter.
  void sort_proposals() {
    std::vector<std::pair<double, size_t>> order;
    for (size_t i = 0; i + 1 < proposals_.size(); ++i)
      order.emplace_back(judge_.quick_score(proposals_[i].part), i);
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<fit::Proposal> sorted;
    for (const auto& [score, i] : order) sorted.push_back(std::move(proposals_[i]));
    sorted.push_back(std::move(proposals_.back()));
    proposals_ = std::move(sorted);
  }

  void judge_all() {
    const auto limit = static_cast<size_t>(std::max(1, options_.candidates));
    for (size_t i = 0; i < proposals_.size(); ++i) {
      const bool last = i + 1 == proposals_.size();  // the box: always
      if (!last && (i >= limit || (i > 0 && out_of_budget()) || hopeless(proposals_[i]))) {
        passed_over_.push_back(std::move(proposals_[i]));
        continue;
      }
      step(0.1 + 0.5 * static_cast<double>(i) / static_cast<double>(proposals_.size()),
           "comparing with the scan");
      Candidate c;
      c.part = std::move(proposals_[i].part);
      c.how = std::move(proposals_[i].how);
      c.exact = proposals_[i].exact;
      if (judge_.judge(c)) result_.candidates.push_back(std::move(c));
    }
  }

  // Much longer than an answer that is good already, or one is as good as can
  // be: not worth the comparing.
  bool hopeless(const fit::Proposal& proposal) const {
    if (judge_.noisy()) return false;
    for (const Candidate& c : result_.candidates) {
      if (c.score > 0.992) return true;
      if (c.score > 0.9 && proposal.part.steps.size() > 10 + 6 * c.part.steps.size()) return true;
    }
    return false;
  }

  static bool better(const Candidate& a, const Candidate& b) { return a.score > b.score; }

  void rank() { std::stable_sort(result_.candidates.begin(), result_.candidates.end(), better); }

  // Candidates changed step by step as the evidence asks and moved onto the points,
  // best first, while the budget lasts. Candidates are only added, so that more budget
  // never ends with a worse one.
  void deepen() {
    step(0.65, "trying changes");
    std::vector<Candidate> seen;
    // Moved and rounded forms of one part are not worth a search each.
    const auto alike = [](const Candidate& a, const Candidate& b) {
      return a.part.steps.size() == b.part.steps.size() && std::abs(a.score - b.score) < kAlike;
    };
    int fruitless = 0;
    for (size_t done = 0; done < kChanged && fruitless < kFruitless && !out_of_budget(); ++done) {
      const auto next = std::find_if(
          result_.candidates.begin(), result_.candidates.end(), [&](const Candidate& c) {
            return std::none_of(seen.begin(), seen.end(),
                                [&](const Candidate& s) { return alike(s, c); });
          });
      if (next == result_.candidates.end()) break;
      const Candidate start = *next;
      seen.push_back(start);
      Candidate changed =
          improved(start, result_.candidates, points_, judge_,
                   {.seed = options_.seed, .cancelled = [this] { return out_of_budget(); }});
      ++fruitless;
      if (changed.part == start.part) continue;
      const double before = result_.candidates.front().score;
      result_.candidates.push_back(changed);
      if (!out_of_budget()) {
        for (Candidate& c : moved(changed)) result_.candidates.push_back(std::move(c));
      }
      rank();
      if (result_.candidates.front().score > before + kAlike) fruitless = 0;
    }
  }

  // The best moved onto the points. What is exact already stays.
  void refine() {
    step(0.6, "moving faces onto the scan");
    const size_t best = std::min(result_.candidates.size(), kRefined);
    std::vector<Candidate> all;
    for (size_t i = 0; i < best && !(i > 0 && out_of_budget()); ++i)
      for (Candidate& c : moved(result_.candidates[i])) all.push_back(std::move(c));
    for (Candidate& c : all) result_.candidates.push_back(std::move(c));
    rank();
  }

  // `c` moved onto the points, none where that does not help; scores such that what
  // should be preferred within the noise comes first.
  std::vector<Candidate> moved(const Candidate& c) {
    std::vector<Candidate> out;
    if (c.exact) return out;
    judge_.add_work(kRefineWork);
    const fit::RefineOptions options{.size = judge_.size(),
                                     .noise = c.fit.noise,
                                     .turn = options_.align == Align::kAuto && !along_world(c.part),
                                     .seed = options_.seed,
                                     .cancelled = [this] { return stopped_; }};
    fit::Refined moved{c.part, c.part};
    try {
      moved = fit::refined(c.part, points_, options);
    } catch (const Error&) {
      return out;  // a part with hardly any surface of its own
    }
    const bool snapped = !(moved.plain == moved.part);
    double so_far = c.score;
    Candidate fitted = with_part(c, std::move(moved.part), ", fitted");
    // Within the noise the fit knows better than the score.
    const double even = 0.5 * judge_.noise() / judge_.size();
    if (!(fitted.part == c.part) && judge_.judge(fitted) && fitted.score > c.score - even) {
      so_far = fitted.score = std::max(fitted.score, c.score + 1e-9);
      out.push_back(std::move(fitted));
    }
    if (!snapped) return out;
    Candidate plain = with_part(c, std::move(moved.plain), ", fitted, plain values");
    if (judge_.judge(plain) && plain.score > so_far - kSnapLoss / 4) {
      plain.score = std::max(plain.score, so_far + 1e-9);
      out.push_back(std::move(plain));
    }
    return out;
  }

  static Candidate with_part(Candidate c, part::Part part, const char* what) {
    c.part = std::move(part);
    c.how += what;
    return c;
  }

  static bool along_world(const part::Part& part) {
    const auto axis = [](Vec3 d) {
      return std::max({std::abs(d.x), std::abs(d.y), std::abs(d.z)}) > 1 - 1e-9;
    };
    return std::all_of(part.steps.begin(), part.steps.end(), [&](const part::Step& s) {
      return axis(s.extrusion.frame.normal) && axis(s.extrusion.frame.x);
    });
  }

  // Plain values where the fit does not pay for them.
  void make_plain() {
    const size_t best = std::min<size_t>(result_.candidates.size(), 3);
    std::vector<Candidate> plains;
    for (size_t i = 0; i < best; ++i) {
      const Candidate& c = result_.candidates[i];
      Candidate plain = c;
      // Meshes are exact, clouds nearly so; thin things may move less.
      const double size = judge_.size(), thin = fit::smallest_extent(c.part);
      const bool exact = judge_.spacing() == 0;
      const double tolerance =
          exact ? std::min(1e-4 * size, 5e-4 * thin) : std::min(1e-3 * size, 0.1 * thin);
      const double digits = std::min(2e-6 * size, 2e-4 * thin);
      plain.part = fit::snapped(c.part, tolerance, std::pow(10, std::floor(std::log10(digits))));
      plain.part = fit::tied(plain.part, exact ? 2e-4 * size : 1e-3 * size);
      if (plain.part == c.part || !judge_.judge(plain) || plain.score < c.score - kSnapLoss)
        continue;
      // As measured it stays behind its plain form: the kernel may prefer it.
      plain.score = std::max(plain.score, c.score + 1e-9);
      plain.how += ", plain values";
      plains.push_back(std::move(plain));
    }
    for (Candidate& c : plains) result_.candidates.push_back(std::move(c));
    rank();
  }

  // All that was passed over, when nothing judged so far can be built.
  void judge_rest(size_t from) {
    for (auto& proposal : passed_over_) {
      if (stopped_) break;
      Candidate c;
      c.part = std::move(proposal.part);
      c.how = std::move(proposal.how);
      c.exact = proposal.exact;
      if (judge_.judge(c)) result_.candidates.push_back(std::move(c));
    }
    passed_over_.clear();
    std::stable_sort(result_.candidates.begin() + static_cast<long>(from), result_.candidates.end(),
                     better);
  }

  // The first in order that the kernel builds and calls valid; one whose mesh
  // closes too, where that costs next to nothing: what cannot be meshed tightly
  // cannot be printed or milled either.
  void choose() {
    step(0.7, "building with the CAD kernel");
    double floor = -INFINITY;  // of the score, once a valid one is found
    std::vector<Candidate> refused;
    for (size_t i = 0; i < result_.candidates.size(); ++i) {
      const double behind = result_.candidates[0].score - result_.candidates[i].score;
      if (!result_.valid && behind > kFarBehind && !passed_over_.empty() && !judge_.noisy())
        judge_rest(i);
      Candidate& c = result_.candidates[i];
      if (result_.valid && c.score < floor) return;
      const bool last = i + 1 == result_.candidates.size();
      if (!last && refused_alike(refused, c)) continue;
      std::string text;
      const auto outcome = checked(c, text);
      if (!c.valid) refused.push_back(c);
      if (!c.valid && !(last && result_.chosen < 0 && !text.empty())) continue;
      const bool closes = c.valid && mesh::closedness(outcome.mesh).watertight();
      if (result_.valid && !closes) continue;
      result_.chosen = static_cast<int>(i);
      result_.program = std::move(text);
      result_.valid = c.valid;
      if (closes) return;
      floor = c.score - kOpenLoss;
    }
  }

  // Two forms of one part that the kernel refused: a third costs time only. After many
  // refusals what is as long as they are is not asked about any more.
  static bool refused_alike(const std::vector<Candidate>& refused, const Candidate& c) {
    const auto alike = std::count_if(refused.begin(), refused.end(), [&](const Candidate& r) {
      return r.part.steps.size() == c.part.steps.size() && std::abs(r.score - c.score) < 0.02;
    });
    const bool long_one = std::all_of(refused.begin(), refused.end(), [&](const Candidate& r) {
      return c.part.steps.size() >= r.part.steps.size();
    });
    return alike >= 2 || (refused.size() >= 6 && long_one);
  }

  // What the kernel makes of a candidate; `text` stays empty if it has none.
  // Merging faces is where it errs most: an invalid solid may be a valid one
  // with its seams left in.
  execute::Outcome checked(Candidate& c, std::string& text) {
    c.checked = true;
    try {
      text = dialect::print_readable(c.part);
      auto outcome = build(text, true);
      c.valid = built(outcome, c.part);
      if (c.valid) return outcome;
      std::string seams = with_seams(text);
      auto second = build(seams, true);
      if (!built(second, c.part)) return outcome;
      c.valid = true;
      text = std::move(seams);
      return second;
    } catch (const Error&) {
      return {};
    }
  }

  void finish() {
    if (result_.chosen < 0)
      throw Error(ErrorKind::kGeometry, "no candidate could be built, not even the bounding box");
    const Candidate& c = result_.candidates[static_cast<size_t>(result_.chosen)];
    result_.part = c.part;
    result_.fit = c.fit;
    result_.iou = c.iou;
    result_.cd = c.cd;
    result_.verdict = verdict_of(c, judge_.size(), judge_.spacing(), result_.reason);
    result_.gaps = judge_.gaps(c);
    result_.seconds = clock_.seconds();
    step(1, "done");
  }

  Options options_;
  const Progress& progress_;
  Clock clock_;
  Judge judge_;
  std::vector<fit::Proposal> proposals_, passed_over_;
  std::vector<Vec3> points_;  // on the input's surface
  Reconstruction result_;
  bool stopped_ = false;
};

}  // namespace

Reconstruction reconstruct(const Scan& input, const Options& options, const Progress& progress) {
  Scan scan = input;
  if (input.is_mesh())
    scan.mesh = prepared_mesh(input.mesh);
  else
    scan.cloud = thinned(input.cloud, kJudgePoints);
  return Search(scan, options, progress).run();
}

}  // namespace cadrecode::reconstruct
