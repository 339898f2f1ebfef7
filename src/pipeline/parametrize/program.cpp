#include "pipeline/parametrize/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "geometry/part/curve.h"
#include "geometry/part/loop.h"

namespace cadrecode::parametrize {
namespace {

constexpr size_t kMostColumns = 96;

struct Plane {
  std::string name;  // "XY"; empty off the world's axes
  int x = 0, y = 1, normal = 2;
};

Plane plane_of(const Frame& f) {
  if (f.origin == Vec3{}) {
    if (f.normal == Vec3{0, 0, 1} && f.x == Vec3{1, 0, 0}) return {"XY", 0, 1, 2};
    if (f.normal == Vec3{1, 0, 0} && f.x == Vec3{0, 1, 0}) return {"YZ", 1, 2, 0};
    if (f.normal == Vec3{0, 1, 0} && f.x == Vec3{0, 0, 1}) return {"ZX", 2, 0, 1};
  }
  return {};
}

std::string tuple(Vec3 v) { return fmt::format("({}, {}, {})", v.x + 0.0, v.y + 0.0, v.z + 0.0); }

// The calls of one chain, each a line.
class Calls {
 public:
  void add(std::string call) { lines_.push_back(std::move(call)); }
  void comment(const std::string& text) { lines_.push_back("# " + text); }

  std::string assigned_to(const std::string& name) const {
    std::string one = "    " + name + " = ";
    bool plain = lines_.size() <= 4;
    for (const std::string& l : lines_) {
      one += l;
      plain = plain && l[0] != '#' && l.find('\n') == std::string::npos;
    }
    if (plain && one.size() <= kMostColumns) return one + "\n";
    std::string out = "    " + name + " = (\n";
    for (const std::string& l : lines_) out += "        " + l + "\n";
    return out + "    )\n";
  }

  std::vector<std::string>& lines() { return lines_; }

 private:
  std::vector<std::string> lines_;
};

class Writer {
 public:
  explicit Writer(const Model& model)
      : model_(model), values_(model.values()), writing_(model.names(), values_) {}

  std::string text() const {
    std::string out = head() + "def " + model_.name + "(\n";
    for (const Parameter& p : model_.parameters) out += parameter_line(p);
    out += "):\n" + docstring();
    const std::string steps = body();
    for (const int p : writing_.scales())
      out += fmt::format("    {} = {} / {}\n", writing_.scale_name(p),
                         model_.parameters[static_cast<size_t>(p)].name,
                         number(values_[static_cast<size_t>(p)]));
    return out + steps + "result = " + model_.name + "()\n";
  }

 private:
  std::string body() const {
    std::string out;
    bool first = true;
    for (const Feature& f : model_.features) {
      out += feature_text(f);
      if (!first) {
        static constexpr const char* kCalls[] = {"union", "cut", "intersect"};
        out += fmt::format("    solid = {}.{}({})\n",
                           &f == &model_.features[1] ? model_.features[0].name : "solid",
                           kCalls[static_cast<int>(f.operation)], f.name);
      }
      first = false;
    }
    out += fmt::format("    return {}\n\n\n", model_.features.size() == 1 ? model_.features[0].name
                                                                          : std::string("solid"));
    return out;
  }

  std::string head() const {
    const auto count = [](size_t n, const char* word) {
      return fmt::format("{} {}{}", n, word, n == 1 ? "" : "s");
    };
    return fmt::format("# {}: {}, {}{}\nimport cadquery as cq\n\n\n", model_.name,
                       count(model_.features.size(), "feature"),
                       count(model_.parameters.size(), "dimension"),
                       model_.unit.empty() ? "" : ", lengths in " + model_.unit);
  }

  std::string parameter_line(const Parameter& p) const {
    std::string range;
    if (p.high > p.low)
      range = fmt::format(" ({} to {})", plain_number(p.low), plain_number(p.high));
    return fmt::format("    {}={},  # {}{}\n", p.name,
                       p.count ? fmt::format("{}", std::lround(p.value)) : number(p.value), p.what,
                       range);
  }

  std::string docstring() const {
    if (model_.relations.empty()) return "";
    std::string out = "    \"\"\"Held whatever the dimensions:\n\n";
    for (const Relation& r : model_.relations)
      out += fmt::format("    {}: {}\n", to_string(r.kind), r.what);
    return out + "    \"\"\"\n";
  }

