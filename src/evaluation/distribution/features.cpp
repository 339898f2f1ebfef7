#include "evaluation/distribution/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "base/error.h"
#include "evaluation/distribution/range.h"
#include "geometry/part/canonical.h"
#include "geometry/part/loop.h"
#include "geometry/prism/solid.h"
#include "language/dialect/recognise.h"

namespace cadrecode::distribution {
namespace {

using part::Curve;
using part::Loop;

size_t count(const std::string& text, const char* word) {
  size_t n = 0;
  for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++n;
  return n;
}

bool is_circle(const Loop& l) {
  return l.curves.size() == 1 && l.curves[0].kind == Curve::Kind::kCircle;
}

bool along_axis(const Curve& c) { return c.start.x == c.end.x || c.start.y == c.end.y; }

bool is_rectangle(const Loop& l) {
  if (l.curves.size() != 4) return false;
  for (size_t i = 0; i < 4; ++i) {
    const Curve &c = l.curves[i], &next = l.curves[(i + 1) % 4];
    if (c.kind != Curve::Kind::kLine || !along_axis(c)) return false;
    if ((c.start.x == c.end.x) == (next.start.x == next.end.x)) return false;
  }
  return true;
}

// ---- text -------------------------------------------------------------------

struct Text {
  double chars = 0, tokens = 0, planes = 0, backward = 0;
  double first_origin = 0, last_origin = 0, first_kind = -1, last_kind = -1;
};

// A run of letters, a number, or one sign: near enough to what a model's
// tokenizer makes of programs, and the same for every model.
double token_count(const std::string& code) {
  double n = 0;
  int last = 0;  // 1 word, 2 number, 0 other
  for (const char c : code) {
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const int kind = digit ? (last == 1 ? 1 : 2) : letter ? 1 : 0;
    if (kind == 0 || kind != last) n += c != ' ';
    last = kind;
  }
  return n;
}

// The one number of "origin=(0,-43,0)" that is not 0.
double origin_of(const std::string& code, size_t at) {
  const char* p = code.c_str() + at;
  for (int i = 0; i < 3; ++i) {
    char* end = nullptr;
    const double v = std::strtod(p, &end);
    if (v != 0 || end == p) return v;
    p = end + (*end == ',' ? 1 : 0);
  }
  return 0;
}

Text measure_text(const std::string& code) {
  Text t;
  t.chars = static_cast<double>(code.size());
  t.tokens = token_count(code);
  t.backward = static_cast<double>(count(code, "extrude(-") + count(code, "(offset=-"));
  constexpr const char* kWord = "Workplane('";
  constexpr const char* kOrigin = "origin=(";
  for (size_t at = code.find(kWord); at != std::string::npos; at = code.find(kWord, at + 1)) {
    const std::string name = code.substr(at + 11, 2);
    const size_t origin = code.find(kOrigin, at);
    t.last_kind = name == "XY" ? 0 : name == "YZ" ? 1 : name == "ZX" ? 2 : 3;
    t.last_origin = origin == std::string::npos ? 0 : origin_of(code, origin + 8);
    if (t.planes == 0) t.first_kind = t.last_kind, t.first_origin = t.last_origin;
    ++t.planes;
  }
  return t;
}

// ---- sketches -----------------------------------------------------------------

struct Sketches {
  double steps = 0, boxes = 0, cylinders = 0, regions = 0, holes = 0, most_regions = 0;
  double circles = 0, rectangles = 0, chains = 0, chain_holes = 0, most_curves = 0;
  double lines = 0, arcs = 0, axis_lines = 0, straight_corners = 0, concentric = 0;
  double angle_families = 0;
  Range line, chord, arc_radius, sweep, circle_radius, side, hole, area, extent;
  Range height, signed_height;
  double coordinates = 0, sum_abs = 0, even = 0, negative = 0;
};

void add_point(Vec2 p, Sketches& s) {
  for (const double v : {p.x, p.y}) {
    ++s.coordinates;
    s.sum_abs += std::abs(v);
    s.even += std::fmod(std::floor(std::abs(v)), 2) == 0;
    s.negative += v < 0;
  }
}

void add_chain(const Loop& loop, bool hole, Sketches& s, std::vector<double>& angles) {
  ++s.chains;
  s.chain_holes += hole;
  s.most_curves = std::max(s.most_curves, static_cast<double>(loop.curves.size()));
  for (size_t i = 0; i < loop.curves.size(); ++i) {
    const Curve &c = loop.curves[i], &before = loop.curves[(i ? i : loop.curves.size()) - 1];
    const double length = norm(c.end - c.start);
    add_point(c.start, s);
    if (c.kind == Curve::Kind::kArc) {
      add_point(c.mid, s);
      ++s.arcs;
      s.chord.add(length);
      if (const auto arc = part::segment(c)) {
        s.arc_radius.add(std::min(arc->radius, 500.0));
        s.sweep.add(std::abs(arc->sweep));
      }
      continue;
    }
    ++s.lines;
    s.line.add(length);
    s.axis_lines += along_axis(c);
    const double turn = cross(c.end - c.start, before.end - before.start);
    s.straight_corners += before.kind == Curve::Kind::kLine && turn == 0;
    if (length >= 12) {  // shorter ones say little of their direction on the grid
      const double degrees = std::atan2(c.end.y - c.start.y, c.end.x - c.start.x) * 180 / part::kPi;
      angles.push_back(std::fmod(degrees + 360, 90));
    }
  }
}

// Directions modulo 90 degrees that are more than four degrees apart.
double families(std::vector<double> angles) {
  std::sort(angles.begin(), angles.end());
  std::vector<double> found;
  for (const double a : angles) {
    if (found.empty() || a - found.back() > 4) found.push_back(a);
  }
  if (found.size() > 1 && found.front() + 90 - found.back() < 4) found.pop_back();
  return static_cast<double>(found.size());
}

void add_loop(const Loop& loop, bool hole, Sketches& s, std::vector<double>& angles,
              std::vector<Vec2>& centers) {
  const part::Box2 box = part::bounds(loop);
  const Vec2 size = box.hi - box.lo, center = (box.lo + box.hi) / 2;
  if (is_circle(loop)) {
    ++s.circles;
    s.circle_radius.add(loop.curves[0].radius);
  } else if (is_rectangle(loop)) {
    ++s.rectangles;
    s.side.add(size.x), s.side.add(size.y);
  } else {
    return add_chain(loop, hole, s, angles);
  }
  if (hole) s.hole.add(std::min(size.x, size.y));
  add_point(box.lo, s), add_point(box.hi, s);
  for (const Vec2 other : centers) {
    s.concentric += std::abs(other.x - center.x) <= 0.5 && std::abs(other.y - center.y) <= 0.5;
  }
  centers.push_back(center);
}

void add_step(const part::Step& step, Sketches& s) {
  ++s.steps;
  const part::Profile& profile = step.extrusion.profile;
  std::vector<double> angles;
  std::vector<Vec2> centers;
  for (const part::Region& r : profile.regions) {
    add_loop(r.outer, false, s, angles, centers);
    for (const Loop& l : r.inner) add_loop(l, true, s, angles, centers);
    s.holes += static_cast<double>(r.inner.size());
  }
  const double regions = static_cast<double>(profile.regions.size());
  s.regions += regions;
  s.most_regions = std::max(s.most_regions, regions);
  s.angle_families = std::max(s.angle_families, families(angles));
  if (regions == 1 && profile.regions[0].inner.empty()) {
    s.boxes += is_rectangle(profile.regions[0].outer);
    s.cylinders += is_circle(profile.regions[0].outer);
  }
  const part::Box2 box = part::bounds(profile);
  s.extent.add(std::max(box.hi.x - box.lo.x, box.hi.y - box.lo.y));
  s.area.add(part::area(profile));
  s.height.add(step.extrusion.end - step.extrusion.start);
}

// ---- steps among each other ------------------------------------------------------

// Greatest share of one profile's box that lies in an earlier one's, for steps
// along the same axis.
double most_overlap(const part::Part& part) {
  Range overlap;
  for (size_t i = 0; i < part.steps.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const part::Extrusion &a = part.steps[i].extrusion, &b = part.steps[j].extrusion;
      if (!(a.frame == b.frame)) continue;
      const part::Box2 p = part::bounds(a.profile), q = part::bounds(b.profile);
      const double w = std::min(p.hi.x, q.hi.x) - std::max(p.lo.x, q.lo.x);
      const double h = std::min(p.hi.y, q.hi.y) - std::max(p.lo.y, q.lo.y);
      const auto area = [](const part::Box2& x) { return (x.hi.x - x.lo.x) * (x.hi.y - x.lo.y); };
      overlap.add(w > 0 && h > 0 ? w * h / std::min(area(p), area(q)) : 0);
    }
  }
  return overlap.highest();
}

struct Column {
  Feature feature;
  double value;
};

// The one list of features: names, meanings, values.
std::vector<Column> columns(const Text& t, const Sketches& s, const part::Part& part) {
  std::array<double, 3> sides{};
  double volume = 0, area = 0, along = 0, overlap = -1;
  if (!part.steps.empty()) {
    const prism::Solid solid(part);
    const Vec3 size = prism::bounds(solid).size();
    sides = {size.x, size.y, size.z};
    std::sort(sides.begin(), sides.end());
    volume = prism::volume(solid), area = prism::area(solid);
    const Vec3 n = part.steps[0].extrusion.frame.normal;
    along = std::abs(dot(n, size));
    overlap = most_overlap(part);
  }
  const auto share = [](double part_of, double all) { return all > 0 ? part_of / all : -1; };
  return {
      {{"chars", "length of the program in characters"}, t.chars},
      {{"tokens", "words, numbers and signs of the program"}, t.tokens},
      {{"planes", "workplanes"}, t.planes},
      {{"plane_first", "kind of the first workplane: XY 0, YZ 1, ZX 2"}, t.first_kind},
      {{"plane_last", "kind of the last workplane"}, t.last_kind},
      {{"origin_first", "level of the first workplane"}, t.first_origin},
      {{"origin_last", "level of the last workplane"}, t.last_origin},
      {{"steps", "extrusions"}, s.steps},
      {{"backward", "extrusions against their plane's normal"}, t.backward},
      {{"boxes", "steps that are a box"}, s.boxes},
      {{"cylinders", "steps that are a cylinder"}, s.cylinders},
      {{"regions", "outer loops"}, s.regions},
      {{"regions_most", "outer loops of the richest step"}, s.most_regions},
      {{"holes", "inner loops"}, s.holes},
      {{"circles", "loops that are a circle"}, s.circles},
      {{"rectangles", "loops that are an upright rectangle"}, s.rectangles},
      {{"chains", "other loops"}, s.chains},
      {{"chain_holes", "other loops that are inner ones"}, s.chain_holes},
      {{"lines", "straight curves of those"}, s.lines},
      {{"arcs", "arcs of those"}, s.arcs},
      {{"curves_most", "curves of the longest loop"}, s.most_curves},
      {{"lines_upright", "share of lines along an axis"}, share(s.axis_lines, s.lines)},
      {{"line_least", "shortest line"}, s.line.lowest()},
      {{"line_mean", "mean length of the lines"}, s.line.mean()},
      {{"line_sum", "length of all lines"}, s.line.sum()},
      {{"chord_least", "shortest chord of an arc"}, s.chord.lowest()},
      {{"chord_most", "longest chord of an arc"}, s.chord.highest()},
      {{"arc_radius_least", "least radius of an arc"}, s.arc_radius.lowest()},
      {{"arc_radius_most", "greatest radius of an arc, at most 500"}, s.arc_radius.highest()},
      {{"sweep_mean", "mean angle of the arcs, radians"}, s.sweep.mean()},
      {{"radius_least", "least radius of a circle"}, s.circle_radius.lowest()},
      {{"radius_most", "greatest radius of a circle"}, s.circle_radius.highest()},
      {{"side_least", "shortest side of a rectangle"}, s.side.lowest()},
      {{"side_most", "longest side of a rectangle"}, s.side.highest()},
      {{"hole_least", "least width of a hole that is a circle or rectangle"}, s.hole.lowest()},
      {{"concentric", "pairs of circles or rectangles of one step with one centre"}, s.concentric},
      {{"angles", "directions of lines modulo 90 degrees in the richest step"}, s.angle_families},
      {{"straight_corners", "corners between lines that go straight on"}, s.straight_corners},
      {{"height_least", "least height of a step"}, s.height.lowest()},
      {{"height_most", "greatest height of a step"}, s.height.highest()},
      {{"area_least", "least area of a profile"}, s.area.lowest()},
      {{"area_most", "greatest area of a profile"}, s.area.highest()},
      {{"extent_least", "least longest side of a profile"}, s.extent.lowest()},
      {{"extent_most", "greatest longest side of a profile"}, s.extent.highest()},
      {{"overlap", "greatest overlap of two profiles' boxes on parallel planes"}, overlap},
      {{"box_short", "shortest side of the solid's box"}, sides[0]},
      {{"box_middle", "middle side of the solid's box"}, sides[1]},
      {{"box_long", "longest side of the solid's box"}, sides[2]},
      {{"box_along", "the box's side along the first step's normal"}, along},
      {{"volume", "volume of the solid"}, volume},
      {{"fill", "volume as a share of the box"}, share(volume, sides[0] * sides[1] * sides[2])},
      {{"thickness", "twice the volume by the surface"}, share(2 * volume, area)},
      {{"coordinate_mean", "mean size of the sketches' coordinates"},
       share(s.sum_abs, s.coordinates)},
      {{"coordinate_even", "share of even coordinates"}, share(s.even, s.coordinates)},
      {{"coordinate_negative", "share of negative coordinates"}, share(s.negative, s.coordinates)},
  };
}

}  // namespace

const std::vector<Feature>& features() {
  static const std::vector<Feature> kFeatures = [] {
    std::vector<Feature> out;
    for (const Column& c : columns({}, {}, {})) out.push_back(c.feature);
    return out;
  }();
  return kFeatures;
}

std::vector<double> measure(const std::string& code, const part::Part& part) {
  const part::Part canonical = part::canonical(part);
  Sketches sketches;
  for (const part::Step& step : canonical.steps) add_step(step, sketches);
  std::vector<double> out;
  for (const Column& c : columns(measure_text(code), sketches, canonical)) out.push_back(c.value);
  return out;
}

std::optional<std::vector<double>> measure(const std::string& code) {
  try {
    const dialect::Recognition read = dialect::recognise(code);
    if (!read.part || !prism::verdict(*read.part).valid()) return std::nullopt;
    return measure(code, *read.part);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace cadrecode::distribution
