// Holes and bosses: stacks of round walls on one axis.
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "pipeline/sheet/parts.h"

namespace cadrecode::sheet {
namespace {

using mesh::Meeting;
using mesh::SurfaceKind;
using mesh::SurveyEdge;
using mesh::SurveyFace;

// A wall that reaches less than this around its axis is the end of a slot or a fillet.
constexpr double kFullTurn = 1.4 * std::numbers::pi;
constexpr double kSameAxis = 1e-4;  // sine of the angle between
constexpr int kRays = 8;

struct Span {
  double lo = 0, hi = 0;
};

struct Wall1 {  // one round face on its stack's axis
  int face = 0;
  Span span;
  double radius_lo = 0, radius_hi = 0;  // at either end
};

bool is_round(const SurveyFace& f) {
  return f.kind == SurfaceKind::kCylinder || f.kind == SurfaceKind::kCone;
}

// The points that bound a face: its edges', and the middle of its samples.
std::vector<Vec3> border(const Context& c, int face) {
  std::vector<Vec3> out;
  for (const int e : c.edges_of[static_cast<size_t>(face)]) {
    const SurveyEdge& edge = c.survey.edges[static_cast<size_t>(e)];
    out.push_back(edge.start), out.push_back(edge.middle), out.push_back(edge.end);
  }
  if (out.empty()) {
    for (const auto* s : c.samples_of[static_cast<size_t>(face)]) out.push_back(s->point);
  }
  return out;
}

double radius_at(const SurveyFace& f, double along, Vec3 origin, Vec3 axis) {
  if (f.kind == SurfaceKind::kCylinder) return f.radius;
  return std::abs(along - dot(f.origin - origin, axis)) * std::tan(f.half_angle);
}

Wall1 wall_of(const Context& c, int face, Vec3 origin, Vec3 axis) {
  const SurveyFace& f = c.survey.faces[static_cast<size_t>(face)];
  Wall1 w;
  w.face = face;
  w.span = {1e300, -1e300};
  for (const Vec3 p : border(c, face)) {
    const double t = dot(p - origin, axis);
    w.span.lo = std::min(w.span.lo, t), w.span.hi = std::max(w.span.hi, t);
  }
  if (f.kind == SurfaceKind::kCone && c.edges_of[static_cast<size_t>(face)].size() <= 2) {
    // a full cone ends in its apex, which no edge shows
    double nearest = 1e300;
    for (const auto* s : c.samples_of[static_cast<size_t>(face)]) {
      const Vec3 d = s->point - f.origin;
      nearest = std::min(nearest, norm(d));
    }
    const double apex = dot(f.origin - origin, axis);
    if (nearest < 0.25 * (w.span.hi - w.span.lo + std::abs(apex - w.span.lo)))
      w.span.lo = std::min(w.span.lo, apex), w.span.hi = std::max(w.span.hi, apex);
  }
  w.radius_lo = radius_at(f, w.span.lo, origin, axis);
  w.radius_hi = radius_at(f, w.span.hi, origin, axis);
  return w;
}

bool same_axis(const SurveyFace& a, const SurveyFace& b, double tiny) {
  if (a.body != b.body || norm(cross(a.axis, b.axis)) > kSameAxis) return false;
  const Vec3 d = b.origin - a.origin;
  const double reach = norm(d);
  return norm(d - a.axis * dot(d, a.axis)) < 20 * tiny + kSameAxis * reach * 0.1;
}

// Faces that lie between walls of one stack: shoulders square to the axis, and the
// rounds between.
bool joins(const SurveyFace& f, Vec3 axis) {
  if (f.kind == SurfaceKind::kPlane || f.kind == SurfaceKind::kTorus)
    return norm(cross(f.axis, axis)) < 1e-3;
  return f.kind == SurfaceKind::kSphere;
}

class Groups {
 public:
  explicit Groups(size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), size_t{0}); }
  size_t root(size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(size_t a, size_t b) {
    parent_[std::max(root(a), root(b))] = std::min(root(a), root(b));
  }

 private:
  std::vector<size_t> parent_;
};

// Round faces of one sense, split into stacks.
std::vector<std::vector<int>> stacks(const Context& c, bool concave) {
  const auto& faces = c.survey.faces;
  std::vector<int> round;
  for (size_t i = 0; i < faces.size(); ++i) {
    if (is_round(faces[i]) && faces[i].concave == concave) round.push_back(static_cast<int>(i));
  }
  Groups groups(round.size());
  std::map<int, std::vector<size_t>> near;  // a face between, and the walls it touches
  for (size_t i = 0; i < round.size(); ++i) {
    const SurveyFace& f = faces[static_cast<size_t>(round[i])];
    for (const int e : c.edges_of[static_cast<size_t>(round[i])]) {
      const int other = c.other(e, round[i]);
      if (other < 0) continue;
      near[other].push_back(i);
      const auto at = std::lower_bound(round.begin(), round.end(), other);
      if (at != round.end() && *at == other &&
          same_axis(f, faces[static_cast<size_t>(other)], c.tiny))
        groups.join(i, static_cast<size_t>(at - round.begin()));
    }
  }
  // bosses are told apart at their shoulders; a hole goes on behind them
  for (const auto& [between, walls] : near) {
    const SurveyFace& f = faces[static_cast<size_t>(between)];
    if (!concave) break;
    for (size_t k = 1; k < walls.size(); ++k) {
      const SurveyFace &a = faces[static_cast<size_t>(round[walls[0]])],
                       &b = faces[static_cast<size_t>(round[walls[k]])];
      if (joins(f, a.axis) && same_axis(a, b, c.tiny)) groups.join(walls[0], walls[k]);
    }
  }
  // one cylinder cut lengthwise by something else
  for (size_t i = 0; i < round.size(); ++i) {
    const SurveyFace& a = faces[static_cast<size_t>(round[i])];
    for (size_t j = i + 1; j < round.size(); ++j) {
      const SurveyFace& b = faces[static_cast<size_t>(round[j])];
      if (a.kind != b.kind || std::abs(a.radius - b.radius) > 10 * c.tiny) continue;
      if (a.kind != SurfaceKind::kCylinder || !same_axis(a, b, c.tiny)) continue;
      const Wall1 wa = wall_of(c, round[i], a.origin, a.axis),
                  wb = wall_of(c, round[j], a.origin, a.axis);
      if (wa.span.lo <= wb.span.hi + c.tiny && wb.span.lo <= wa.span.hi + c.tiny) groups.join(i, j);
    }
  }
  std::map<size_t, std::vector<int>> by_root;
  for (size_t i = 0; i < round.size(); ++i) by_root[groups.root(i)].push_back(round[i]);
  std::vector<std::vector<int>> out;
  for (auto& [root, members] : by_root) out.push_back(std::move(members));
  return out;
}

// Walls of equal span and radius are one band; a band counts if it goes around.
struct Band {
  Span span;
  double radius_lo = 0, radius_hi = 0, turn = 0;
  bool cone = false;
  std::vector<int> faces;
};

std::vector<Band> bands_of(const Context& c, const std::vector<int>& stack, Vec3 origin,
                           Vec3 axis) {
  std::vector<Band> bands;
  for (const int face : stack) {
    const SurveyFace& f = c.survey.faces[static_cast<size_t>(face)];
    const Wall1 w = wall_of(c, face, origin, axis);
    const bool cone = f.kind == SurfaceKind::kCone;
    Band* home = nullptr;
    for (Band& b : bands) {
      const bool alike =
          b.cone == cone && (cone ? std::abs(b.span.lo - w.span.lo) < 20 * c.tiny &&
                                        std::abs(b.radius_lo - w.radius_lo) < 20 * c.tiny
                                  : std::abs(b.radius_lo - w.radius_lo) < 10 * c.tiny);
      if (alike && w.span.lo <= b.span.hi + c.tiny && b.span.lo <= w.span.hi + c.tiny) home = &b;
    }
    if (!home) {
      bands.push_back({w.span, w.radius_lo, w.radius_hi, 0, cone, {}});
      home = &bands.back();
    }
    home->span.lo = std::min(home->span.lo, w.span.lo);
    home->span.hi = std::max(home->span.hi, w.span.hi);
    home->turn += f.turn;
    home->faces.push_back(face);
  }
  std::sort(bands.begin(), bands.end(), [](const Band& a, const Band& b) {
    return std::pair(a.span.lo + a.span.hi, a.radius_lo) <
           std::pair(b.span.lo + b.span.hi, b.radius_lo);
  });
  return bands;
}

Vec3 any_normal(Vec3 axis) {
  return normalized(std::abs(axis.x) < 0.9 ? cross(axis, {1, 0, 0}) : cross(axis, {0, 1, 0}));
}

// How the end of a stack at height `end` looks along `out`: free of material close by
// (most rays near the wall pass), and in sight of the outside (any does).
struct End {
  bool open = false, seen = false;
};

End look(const Context& c, Vec3 origin, Vec3 out, double end, double depth, double radius) {
  End e;
  if (radius < 10 * c.tiny) return e;
  const Vec3 x = any_normal(out), y = cross(out, x);
  const double back = std::min(0.1 * depth, 0.1 * radius),
               clear = back + 0.05 * radius + 1e-3 * c.box.diagonal();
  int passed = 0;
  for (int k = 0; k <= kRays; ++k) {
    const double angle = 2 * std::numbers::pi * (k + 0.37) / kRays;
    const double r = k == kRays ? 0 : 0.85 * radius;
    const Vec3 p =
        origin + out * (end - back) + x * (r * std::cos(angle)) + y * (r * std::sin(angle));
    const auto hit = c.rays.first_hit(p, out);
    if (k < kRays) passed += !hit.hit() || hit.t > clear;
    if (!hit.hit()) e.seen = true;
  }
  e.open = passed > kRays / 2;
  e.seen = e.seen && e.open;
  return e;
}

Sides sides_of(Vec3 direction) {
  Sides sides = 0;
  for (const Side s : kSides) {
    if (dot(direction, facing(s)) > 0.95) sides = static_cast<Sides>(sides | s);
  }
  return sides;
}

std::string form_of(const std::vector<Step>& steps) {
  std::vector<double> cylinders;
  for (const Step& s : steps) {
    if (!s.cone &&
        (cylinders.empty() || std::abs(cylinders.back() - s.diameter) > 1e-3 * s.diameter))
      cylinders.push_back(s.diameter);
  }
  if (cylinders.empty()) return "conical";
  if (cylinders.size() > 2) return "stepped";
  if (cylinders.size() == 2) return cylinders[0] > cylinders[1] ? "counterbored" : "stepped";
  return steps.front().cone && steps.size() > 1 && steps.front().diameter > 1.02 * steps[1].diameter
             ? "countersunk"
             : "plain";
}

// The stack turned so that `axis` points out of its mouth.
Feature hole_of(const Context& c, std::vector<Band> bands, const SurveyFace& on, Vec3 origin,
                Vec3 axis) {
  const auto depth_of = [](const std::vector<Band>& b) {
    Span s{1e300, -1e300};
    for (const Band& x : b) s.lo = std::min(s.lo, x.span.lo), s.hi = std::max(s.hi, x.span.hi);
    return s;
  };
  const Span whole = depth_of(bands);
  const double depth = whole.hi - whole.lo;
  const auto at_hi = std::max_element(bands.begin(), bands.end(), [](const Band& a, const Band& b) {
    return a.span.hi < b.span.hi;
  });
  const auto at_lo = std::min_element(bands.begin(), bands.end(), [](const Band& a, const Band& b) {
    return a.span.lo < b.span.lo;
  });
  const End high = look(c, origin, axis, whole.hi, depth, at_hi->radius_hi);
  const End low = look(c, origin, -axis, -whole.lo, depth, at_lo->radius_lo);
  // the mouth: open, then in sight, then the wider end, then the one that looks up
  const Vec3 up{0.1, -0.3, 1};
  const auto rank = [&](const End& e, double radius, Vec3 out) {
    return std::tuple(e.open, e.seen, std::round(radius / (20 * c.tiny)), dot(out, up));
  };
  const bool flip = rank(low, at_lo->radius_lo, -axis) > rank(high, at_hi->radius_hi, axis);
  Feature f;
  f.kind = FeatureKind::kHole;
  f.axis = flip ? -axis : axis;
  f.through = high.open && low.open;
  f.position = origin + axis * (flip ? whole.lo : whole.hi);
  f.center = origin + axis * ((whole.lo + whole.hi) / 2);
  f.body = on.body;
  if (high.open) f.on = static_cast<Sides>(f.on | sides_of(axis));
  if (low.open) f.on = static_cast<Sides>(f.on | sides_of(-axis));
  if (high.seen) f.sides = static_cast<Sides>(f.sides | sides_of(axis));
  if (low.seen) f.sides = static_cast<Sides>(f.sides | sides_of(-axis));
  if (!flip) std::reverse(bands.begin(), bands.end());
  f.diameter = 1e300;
  Span straight{1e300, -1e300};
  for (const Band& b : bands) {
    f.steps.push_back({2 * std::max(b.radius_lo, b.radius_hi), b.span.hi - b.span.lo, b.cone});
    f.faces.insert(f.faces.end(), b.faces.begin(), b.faces.end());
    if (!b.cone) f.diameter = std::min(f.diameter, 2 * b.radius_lo);
    // the tip a drill leaves does not count as depth
    const bool tip = b.cone && std::min(b.radius_lo, b.radius_hi) < 10 * c.tiny && bands.size() > 1;
    if (!tip) straight = {std::min(straight.lo, b.span.lo), std::max(straight.hi, b.span.hi)};
  }
  if (f.diameter > 1e299) f.diameter = f.steps.front().diameter;
  f.depth = straight.hi - straight.lo;
  f.form = form_of(f.steps);
  return f;
}

void finish(const Context& c, Feature& f) {
  Box3 box;
  for (const int i : f.faces) {
    f.area += c.survey.faces[static_cast<size_t>(i)].area;
    box.add(c.survey.faces[static_cast<size_t>(i)].box);
  }
  f.size = box.size();
}

void add_holes(const Context& c, std::vector<Feature>& out, std::vector<char>& used) {
  for (const auto& stack : stacks(c, true)) {
    const SurveyFace& first = c.survey.faces[static_cast<size_t>(stack[0])];
    const Vec3 origin = first.origin, axis = first.axis;
    std::vector<Band> bands = bands_of(c, stack, origin, axis);
    std::erase_if(bands, [](const Band& b) { return b.turn < kFullTurn; });
    if (bands.empty()) continue;
    Feature f = hole_of(c, bands, first, origin, axis);
    for (const int i : f.faces) used[static_cast<size_t>(i)] = 1;
    finish(c, f);
    out.push_back(std::move(f));
  }
}

void add_bosses(const Context& c, std::vector<Feature>& out, std::vector<char>& used) {
  for (const auto& stack : stacks(c, false)) {
    const SurveyFace& first = c.survey.faces[static_cast<size_t>(stack[0])];
    const Vec3 origin = first.origin, axis = first.axis;
    for (const Band& b : bands_of(c, stack, origin, axis)) {
      const double height = b.span.hi - b.span.lo, radius = std::max(b.radius_lo, b.radius_hi);
      if (b.turn < kFullTurn) continue;
      Feature f;
      f.kind = !b.cone ? FeatureKind::kBoss
               : height < 0.35 * radius && std::abs(b.radius_hi - b.radius_lo) < 0.35 * radius
                   ? FeatureKind::kChamfer
                   : FeatureKind::kCone;
      f.form = b.cone ? "cone" : "cylinder";
      f.diameter = 2 * radius;
      f.depth = height;
      f.length = f.kind == FeatureKind::kChamfer ? height : 0;
      f.steps = {{f.diameter, height, b.cone}};
      f.body = first.body;
      f.faces = b.faces;
      const bool up = dot(axis, {0.1, -0.3, 1}) > 0;
      f.axis = up ? axis : -axis;
      f.position = origin + axis * (up ? b.span.hi : b.span.lo);
      f.center = origin + axis * ((b.span.lo + b.span.hi) / 2);
      f.sides = c.seen(f.faces);
      for (const int i : f.faces) used[static_cast<size_t>(i)] = 1;
      finish(c, f);
      out.push_back(std::move(f));
    }
  }
}

}  // namespace

void find_round_features(const Context& c, std::vector<Feature>& out, std::vector<char>& used) {
  add_holes(c, out, used);
  const size_t holes = out.size();
  add_bosses(c, out, used);
  for (size_t h = 0; h < holes; ++h) {
    for (size_t b = holes; b < out.size(); ++b) {
      const Vec3 d = out[b].center - out[h].center;
      const bool coaxial = out[b].kind == FeatureKind::kBoss &&
                           norm(cross(out[b].axis, out[h].axis)) < 1e-3 &&
                           norm(d - out[h].axis * dot(d, out[h].axis)) < 20 * c.tiny;
      const double wide = out[b].diameter / out[h].diameter;
      if (coaxial && wide > 1 && wide < 4 &&
          std::abs(dot(d, out[h].axis)) < (out[b].depth + out[h].depth) / 2 + c.tiny)
        out[h].in_boss = true;
    }
  }
}

}  // namespace cadrecode::sheet