  // Exact: the default is the part.
  static std::string number(double v) {
    const std::string plain = plain_number(v);
    return std::stod(plain) == v ? plain : fmt::format("{}", v);
  }

  std::string text(const Expr& e) const { return writing_.text(e); }
  std::string point(const Expr& x, const Expr& y) const {
    return "(" + text(x) + ", " + text(y) + ")";
  }

  // ---- a feature ----------------------------------------------------------------

  std::string feature_text(const Feature& f) const {
    Calls calls;
    const bool single = f.outers.size() == 1 &&
                        f.outers[0].shape.pattern.kind == Pattern::Kind::kPoints &&
                        f.outers[0].shape.pattern.points.size() == 1;
    const Position at = single ? f.outers[0].shape.pattern.points[0] : Position{};
    start(f, at, calls);
    std::string apart;  // cut afterwards
    bool fresh = true;
    for (const Outer& o : f.outers) {
      Pattern own = o.shape.pattern;
      for (Position& p : own.points) p = {p.x - at.x, p.y - at.y};
      if (f.outers.size() > 1) calls.comment(o.shape.name + ": " + o.shape.what);
      draw(o.shape, {own}, fresh, calls);
      for (const Shape& s : o.inner) {
        if (touches(o, s)) {
          Calls tool;
          bool first = true;
          start(f, at, tool);
          draw(s, {own, s.pattern}, first, tool);
          tool.add(".extrude(" + text(f.end - f.start) + ")");
          apart += fmt::format("    # {}: {}\n", s.name, s.what) + tool.assigned_to(s.name) +
                   fmt::format("    {} = {}.cut({})\n", f.name, f.name, s.name);
          continue;
        }
        calls.comment(s.name + ": " + s.what);
        draw(s, {own, s.pattern}, fresh, calls);
      }
    }
    calls.add(".extrude(" + text(f.end - f.start) + ")");
    return fmt::format("    # {}: {}\n", f.name, f.what) + calls.assigned_to(f.name) + apart;
  }

  // Whether an opening meets another loop of its region, or its own twins, in a
  // point: drawn in one sketch kernels make an invalid face of that.
  bool touches(const Outer& o, const Shape& inner) const {
    std::vector<part::Loop> others{loop_of(o.shape.outline, values_)};
    for (const Shape& s : o.inner) {
      if (&s == &inner) continue;
      for (const Vec2 at : places_of(s.pattern, values_))
        others.push_back(moved(loop_of(s.outline, values_), at));
    }
    const part::Loop own = loop_of(inner.outline, values_);
    for (const Vec2 at : places_of(inner.pattern, values_)) {
      const part::Loop loop = moved(own, at);
      for (const part::Loop& other : others) {
        if (meet(loop, other)) return true;
      }
      others.push_back(loop);
    }
    return false;
  }

  static bool meet(const part::Loop& a, const part::Loop& b) {
    if (!part::bounds(a).touches(part::bounds(b), part::kTolerance)) return false;
    for (const part::Segment& s : part::segments(a)) {
      for (const part::Segment& t : part::segments(b)) {
        if (part::meet(s, t).count > 0) return true;
      }
    }
    return false;
  }

  void start(const Feature& f, const Position& at, Calls& calls) const {
    const Plane plane = plane_of(f.frame);
    if (plane.name.empty()) {
      calls.add(fmt::format("cq.Workplane(cq.Plane(origin={}, xDir={}, normal={}))",
                            tuple(f.frame.origin), tuple(f.frame.x), tuple(f.frame.normal)));
      if (text(f.start) != "0") calls.add(".workplane(offset=" + text(f.start) + ")");
      if (text(at.x) != "0" || text(at.y) != "0")
        calls.add(".center(" + text(at.x) + ", " + text(at.y) + ")");
      return;
    }
    Expr world[3];
    world[plane.x] = at.x;
    world[plane.y] = at.y;
    world[plane.normal] = f.start;
    std::string origin;
    for (const Expr& e : world) origin += (origin.empty() ? "" : ", ") + text(e);
    calls.add(origin == "0, 0, 0"
                  ? fmt::format("cq.Workplane(\"{}\")", plane.name)
                  : fmt::format("cq.Workplane(\"{}\", origin=({}))", plane.name, origin));
  }

  // ---- outlines where patterns put them ---------------------------------------------

