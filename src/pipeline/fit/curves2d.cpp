#include "pipeline/fit/curves2d.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <queue>
#include <unordered_map>

#include "base/random.h"

namespace cadrecode::fit {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
constexpr int kHypothesesPerRound = 1500;  // of lines, and as many circles
constexpr int kMaxRounds = 12;
constexpr size_t kRoughPoints = 700;
constexpr double kRoughMargin = 1.3;
constexpr size_t kUnscored = ~size_t{0};
constexpr double kCircleDiscount = 0.85;  // three parameters must explain more than two

// Nearest neighbours by square cells; small and rebuilt every round.
class Grid {
 public:
  Grid(const std::vector<Vec2>& points, const std::vector<uint32_t>& alive, double cell)
      : points_(points), cell_(cell) {
    for (uint32_t i : alive) cells_[key(points[i])].push_back(i);
  }

  void near(Vec2 p, double radius, std::vector<uint32_t>& out) const {
    out.clear();
    const auto [cx, cy] = coordinates(p);
    const auto reach = static_cast<int64_t>(std::ceil(radius / cell_));
    for (int64_t y = cy - reach; y <= cy + reach; ++y)
      for (int64_t x = cx - reach; x <= cx + reach; ++x) {
        const auto it = cells_.find(pack(x, y));
        if (it == cells_.end()) continue;
        for (uint32_t i : it->second)
          if (const Vec2 d = points_[i] - p; dot(d, d) <= radius * radius) out.push_back(i);
      }
  }

 private:
  std::pair<int64_t, int64_t> coordinates(Vec2 p) const {
    return {static_cast<int64_t>(std::floor(p.x / cell_)),
            static_cast<int64_t>(std::floor(p.y / cell_))};
  }
  static uint64_t pack(int64_t x, int64_t y) {
    return static_cast<uint64_t>(x + (1ll << 30)) << 32 | static_cast<uint64_t>(y + (1ll << 30));
  }
  uint64_t key(Vec2 p) const {
    const auto [x, y] = coordinates(p);
    return pack(x, y);
  }

  const std::vector<Vec2>& points_;
  double cell_;
  std::unordered_map<uint64_t, std::vector<uint32_t>> cells_;
};

struct Scored {
  PlaneCurve curve;
  double score = 0;
  size_t round = 0;  // the state of the remaining points it was scored on
};

class Finder {
 public:
  Finder(const std::vector<Vec2>& points, const CurveOptions& options)
      : points_(points), options_(options), stream_(options.seed, 0x2d) {
    alive_.resize(points.size());
    for (uint32_t i = 0; i < alive_.size(); ++i) alive_[i] = i;
    Vec2 lo{INFINITY, INFINITY}, hi{-INFINITY, -INFINITY};
    for (Vec2 p : points) {
      lo = {std::min(lo.x, p.x), std::min(lo.y, p.y)};
      hi = {std::max(hi.x, p.x), std::max(hi.y, p.y)};
    }
    size_ = std::max(hi.x - lo.x, hi.y - lo.y);
  }

  std::vector<PlaneCurve> run() {
    for (int round = 0; round < kMaxRounds && alive_.size() >= options_.min_support; ++round)
      if (!take_best(hypotheses(round))) break;
    return std::move(found_);
  }

 private:
  uint32_t pick(size_t count) { return static_cast<uint32_t>(stream_.next_below(count)); }

  std::vector<Scored> hypotheses(int round) {
    std::vector<Scored> out;
    const double reach = std::max(size_ * 0.12, 4 * options_.tolerance);
    const Grid grid(points_, alive_, reach / 3);
    std::vector<uint32_t> near;
    const int count = std::min<int>(kHypothesesPerRound, 30 * static_cast<int>(alive_.size()));
    for (int h = 0; h < count; ++h) {
      const uint32_t i = alive_[pick(alive_.size())];
      // Scales from a few points to an eighth of the part: small and large curves.
      const double radius = reach * std::pow(0.5, static_cast<double>((h + round) % 4));
      grid.near(points_[i], radius, near);
      if (near.size() < 4) continue;
      add_line(points_[i], points_[near[pick(near.size())]], out);
      add_circle(points_[i], points_[near[pick(near.size())]], points_[near[pick(near.size())]],
                 out);
    }
    return out;
  }

