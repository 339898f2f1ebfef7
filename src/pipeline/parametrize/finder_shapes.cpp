// Outlines: sizes, walls, and the inner corners of chains.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "pipeline/parametrize/finder.h"

namespace cadrecode::parametrize {
namespace {

// An outline that needs more inner offsets than this along one axis is scaled as a
// whole instead: nobody moves its fifth corner by a slider.
constexpr size_t kMostOffsets = 4;

constexpr size_t kMostTerms = 3;  // of an arc's mid point: longer ones nobody reads

constexpr double kFlatBulge = 0.05;  // below, an arc's centre is far away and says nothing

std::vector<double> distinct(std::vector<double> v, double tolerance) {
  std::sort(v.begin(), v.end());
  std::vector<double> out;
  for (const double x : v) {
    if (out.empty() || x - out.back() > tolerance) out.push_back(x);
  }
  return out;
}

// Whether offsets from its sides say something about an outline: most of its
// lines run along the axes. Others are scaled as a whole.
bool squarish(const RawOutline& raw, double tolerance) {
  const size_t n = raw.corners.size();
  double straight = 0, oblique = 0;
  for (size_t i = 0; i < n; ++i) {
    const Vec2 d = raw.corners[(i + 1) % n] - raw.corners[i];
    const bool along = std::abs(d.x) <= tolerance || std::abs(d.y) <= tolerance;
    const bool corner = std::abs(std::abs(d.x) - std::abs(d.y)) <= tolerance;
    if (along)
      straight += norm(d);
    else if (!corner)
      oblique += norm(d);
  }
  return straight > 2 * oblique;
}

size_t index_of(const std::vector<double>& levels, double value) {
  size_t best = 0;
  for (size_t i = 1; i < levels.size(); ++i) {
    if (std::abs(levels[i] - value) < std::abs(levels[best] - value)) best = i;
  }
  return best;
}

}  // namespace

void Finder::circle(Shape& s, const RawOutline& raw, Vec2 at, Plane plane, bool hollow) {
  const double r = raw.width / 2;
  const bool first = !axes_[static_cast<size_t>(plane[0])].datum();
  const auto size = [&]() -> Expr {
    if (const Known* twin = twin_of(raw, hollow)) {
      relate(Relation::Kind::kEqual, fmt::format("diameter of {} and {}", s.name, twin->name));
      return twin->outline.width;
    }
    return parameter({s.name + "_diameter", "diameter of " + s.name}, raw.width);
  };
  Expr width;
  if (first) width = size();
  const Expr x = coordinate(plane[0], at.x, s.name), y = coordinate(plane[1], at.y, s.name);
  if (!first) {
    // a round end: as wide as what it touches
    std::optional<Expr> tangent;
    for (int i = 0; i < 2 && !hollow && !tangent; ++i) {
      const Axis& a = axes_[static_cast<size_t>(plane[static_cast<size_t>(i)])];
      const double c = i == 0 ? at.x : at.y;
      for (const double side : {-1.0, 1.0}) {
        const auto found = a.find(c + side * r);
        if (!found || found->kind == Relation::Kind::kConcentric || tangent) continue;
        const Expr d = (found->expr - (i == 0 ? x : y)) * (2 * side);
        if (d.fixed()) continue;
        tangent = d;
        relate(Relation::Kind::kAligned, fmt::format("{} touches {}", s.name, found->what));
      }
    }
    width = tangent ? *tangent : size();
  }
  s.outline.width = s.outline.height = width;
  s.pattern.points = {{x, y}};
  if (hollow) return;
  mark_span(plane[0], at.x - r, at.x + r, {x - width / 2, x + width / 2}, s.name);
  mark_span(plane[1], at.y - r, at.y + r, {y - width / 2, y + width / 2}, s.name);
}

bool Finder::walled(Shape& s, const RawOutline& raw, Vec2 at, Plane plane) {
  for (const Enclosing& e : rectangles_) {
    const double wall = (e.size.x - raw.width) / 2;
    if (e.plane != plane || !same(e.center.x, at.x) || !same(e.center.y, at.y) ||
        wall <= tolerance_ || !same(wall, (e.size.y - raw.height) / 2))
      continue;
    const Expr t =
        parameter({e.name + "_wall", fmt::format("wall between {} and {}", e.name, s.name)}, wall);
    relate(Relation::Kind::kOffset,
           fmt::format("{} inside {}, one wall all round", s.name, e.name));
    s.outline.width = e.width - t * 2;
    s.outline.height = e.height - t * 2;
    return true;
  }
  return false;
}

void Finder::rectangle(Shape& s, const RawOutline& raw, Vec2 at, Plane plane, bool hollow) {
  const Vec2 half{raw.width / 2, raw.height / 2};
  const Known* twin = twin_of(raw, hollow);
  if (twin) relate(Relation::Kind::kEqual, fmt::format("size of {} and {}", s.name, twin->name));
  const bool wall = hollow && !twin && walled(s, raw, at, plane);
  const Expr width = twin ? twin->outline.width : s.outline.width;
  const Expr height = twin ? twin->outline.height : s.outline.height;
  const auto words = [&](int axis) {
    const std::string word = size_word(axis);
    return Words{s.name + "_" + word, fmt::format("{} of {}, along {}", word, s.name,
                                                  axes_[static_cast<size_t>(axis)].name())};
  };
  Span x, y;
  if (wall) {
    const Expr cx = coordinate(plane[0], at.x, s.name), cy = coordinate(plane[1], at.y, s.name);
    x = {cx - width / 2, cx + width / 2};
    y = {cy - height / 2, cy + height / 2};
    mark_span(plane[0], at.x - half.x, at.x + half.x, x, s.name);
    mark_span(plane[1], at.y - half.y, at.y + half.y, y, s.name);
  } else {
    x = span(plane[0], at.x - half.x, at.x + half.x, s.name, words(plane[0]),
             twin ? &width : nullptr);
    y = span(plane[1], at.y - half.y, at.y + half.y, s.name, words(plane[1]),
             twin ? &height : nullptr);
  }
  s.outline.width = x.size();
  s.outline.height = y.size();
  s.pattern.points = {{x.center(), y.center()}};
  rectangles_.push_back({plane, at, {raw.width, raw.height}, x.size(), y.size(), s.name});
}

void Finder::polygon(Shape& s, const RawOutline& raw, Vec2 at, Plane plane, bool hollow) {
  const Known* twin = twin_of(raw, hollow);
  if (twin)
    relate(Relation::Kind::kEqual, fmt::format("diameter of {} and {}", s.name, twin->name));
  const Expr d = twin
                     ? twin->outline.width
                     : parameter({s.name + "_diameter", "diameter of " + s.name + ", over corners"},
                                 raw.width);
  s.outline.width = s.outline.height = d;
  for (const Vec2 c : raw.corners)
    s.outline.corners.push_back({d * (c.x / raw.width), d * (c.y / raw.width)});
  s.pattern.points = {{coordinate(plane[0], at.x, s.name), coordinate(plane[1], at.y, s.name)}};
}

// The offset of an inner level from one side: a parameter, shared by the corners that
// are cut or rounded alike in both directions.
Expr Finder::corner_offset(const Shape& s, const RawOutline& raw, int axis, bool second,
                           double offset, bool from_low, std::vector<Corner>& corners) {
  const size_t n = raw.corners.size();
  const char* corner = nullptr;
  for (size_t i = 0; i < n; ++i) {
    const Vec2 d = raw.corners[(i + 1) % n] - raw.corners[i];
    if (same(std::abs(d.x), offset) && same(std::abs(d.y), offset))
      corner = raw.bulges[i] == 0 ? "chamfer" : "corner_radius";
  }
  const Axis& a = axes_[static_cast<size_t>(axis)];
  for (const Corner& c : corners) {
    if (!same(c.offset, offset) || !corner) continue;
    relate(Relation::Kind::kEqual, fmt::format("corners of {}, along both sides", s.name));
    return c.expr;
  }
  Words words;
  if (corner) {
    words = {s.name + "_" + corner,
             std::string(raw.bulges.empty()                 ? ""
                         : corner == std::string("chamfer") ? "chamfer at the corners of "
                                                            : "radius at the corners of ") +
                 s.name};
  } else {
    words = {s.name + "_step_" + (second ? "y" : "x"),
             fmt::format("inner corner of {} from its {}, along {}", s.name,
                         from_low ? a.low() : a.high(), a.name())};
  }
  const Expr e = parameter(words, offset);
  corners.push_back({offset, e});
  return e;
}

const Expr& Finder::Levels::at(double value) const { return exprs[index_of(values, value)]; }

Expr Finder::Levels::in_proportion(double value) const {
  const double side = values.back() - values.front();
  if (side <= 0) return exprs.front() + (value - values.front());
  return exprs.front() + size() * ((value - values.front()) / side);
}

Finder::Levels Finder::chain_levels(const Shape& s, const RawOutline& raw, int axis, bool second,
                                    const std::vector<double>& levels,
                                    std::vector<Corner>& corners) {
  const size_t n = levels.size();
  if (n == 1) return {levels, {coordinate(axis, levels[0], s.name)}, false};
  const std::string word = size_word(axis);
  const std::string& along = axes_[static_cast<size_t>(axis)].name();
  const double low = levels.front(), high = levels.back();
  const Span ends =
      span(axis, low, high, s.name,
           {s.name + "_" + word, fmt::format("{} of {}, along {}", word, s.name, along)});
  std::vector<std::optional<Expr>> e(n);
  e[0] = ends.low;
  e[n - 1] = ends.high;
  const bool square = squarish(raw, tolerance_);
  for (size_t i = 1; i + 1 < n && square; ++i) {
    if (same(levels[i], (low + high) / 2)) {
      e[i] = ends.center();
    } else if (const auto found = axes_[static_cast<size_t>(axis)].find_direct(levels[i])) {
      e[i] = found->expr;
      relate(found->kind,
             fmt::format("an edge of {} with {}, along {}", s.name, found->what, along));
    }
  }
  const auto mirror = [&](size_t i) -> std::optional<size_t> {
    const size_t j = index_of(levels, low + high - levels[i]);
    if (j == i || !same(levels[j], low + high - levels[i])) return std::nullopt;
    return j;
  };
  const size_t most = square ? kMostOffsets : 0;
  size_t wanted = 0;
  for (size_t i = 1; i + 1 < n; ++i) {
    const auto j = mirror(i);
    if (!e[i] && j && e[*j]) e[i] = ends.low + ends.high - *e[*j];
    if (!e[i] && !(j && *j < i)) ++wanted;
  }
  for (size_t i = 1; i + 1 < n; ++i) {
    if (e[i]) continue;
    if (wanted > most) {
      e[i] = ends.low + ends.size() * ((levels[i] - low) / (high - low));
      continue;
    }
    const auto j = mirror(i);
    if (j && e[*j]) {
      e[i] = ends.low + ends.high - *e[*j];
      relate(Relation::Kind::kSymmetric,
             fmt::format("{} about its middle, along {}", s.name, along));
      continue;
    }
    const bool from_low = levels[i] - low <= high - levels[i];
    const Expr offset = corner_offset(
        s, raw, axis, second, from_low ? levels[i] - low : high - levels[i], from_low, corners);
    e[i] = from_low ? ends.low + offset : ends.high - offset;
  }
  Levels out{levels, {}, wanted > most};
  for (size_t i = 0; i < n; ++i) {
    out.exprs.push_back(*e[i]);
    if (wanted <= most)
      axes_[static_cast<size_t>(axis)].add({levels[i], *e[i], "an edge of " + s.name, false, true});
  }
  return out;
}

// What is concentric with a round corner finds it by these.
void Finder::mark_arc_centers(const Shape& s, const RawOutline& raw, Vec2 at, Plane plane) {
  const size_t n = raw.corners.size();
  const Position& from = s.pattern.points[0];
  for (size_t i = 0; i < n; ++i) {
    const double k = raw.bulges[i];
    if (std::abs(k) < kFlatBulge) continue;
    const double h = (1 - k * k) / (2 * k);
    const Vec2 a = raw.corners[i], b = raw.corners[(i + 1) % n], half = (b - a) / 2;
    const Position &pa = s.outline.corners[i], &pb = s.outline.corners[(i + 1) % n];
    const Vec2 c = at + (a + b) / 2 + Vec2{-half.y, half.x} * h;
    const Expr x = from.x + (pa.x + pb.x) / 2 - (pb.y - pa.y) * (h / 2);
    const Expr y = from.y + (pa.y + pb.y) / 2 + (pb.x - pa.x) * (h / 2);
    const std::string what = "the centre of an arc of " + s.name;
    axes_[static_cast<size_t>(plane[0])].add({c.x, x, what, true});
    axes_[static_cast<size_t>(plane[1])].add({c.y, y, what, true});
  }
}

void Finder::chain(Shape& s, const RawOutline& raw, Vec2 at, Plane plane, bool hollow) {
  if (const Known* twin = twin_of(raw, hollow)) {
    relate(Relation::Kind::kEqual, fmt::format("outline of {} and {}", s.name, twin->name));
    s.outline = twin->outline;
    s.pattern.points = {{coordinate(plane[0], at.x, s.name), coordinate(plane[1], at.y, s.name)}};
    return;
  }
  std::vector<double> xs, ys;
  for (const Vec2 c : raw.corners) xs.push_back(at.x + c.x), ys.push_back(at.y + c.y);
  const std::vector<double> x_levels = distinct(xs, tolerance_),
                            y_levels = distinct(ys, tolerance_);
  std::vector<Corner> corners;
  const auto x = chain_levels(s, raw, plane[0], false, x_levels, corners);
  const auto y = chain_levels(s, raw, plane[1], true, y_levels, corners);
  const Position middle{x.middle(), y.middle()};
  s.pattern.points = {middle};
  s.outline.width = x.size();
  s.outline.height = y.size();
  for (size_t i = 0; i < xs.size(); ++i)
    s.outline.corners.push_back({x.at(xs[i]) - middle.x, y.at(ys[i]) - middle.y});
  add_mids(s, raw, at, x, y);
  mark_arc_centers(s, raw, at, plane);
}

void Finder::add_mids(Shape& s, const RawOutline& raw, Vec2 at, const Levels& x, const Levels& y) {
  const size_t n = raw.corners.size();
  const Position middle = s.pattern.points[0];
  for (size_t i = 0; i < n; ++i) {
    const double k = raw.bulges[i];
    if (k == 0) continue;
    const Vec2 a = raw.corners[i], b = raw.corners[(i + 1) % n], half = (b - a) / 2;
    const Position &pa = s.outline.corners[i], &pb = s.outline.corners[(i + 1) % n];
    const Vec2 mid = at + raw.mids[i];
    const Vec2 middle_of_arc = at + (a + b) / 2 + Vec2{half.y, -half.x} * k;
    Position p{(pa.x + pb.x) / 2 + (pb.y - pa.y) * (k / 2),
               (pa.y + pb.y) / 2 - (pb.x - pa.x) * (k / 2)};
    // an arc given by another point than its middle keeps that one
    const bool other = !same(mid.x, middle_of_arc.x) || !same(mid.y, middle_of_arc.y);
    const bool long_text = p.x.terms.size() > kMostTerms || p.y.terms.size() > kMostTerms;
    if (x.scaled || y.scaled || other || long_text)
      p = {x.in_proportion(mid.x) - middle.x, y.in_proportion(mid.y) - middle.y};
    s.outline.mids.push_back({i, p});
  }
}

}  // namespace cadrecode::parametrize