  void draw(const Shape& s, const std::vector<Pattern>& patterns, bool& fresh, Calls& calls) const {
    Position shift;  // of all single places together
    std::vector<const Pattern*> several;
    for (const Pattern& p : patterns) {
      if (p.kind == Pattern::Kind::kPoints && p.points.size() == 1) {
        shift = {shift.x + p.points[0].x, shift.y + p.points[0].y};
      } else {
        several.push_back(&p);
      }
    }
    const bool chain = s.outline.kind == Outline::Kind::kChain ||
                       (s.outline.kind == Outline::Kind::kPolygon && !level_polygon(s.outline));
    if (chain) {
      draw_chain(s.outline, several, shift, calls);
    } else {
      draw_simple(s.outline, several, shift, fresh, calls);
    }
    fresh = false;
  }

  void draw_simple(const Outline& o, const std::vector<const Pattern*>& several,
                   const Position& shift, bool fresh, Calls& calls) const {
    const bool moved = text(shift.x) != "0" || text(shift.y) != "0";
    if (several.empty()) {
      if (moved || !fresh) calls.add(".moveTo(" + text(shift.x) + ", " + text(shift.y) + ")");
      calls.add(outline_call(o));
      return;
    }
    const Pattern& p = *several[0];
    const bool named = several.size() == 1 && !moved;
    const bool centered = named && text(p.points[0].x) == "0" && text(p.points[0].y) == "0";
    if (named && centered && p.kind == Pattern::Kind::kGrid && counted(p)) {
      const auto spacing = [&](const Expr& e) {
        return text(e) == "0" ? std::string("1") : text(e);
      };
      calls.add(fmt::format(".rarray({}, {}, {}, {})", spacing(p.spacing_x), spacing(p.spacing_y),
                            text(p.columns), text(p.rows)));
    } else if (named && centered && p.kind == Pattern::Kind::kPolar) {
      calls.add(fmt::format(".polarArray({}, {}, 360, {}, rotate=False)", text(p.diameter / 2),
                            plain_number(p.start_deg), text(p.count)));
    } else {
      calls.add(".pushPoints(" + points_text(several, shift) + ")");
    }
    calls.add(outline_call(o));
  }

  static bool counted(const Pattern& p) {
    return !(p.columns.fixed() && p.rows.fixed() && p.columns.constant * p.rows.constant <= 2);
  }

  std::string outline_call(const Outline& o) const {
    switch (o.kind) {
      case Outline::Kind::kCircle:
        return ".circle(" + text(o.width / 2) + ")";
      case Outline::Kind::kRectangle:
        return ".rect(" + text(o.width) + ", " + text(o.height) + ")";
      default:
        return fmt::format(".polygon({}, {})", o.corners.size(), text(o.width));
    }
  }

  // CadQuery's polygons have a corner on their x axis.
  bool level_polygon(const Outline& o) const {
    return std::any_of(o.corners.begin(), o.corners.end(), [&](const Position& p) {
      return p.x.at(values_) > 0 && std::abs(p.y.at(values_)) < 1e-9 * o.width.at(values_);
    });
  }

  // ---- lists of places ------------------------------------------------------------

  std::string list_text(const Pattern& p) const {
    if (p.kind == Pattern::Kind::kPoints) {
      std::string out;
      for (const Position& at : p.points) out += (out.empty() ? "" : ", ") + point(at.x, at.y);
      return "[" + out + "]";
    }
    const auto plus = [&](const Expr& e, const std::string& more) {
      const std::string own = text(e);
      return own == "0" ? more : own + " + " + more;
    };
    const auto paren = [&](const Expr& e) {
      const std::string own = text(e);
      return own.find(' ') == std::string::npos ? own : "(" + own + ")";
    };
    const Position& c = p.points[0];
    if (p.kind == Pattern::Kind::kPolar) {
      return fmt::format("[({}, {}) for a in [{} + 2 * math.pi * i / {} for i in range({})]]",
                         plus(c.x, paren(p.diameter / 2) + " * math.cos(a)"),
                         plus(c.y, paren(p.diameter / 2) + " * math.sin(a)"),
                         fmt::format("{}", p.start_deg * part::kPi / 180), text(p.count),
                         text(p.count));
    }
    if (p.columns.fixed() && p.rows.fixed() && p.columns.constant * p.rows.constant <= 4) {
      std::string out;
      for (int i = 0; i < p.columns.constant; ++i) {
        for (int j = 0; j < p.rows.constant; ++j)
          out += (out.empty() ? "" : ", ") +
                 point(c.x + p.spacing_x * (i - (p.columns.constant - 1) / 2),
                       c.y + p.spacing_y * (j - (p.rows.constant - 1) / 2));
      }
      return "[" + out + "]";
    }
    const auto along = [&](const Expr& at, const Expr& spacing, const Expr& n, const char* i) {
      if (text(n) == "1") return text(at);
      return plus(at, fmt::format("({} - ({} - 1) / 2) * {}", i, text(n), paren(spacing)));
    };
    return fmt::format("[({}, {}) for i in range({}) for j in range({})]",
                       along(c.x, p.spacing_x, p.columns, "i"),
                       along(c.y, p.spacing_y, p.rows, "j"), text(p.columns), text(p.rows));
  }

