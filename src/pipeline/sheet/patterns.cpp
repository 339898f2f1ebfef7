// Equal features in rows, grids and circles.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "pipeline/sheet/parts.h"

namespace cadrecode::sheet {
namespace {

bool alike(const Feature& a, const Feature& b, double tiny) {
  const double slack = 20 * tiny;
  return a.kind == b.kind && a.form == b.form && a.body == b.body && a.through == b.through &&
         std::abs(a.diameter - b.diameter) < slack && std::abs(a.length - b.length) < slack &&
         std::abs(a.width - b.width) < slack && std::abs(a.depth - b.depth) < slack &&
         norm(cross(a.axis, b.axis)) < 1e-3;
}

// Places seen along the common axis; features of several heights make no pattern.
struct Plan {
  std::vector<Vec2> at;
  std::vector<int> id;
  Vec3 x, y, axis, origin;
};

bool row_of(const Plan& p, double slack, Pattern& out) {
  if (p.at.size() < 3) return false;
  std::vector<size_t> order(p.at.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  size_t a = 0, b = 0;
  for (size_t i = 0; i < p.at.size(); ++i) {
    for (size_t j = i + 1; j < p.at.size(); ++j) {
      if (norm(p.at[i] - p.at[j]) > norm(p.at[a] - p.at[b])) a = i, b = j;
    }
  }
  const double whole = norm(p.at[b] - p.at[a]);
  if (whole <= slack) return false;
  const Vec2 along = (p.at[b] - p.at[a]) / whole;
  std::sort(order.begin(), order.end(),
            [&](size_t i, size_t j) { return dot(p.at[i], along) < dot(p.at[j], along); });
  const double pitch = whole / static_cast<double>(p.at.size() - 1);
  for (size_t k = 0; k < order.size(); ++k) {
    const Vec2 d = p.at[order[k]] - p.at[order[0]] - along * (pitch * static_cast<double>(k));
    if (norm(d) > slack) return false;
  }
  out.form = "row", out.pitch = pitch;
  return true;
}

bool grid_of(const Plan& p, double slack, Pattern& out) {
  const size_t n = p.at.size();
  if (n < 4) return false;
  // the first direction: to the nearest neighbour of the lowest corner
  for (size_t corner = 0; corner < n; ++corner) {
    std::vector<Vec2> d;
    for (size_t i = 0; i < n; ++i) {
      if (i != corner) d.push_back(p.at[i] - p.at[corner]);
    }
    std::sort(d.begin(), d.end(), [](Vec2 a, Vec2 b) { return norm(a) < norm(b); });
    const Vec2 u = d[0];
    Vec2 v{};
    for (const Vec2 w : d) {
      if (std::abs(dot(w, u)) < slack * norm(u)) {
        v = w;
        break;
      }
    }
    if (norm(v) <= slack || norm(u) <= slack) continue;
    int rows = 0, columns = 0;
    bool fits = true;
    for (size_t i = 0; i < n && fits; ++i) {
      const Vec2 w = p.at[i] - p.at[corner];
      const double s = dot(w, u) / dot(u, u), t = dot(w, v) / dot(v, v);
      const int a = static_cast<int>(std::lround(s)), b = static_cast<int>(std::lround(t));
      fits = a >= 0 && b >= 0 && norm(w - u * a - v * b) < slack;
      columns = std::max(columns, a + 1), rows = std::max(rows, b + 1);
    }
    if (!fits || static_cast<size_t>(rows * columns) != n || rows < 2 || columns < 2) continue;
    out.form = "grid", out.pitch = norm(u), out.pitch_across = norm(v);
    out.rows = rows, out.columns = columns;
    return true;
  }
  return false;
}

bool circle_of(const Plan& p, double slack, Pattern& out) {
  const size_t n = p.at.size();
  if (n < 3) return false;
  Vec2 middle{};
  for (const Vec2 q : p.at) middle = middle + q;
  middle = middle / static_cast<double>(n);
  const double radius = norm(p.at[0] - middle);
  std::vector<double> angles;
  for (const Vec2 q : p.at) {
    if (std::abs(norm(q - middle) - radius) > slack || radius <= slack) return false;
    angles.push_back(std::atan2((q - middle).y, (q - middle).x));
  }
  std::sort(angles.begin(), angles.end());
  const double step = 2 * std::numbers::pi / static_cast<double>(n);
  for (size_t k = 1; k < n; ++k) {
    if (std::abs(angles[k] - angles[0] - step * static_cast<double>(k)) * radius > 2 * slack)
      return false;
  }
  out.form = "circle", out.diameter = 2 * radius;
  out.pitch = 2 * radius * std::sin(step / 2);
  return true;
}

Plan plan_of(const std::vector<const Feature*>& group) {
  Plan p;
  p.axis = group[0]->axis, p.origin = group[0]->position;
  p.x = normalized(std::abs(p.axis.x) < 0.9 ? cross(p.axis, {1, 0, 0}) : cross(p.axis, {0, 1, 0}));
  p.y = cross(p.axis, p.x);
  for (const Feature* f : group) {
    const Vec3 d = f->center - p.origin;
    p.at.push_back({dot(d, p.x), dot(d, p.y)});
    p.id.push_back(f->id);
  }
  return p;
}

}  // namespace

std::vector<Pattern> find_patterns(const std::vector<Feature>& features, double tiny) {
  std::vector<Pattern> out;
  std::vector<char> done(features.size(), 0);
  for (size_t i = 0; i < features.size(); ++i) {
    const FeatureKind kind = features[i].kind;
    if (done[i] || kind == FeatureKind::kFlat || kind == FeatureKind::kRound ||
        kind == FeatureKind::kChamfer)
      continue;
    std::vector<const Feature*> group{&features[i]};
    for (size_t j = i + 1; j < features.size(); ++j) {
      if (done[j] || !alike(features[i], features[j], tiny)) continue;
      const double apart = dot(features[j].center - features[i].center, features[i].axis);
      if (std::abs(apart) > 20 * tiny) continue;
      group.push_back(&features[j]), done[j] = 1;
    }
    if (group.size() < 3) continue;
    const Plan plan = plan_of(group);
    Pattern p;
    const double slack = 50 * tiny;
    if (!grid_of(plan, slack, p) && !row_of(plan, slack, p) && !circle_of(plan, slack, p)) continue;
    p.features = plan.id;
    for (const Feature* f : group) p.center += f->center / static_cast<double>(group.size());
    out.push_back(std::move(p));
  }
  return out;
}

}  // namespace cadrecode::sheet