  void add_line(Vec2 a, Vec2 b, std::vector<Scored>& out) {
    const Vec2 d = b - a;
    if (norm(d) < 4 * options_.tolerance) return;
    PlaneCurve c;
    c.line.normal = normalized(perpendicular(d));
    c.line.offset = dot(c.line.normal, a);
    push(c, out);
  }

  void add_circle(Vec2 a, Vec2 b, Vec2 c, std::vector<Scored>& out) {
    const auto circle = circle_through(a, b, c);
    if (!circle || circle->radius > 1.5 * size_ || circle->radius < 3 * options_.tolerance) return;
    PlaneCurve curve;
    curve.is_circle = true;
    curve.circle = *circle;
    push(curve, out);
  }

  // Hypotheses are many and most are bad: a sample of the points tells, and
  // those that look good are scored in full when their turn comes.
  void push(PlaneCurve& curve, std::vector<Scored>& out) {
    const size_t stride = std::max<size_t>(1, alive_.size() / kRoughPoints);
    if (stride == 1) {
      Scored s{curve, 0, version_};
      score(s);
      if (s.score >= static_cast<double>(options_.min_support)) out.push_back(std::move(s));
      return;
    }
    size_t hits = 0;
    for (size_t i = 0; i < alive_.size(); i += stride)
      hits += curve.distance(points_[alive_[i]]) <= options_.tolerance;
    if (hits >= 4)
      out.push_back({curve, static_cast<double>(hits * stride) * kRoughMargin, kUnscored});
  }

  std::vector<uint32_t> inliers(const PlaneCurve& c, double tolerance) const {
    std::vector<uint32_t> out;
    for (uint32_t i : alive_)
      if (c.distance(points_[i]) <= tolerance) out.push_back(i);
    return out;
  }

  // Points of the curve in stretches long enough to be walls of their own.
  std::vector<uint32_t> explained(PlaneCurve& c, const std::vector<uint32_t>& in) const {
    std::vector<double> t;
    t.reserve(in.size());
    for (uint32_t i : in) t.push_back(c.parameter(points_[i]));
    const double unit = c.is_circle ? c.circle.radius : 1;
    c.stretches = stretches_of(t, options_.gap / unit, c.is_circle);
    std::erase_if(c.stretches, [&](const auto& s) {
      return (s.second - s.first) * unit < options_.min_stretch;
    });
    std::vector<uint32_t> out;
    for (size_t k = 0; k < in.size(); ++k)
      for (const auto& s : c.stretches)
        if ((t[k] >= s.first && t[k] <= s.second) ||
            (c.is_circle && t[k] + kTurn >= s.first && t[k] + kTurn <= s.second)) {
          out.push_back(in[k]);
          break;
        }
    return out;
  }

  void score(Scored& s) const {
    const auto in = inliers(s.curve, options_.tolerance);
    if (in.size() < options_.min_support) {
      s.score = 0;
      return;
    }
    s.curve.support = explained(s.curve, in).size();
    s.score = static_cast<double>(s.curve.support) * (s.curve.is_circle ? kCircleDiscount : 1);
    if (s.curve.is_circle && !bends(s.curve)) s.score = 0;
  }

  // A circle must bend by more than the tolerance over its stretches.
  bool bends(const PlaneCurve& c) const {
    double widest = 0;
    for (const auto& s : c.stretches) widest = std::max(widest, s.second - s.first);
    return c.circle.radius * (1 - std::cos(std::min(widest / 2, kTurn / 4))) >
           3 * options_.tolerance;
  }

  void refit(PlaneCurve& c) const {
    for (int pass = 0; pass < 3; ++pass) {
      std::vector<Vec2> on;
      for (uint32_t i : explained(c, inliers(c, options_.tolerance))) on.push_back(points_[i]);
      if (c.is_circle) {
        const auto circle = fit_circle(on);
        if (!circle || circle->radius > 3 * size_) return;
        c.circle = *circle;
      } else {
        const auto line = fit_line(on);
        if (!line) return;
        c.line = *line;
      }
    }
  }

  // Takes hypotheses in order of what they still explain; false when none did.
  bool take_best(std::vector<Scored> pool) {
    auto lower = [](const Scored& a, const Scored& b) { return a.score < b.score; };
    std::make_heap(pool.begin(), pool.end(), lower);
    bool any = false;
    while (!pool.empty() && found_.size() < options_.max_curves) {
      std::pop_heap(pool.begin(), pool.end(), lower);
      Scored s = std::move(pool.back());
      pool.pop_back();
      if (s.round != version_) {
        score(s);
        s.round = version_;
        if (s.score < static_cast<double>(options_.min_support)) continue;
        pool.push_back(std::move(s));
        std::push_heap(pool.begin(), pool.end(), lower);
        continue;
      }
      accept(std::move(s.curve));
      any = true;
    }
    return any && found_.size() < options_.max_curves;
  }