  static Pattern shifted(Pattern p, const Position& by) {
    for (Position& at : p.points) at = {at.x + by.x, at.y + by.y};
    return p;
  }

  std::string points_text(const std::vector<const Pattern*>& several, const Position& shift) const {
    const std::string first = list_text(shifted(*several[0], shift));
    if (several.size() == 1) return first;
    return "[(x + dx, y + dy) for x, y in " + first + " for dx, dy in " + list_text(*several[1]) +
           "]";
  }

  // ---- chains ---------------------------------------------------------------------

  // Several are drawn one after the other: a chain has no place on CadQuery's stack.
  void draw_chain(const Outline& o, const std::vector<const Pattern*>& several,
                  const Position& shift, Calls& calls) const {
    if (several.empty()) {
      chain_calls(o, shift, calls);
      return;
    }
    // CadQuery's each() would hide the corners in a function; repeated calls show them
    std::vector<Position> places;
    for (const Position& a : fixed_places(*several[0])) {
      if (several.size() == 1) {
        places.push_back({a.x + shift.x, a.y + shift.y});
        continue;
      }
      for (const Position& b : fixed_places(*several[1]))
        places.push_back({a.x + b.x + shift.x, a.y + b.y + shift.y});
    }
    for (const Position& p : places) chain_calls(o, p, calls);
  }

  // At the model's own counts.
  std::vector<Position> fixed_places(const Pattern& p) const {
    if (p.kind == Pattern::Kind::kPoints) return p.points;
    std::vector<Position> out;
    const Position& c = p.points[0];
    if (p.kind == Pattern::Kind::kGrid) {
      const double columns = p.columns.at(values_), rows = p.rows.at(values_);
      for (int i = 0; i < columns; ++i) {
        for (int j = 0; j < rows; ++j)
          out.push_back({c.x + p.spacing_x * (i - (columns - 1) / 2),
                         c.y + p.spacing_y * (j - (rows - 1) / 2)});
      }
      return out;
    }
    const double n = p.count.at(values_);
    for (int i = 0; i < n; ++i) {
      const double a = p.start_deg * part::kPi / 180 + 2 * part::kPi * i / n;
      out.push_back({c.x + p.diameter * (std::cos(a) / 2), c.y + p.diameter * (std::sin(a) / 2)});
    }
    return out;
  }

  void chain_calls(const Outline& o, const Position& shift, Calls& calls) const {
    const size_t n = o.corners.size();
    const auto corner = [&](size_t i) {
      const Position& p = o.corners[i % n];
      return Position{p.x + shift.x, p.y + shift.y};
    };
    const Position first = corner(0);
    calls.add(".moveTo(" + text(first.x) + ", " + text(first.y) + ")");
    size_t arc = 0;
    for (size_t i = 0; i < n; ++i) {
      const Position b = corner(i + 1);
      if (arc < o.mids.size() && o.mids[arc].edge == i) {
        const Position& m = o.mids[arc++].at;
        calls.add(".threePointArc(" + point(m.x + shift.x, m.y + shift.y) + ", " + point(b.x, b.y) +
                  ")");
      } else if (i + 1 < n) {
        calls.add(".lineTo(" + text(b.x) + ", " + text(b.y) + ")");
      }
    }
    calls.add(".close()");
  }

  const Model& model_;
  std::vector<double> values_;
  mutable Writing writing_;  // collects the scales it wrote
};

}  // namespace

std::string program_text(const Model& model) {
  std::string out = Writer(model).text();
  if (out.find("math.") != std::string::npos)
    out.replace(out.find("import cadquery"), 0, "import math\n\n");
  return out;
}

}  // namespace cadrecode::parametrize
