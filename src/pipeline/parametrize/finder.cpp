#include "pipeline/parametrize/finder.h"

#include <fmt/format.h>

#include <algorithm>

namespace cadrecode::parametrize {
namespace {

constexpr const char* kOwnMiddle = "its own middle";

}  // namespace

Finder::Finder(double tolerance, Model& model) : tolerance_(tolerance), model_(model) {
  axes_.emplace_back("x", "left", "right", tolerance);
  axes_.emplace_back("y", "front", "back", tolerance);
  axes_.emplace_back("z", "bottom", "top", tolerance);
}

int Finder::own_axis(const std::string& name) {
  axes_.emplace_back(name, "low side", "high side", tolerance_);
  return static_cast<int>(axes_.size()) - 1;
}

// A pattern's own axes, about the middle of what it repeats.
Finder::Plane Finder::own_plane() {
  const Plane plane{own_axis("x"), own_axis("y")};
  for (const int a : plane) {
    axes_[static_cast<size_t>(a)].set_datum({0, 0, kOwnMiddle, true});
    axes_[static_cast<size_t>(a)].add({0, 0, kOwnMiddle, true});
  }
  return plane;
}

std::array<int, 3> Finder::axes_of(const RawFeature& raw) {
  std::array<int, 3> out = raw.world;
  if (out[0] >= 0 && out[1] >= 0) return out;
  const Frame& f = raw.frame;
  const std::array<double, 9> key{f.origin.x, f.origin.y, f.origin.z, f.x.x,     f.x.y,
                                  f.x.z,      f.normal.x, f.normal.y, f.normal.z};
  auto [at, fresh] = frames_.try_emplace(key);
  if (fresh) at->second = {own_axis("u"), own_axis("v"), own_axis("w")};
  for (int i = 0; i < 3; ++i) {
    if (out[static_cast<size_t>(i)] < 0)
      out[static_cast<size_t>(i)] = at->second[static_cast<size_t>(i)];
  }
  return out;
}

std::string Finder::size_word(int axis) const {
  const std::string& n = axes_[static_cast<size_t>(axis)].name();
  if (n == "x" || n == "u") return "length";
  return n == "y" || n == "v" ? "width" : "height";
}

Expr Finder::parameter(const Words& words, double value, bool count) {
  std::string name = words.name;
  for (int k = 2; !taken_.insert(name).second; ++k) name = words.name + "_" + std::to_string(k);
  Parameter p;
  p.name = name;
  p.what = words.what;
  p.value = value;
  p.count = count;
  model_.parameters.push_back(std::move(p));
  return Expr::of(static_cast<int>(model_.parameters.size()) - 1);
}

void Finder::relate(Relation::Kind kind, const std::string& what) {
  if (what.find(kOwnMiddle) != std::string::npos) return;  // a pattern's copies, about themselves
  for (const Relation& r : model_.relations) {
    if (r.kind == kind && r.what == what) return;
  }
  model_.relations.push_back({kind, what});
}

Expr Finder::coordinate(int axis, double value, const std::string& of) {
  Axis& a = axes_[static_cast<size_t>(axis)];
  const std::string middle = "the middle of " + of;
  if (auto found = a.find(value)) {
    relate(found->kind, fmt::format("{} with {}, along {}", of, found->what, a.name()));
    a.add({value, found->expr, middle, true});
    return found->expr;
  }
  Expr e = value;
  if (!a.datum()) {
    a.set_datum({value, e, middle, true});
  } else {
    const Words words{of + "_" + a.name(),
                      fmt::format("middle of {} from {}, along {}", of, a.datum()->what, a.name())};
    e = a.datum()->expr + parameter(words, value - a.datum()->value);
  }
  a.add({value, e, middle, true});
  return e;
}

void Finder::mark_span(int axis, double low, double high, const Span& s, const std::string& of) {
  Axis& a = axes_[static_cast<size_t>(axis)];
  const double middle = (low + high) / 2;
  if (!a.datum()) a.set_datum({middle, s.center(), "the middle of " + of, true});
  a.add({low, s.low, fmt::format("the {} of {}", a.low(), of), false});
  a.add({high, s.high, fmt::format("the {} of {}", a.high(), of), false});
  a.add({middle, s.center(), "the middle of " + of, true});
}

Finder::Span Finder::span(int axis, double low, double high, const std::string& of,
                          const Words& words, const Expr* known_size) {
  Axis& a = axes_[static_cast<size_t>(axis)];
  const auto at_low = a.find(low), at_high = a.find(high);
  const auto say = [&](const std::string& end, const Axis::Found& f) {
    relate(f.kind, fmt::format("{} of {} with {}", end, of, f.what));
  };
  Span s;
  if (at_low && at_high && !(at_low->expr - at_high->expr).fixed()) {
    s = {at_low->expr, at_high->expr};
    say("the " + a.low(), *at_low);
    say("the " + a.high(), *at_high);
  } else {
    const auto size = [&] { return known_size ? *known_size : parameter(words, high - low); };
    const auto at_middle = a.find((low + high) / 2);
    if (at_middle) {
      const Expr d = at_low    ? (at_middle->expr - at_low->expr) * 2
                     : at_high ? (at_high->expr - at_middle->expr) * 2
                               : size();
      s = {at_middle->expr - d / 2, at_middle->expr + d / 2};
      relate(at_middle->kind, fmt::format("{} with {}, along {}", of, at_middle->what, a.name()));
    } else if (at_low) {
      s = {at_low->expr, at_low->expr + size()};
      say("the " + a.low(), *at_low);
    } else if (at_high) {
      s = {at_high->expr - size(), at_high->expr};
      say("the " + a.high(), *at_high);
    } else if (!a.datum() && (same(low, 0) || same(high, 0))) {
      const Expr d = size();  // the first of all stands on the origin
      s = same(low, 0) ? Span{0, d} : Span{d * -1, 0};
    } else {
      const Expr d = size();
      const Expr c = coordinate(axis, (low + high) / 2, of);
      s = {c - d / 2, c + d / 2};
    }
  }
  mark_span(axis, low, high, s, of);
  return s;
}

Finder::Span Finder::extent(int axis, double low, double high, const std::string& of,
                            const Words& words, const Expr* known_size) {
  const Axis& a = axes_[static_cast<size_t>(axis)];
  if (a.datum() || same(high, 0) || same(low, -high))
    return span(axis, low, high, of, words, known_size);
  const Span s{low, Expr(low) + parameter(words, high - low)};
  mark_span(axis, low, high, s, of);
  return s;
}

const Finder::Known* Finder::twin_of(const RawOutline& raw, bool hollow) {
  for (const Known& k : known_) {
    if (k.hollow == hollow && congruent(k.raw, raw, tolerance_)) return &k;
  }
  return nullptr;
}

void Finder::fill(Shape& out, const RawShape& raw, Plane plane, bool hollow) {
  const bool single = raw.places.size() == 1;
  const Plane drawn = single ? plane : own_plane();
  const Vec2 at = single ? raw.places[0] : Vec2{};
  out.outline.kind = raw.outline.kind;
  switch (raw.outline.kind) {
    case Outline::Kind::kCircle:
      circle(out, raw.outline, at, drawn, hollow);
      break;
    case Outline::Kind::kRectangle:
      rectangle(out, raw.outline, at, drawn, hollow);
      break;
    case Outline::Kind::kPolygon:
      polygon(out, raw.outline, at, drawn, hollow);
      break;
    case Outline::Kind::kChain:
      chain(out, raw.outline, at, drawn, hollow);
      break;
  }
  if (!twin_of(raw.outline, hollow))
    known_.push_back({raw.outline, hollow, out.outline, out.name, 0, {}});
  if (!single) out.pattern = place(out, raw, plane);
}

void Finder::take_outer(const RawOuter& raw, Plane plane, bool hollow, Outer& out) {
  fill(out.shape, raw.shape, plane, hollow);
  const bool single = raw.shape.places.size() == 1;
  Plane inside = plane;
  Vec2 shift = raw.shape.places[0];
  Position from = out.shape.pattern.points[0];
  if (!single) {
    inside = own_plane();
    shift = {};
    from = {};
  }
  for (size_t i = 0; i < raw.inner.size(); ++i) {
    RawShape inner = raw.inner[i];
    for (Vec2& p : inner.places) p = p + shift;
    fill(out.inner[i], inner, inside, !hollow);
    for (Position& p : out.inner[i].pattern.points) p = {p.x - from.x, p.y - from.y};
  }
}

void Finder::take_extent(const RawFeature& raw, bool first, Feature& f) {
  const int axis = axes_of(raw)[2];
  std::string word = extent_word(raw, first);
  if (word.empty()) word = size_word(axis);
  const Words words{f.name + "_" + word, fmt::format("{} of {}, along {}", word, f.name,
                                                     axes_[static_cast<size_t>(axis)].name())};
  // as deep as its twin
  const RawOutline& outline = raw.outers[0].shape.outline;
  const bool hollow = raw.operation == part::Operation::kCut;
  Known* twin = const_cast<Known*>(twin_of(outline, hollow));
  const double depth = raw.end - raw.start;
  const bool alike = twin && twin->depth > 0 && same(twin->depth, depth);
  const Span s =
      extent(axis, raw.start, raw.end, f.name, words, alike ? &twin->depth_expr : nullptr);
  if (alike && s.size() == twin->depth_expr && twin->name != f.name)
    relate(Relation::Kind::kEqual, fmt::format("{} of {} and {}", word, f.name, twin->name));
  if (twin && twin->depth == 0) twin->depth = depth, twin->depth_expr = s.size();
  f.start = s.low;
  f.end = s.high;
}

void Finder::take(const RawFeature& raw, bool first, Feature& f) {
  const auto axes = axes_of(raw);
  const bool hollow = raw.operation == part::Operation::kCut;
  for (size_t i = 0; i < raw.outers.size(); ++i)
    take_outer(raw.outers[i], {axes[0], axes[1]}, hollow, f.outers[i]);
  take_extent(raw, first, f);
}

void Finder::take(const std::vector<RawFeature>& features) {
  const auto names = names_of(features);
  for (size_t i = 0; i < features.size(); ++i) {
    const RawFeature& raw = features[i];
    Feature f;
    f.name = names[i].name;
    f.operation = raw.operation;
    f.frame = raw.frame;
    f.steps = raw.steps;
    for (size_t k = 0; k < raw.outers.size(); ++k) {
      Outer outer;
      outer.shape.name = names[i].outers[k].name;
      outer.shape.what = names[i].outers[k].what;
      for (const ShapeNames& n : names[i].inner[k]) {
        outer.inner.emplace_back();
        outer.inner.back().name = n.name;
        outer.inner.back().what = n.what;
      }
      f.outers.push_back(std::move(outer));
    }
    take(raw, i == 0, f);
    model_.features.push_back(std::move(f));
  }
}

}  // namespace cadrecode::parametrize