  double misfit(const PlaneCurve& c, const std::vector<Vec2>& points) const {
    double sum = 0;
    for (Vec2 p : points) sum += c.distance(p) * c.distance(p);
    return std::sqrt(sum / static_cast<double>(points.size()));
  }

  // Two walls that nearly continue one another are taken for one. If the longest
  // stretch alone fits much better by itself, it is the curve.
  void keep_to_longest(PlaneCurve& c) const {
    if (c.stretches.size() < 2) return;
    std::vector<std::vector<Vec2>> on(c.stretches.size());
    for (uint32_t i : inliers(c, options_.tolerance)) {
      const double t = c.parameter(points_[i]);
      for (size_t k = 0; k < on.size(); ++k)
        for (double turn : {0.0, kTurn})
          if ((turn == 0 || c.is_circle) && t + turn >= c.stretches[k].first &&
              t + turn <= c.stretches[k].second)
            on[k].push_back(points_[i]);
    }
    const auto longest = std::max_element(
        on.begin(), on.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    if (longest->size() < options_.min_support) return;
    PlaneCurve own = c;
    if (c.is_circle) {
      const auto circle = fit_circle(*longest);
      if (!circle) return;
      own.circle = *circle;
    } else {
      const auto line = fit_line(*longest);
      if (!line) return;
      own.line = *line;
    }
    const double joint = misfit(c, *longest), alone = misfit(own, *longest);
    if (joint < 2 * alone + 0.1 * options_.tolerance) return;
    c = own;
    refit(c);
  }

  void accept(PlaneCurve c) {
    refit(c);
    keep_to_longest(c);
    const auto gone = explained(c, inliers(c, options_.claim));
    c.support = gone.size();
    std::vector<uint32_t> rest;
    std::set_difference(alive_.begin(), alive_.end(), gone.begin(), gone.end(),
                        std::back_inserter(rest));
    alive_ = std::move(rest);
    ++version_;
    if (c.support >= options_.min_support) found_.push_back(std::move(c));
  }

  const std::vector<Vec2>& points_;
  CurveOptions options_;
  RandomStream stream_;
  std::vector<uint32_t> alive_;  // ascending
  std::vector<PlaneCurve> found_;
  double size_ = 0;
  size_t version_ = 0;
};

}  // namespace

double PlaneCurve::distance(Vec2 p) const {
  if (!is_circle) return std::abs(line.signed_distance(p));
  // Not norm(): hypot's care about overflow costs half of all the time here.
  const Vec2 d = p - circle.center;
  return std::abs(std::sqrt(dot(d, d)) - circle.radius);
}

double PlaneCurve::parameter(Vec2 p) const {
  if (!is_circle) return dot(line.direction(), p);
  const double a = std::atan2(p.y - circle.center.y, p.x - circle.center.x);
  return a < 0 ? a + kTurn : a;
}

std::vector<std::pair<double, double>> stretches_of(std::vector<double> t, double gap,
                                                    bool closed) {
  std::vector<std::pair<double, double>> out;
  if (t.empty()) return out;
  std::sort(t.begin(), t.end());
  size_t first = 0;
  if (closed) {
    // Begin after a gap, so that a stretch over angle 0 stays one.
    for (size_t i = 1; i < t.size() && first == 0; ++i)
      if (t[i] - t[i - 1] > gap) first = i;
    if (t.front() + kTurn - t.back() > gap)
      first = 0;
    else if (first == 0 && t.size() > 1)
      return {{t.front(), t.front() + kTurn}};
    std::rotate(t.begin(), t.begin() + static_cast<long>(first), t.end());
    for (size_t i = t.size() - first; i < t.size() && first > 0; ++i) t[i] += kTurn;
  }
  out.push_back({t[0], t[0]});
  for (double v : t) {
    if (v - out.back().second > gap) out.push_back({v, v});
    out.back().second = v;
  }
  return out;
}

std::vector<PlaneCurve> find_curves(const std::vector<Vec2>& points, const CurveOptions& options) {
  if (points.size() < options.min_support) return {};
  return Finder(points, options).run();
}

}  // namespace cadrecode::fit
