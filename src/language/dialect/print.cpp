#include "language/dialect/print.h"

#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "base/error.h"
#include "geometry/part/canonical.h"
#include "geometry/part/curve.h"

namespace cadrecode::dialect {
namespace {

using part::Curve;
using part::Extrusion;
using part::Loop;

// Shortest text that reads back as the same number; integers without a point.
std::string text(double v) {
  if (v == 0) return "0";
  char buffer[40];
  const bool whole = std::abs(v) < 1e15 && v == std::floor(v);
  const auto end = whole ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<long long>(v))
                         : std::to_chars(buffer, buffer + sizeof buffer, v);
  return {buffer, end.ptr};
}

struct Rectangle {
  Vec2 center;
  double width, height;
};

// The loop as a rectangle, if its corners come out again to the last bit.
std::optional<Rectangle> as_rectangle(const Loop& loop) {
  const auto& c = loop.curves;
  if (c.size() != 4) return std::nullopt;
  for (const Curve& e : c) {
    if (e.kind != Curve::Kind::kLine) return std::nullopt;
  }
  const Vec2 lo = c[0].start, hi = c[2].start;
  const bool corners = c[1].start == Vec2{hi.x, lo.y} && c[3].start == Vec2{lo.x, hi.y};
  if (!corners || !(lo.x < hi.x && lo.y < hi.y)) return std::nullopt;
  const Rectangle r{(lo + hi) / 2, hi.x - lo.x, hi.y - lo.y};
  const Vec2 half{r.width / 2, r.height / 2};
  if (!(r.center - half == lo && r.center + half == hi)) return std::nullopt;
  return r;
}

const Curve* as_circle(const Loop& loop) {
  const bool circle = loop.curves.size() == 1 && loop.curves[0].kind == Curve::Kind::kCircle;
  return circle ? &loop.curves[0] : nullptr;
}

const char* plane_name(const Frame& f) {
  if (f.normal == Vec3{0, 0, 1} && f.x == Vec3{1, 0, 0}) return "XY";
  if (f.normal == Vec3{1, 0, 0} && f.x == Vec3{0, 1, 0}) return "YZ";
  if (f.normal == Vec3{0, 1, 0} && f.x == Vec3{0, 0, 1}) return "ZX";
  return nullptr;
}

// A workplane of the text, and how a step extrudes from it.
struct Placed {
  Frame frame;  // as canonical; its origin moved to the plane for world axes
  double distance = 0;
};

// The distance from `level` that ends exactly at `to`; nullopt if none does.
std::optional<double> exact_distance(double level, double to) {
  const double d = to - level;
  for (const double t : {d, std::nextafter(d, 2 * d), std::nextafter(d, 0.0)}) {
    if (level + t == to) return t;
  }
  return std::nullopt;
}

Placed placed_at(const Extrusion& e, double level, double to) {
  Placed p{e.frame, exact_distance(level, to).value_or(to - level)};
  p.frame.origin = e.frame.normal * level;
  return p;
}

class Printer {
 public:
  Printer(const part::Part& part, bool readable, const std::vector<bool>* at_end = nullptr)
      : part_(part::canonical(part)), readable_(readable), wanted_end_(at_end) {
    if (part_.steps.empty())
      throw Error(ErrorKind::kGeometry, "a part without steps has no program");
    if (part_.steps[0].operation != part::Operation::kJoin) {
      throw Error(ErrorKind::kUnsupported, "a part whose first step does not join has no program");
    }
  }

  std::string compact() {
    place_steps();
    std::string out = "import cadquery as cq\n";
    for (size_t i = 0; i < planes_.size(); ++i) {
      out += "w" + std::to_string(i) + "=" + workplane(planes_[i]) + "\n";
    }
    out += "r=";
    for (size_t i = 0; i < part_.steps.size(); ++i) {
      const std::string solid = step(i);
      out += i == 0 ? solid : method(part_.steps[i].operation) + solid + ")";
    }
    return out;
  }

  std::string readable() {
    place_steps();
    std::string body;
    for (size_t i = 0; i < part_.steps.size(); ++i) {
      name_step(i);
      const std::string solid = step(i);
      body += "\n# " + std::to_string(i + 1) + ". " + describe(i) + "\n";
      body += i == 0 ? "body = " + solid + "\n"
                     : "body = body" + method(part_.steps[i].operation) + solid + ")\n";
    }
    std::string out = "import cadquery as cq\n\n# dimensions\n";
    for (const auto& [name, value] : dimensions_) out += name + " = " + text(value) + "\n";
    out += "\n# planes\n";
    for (size_t i = 0; i < planes_.size(); ++i) {
      out += "w" + std::to_string(i) + " = " + workplane(planes_[i]) + "\n";
    }
    return out + body + "\nr = body\n";
  }

 private:
  std::string comma() const { return readable_ ? ", " : ","; }
  std::string point(Vec2 p) const { return "(" + text(p.x) + comma() + text(p.y) + ")"; }
  std::string point(Vec3 p) const {
    return "(" + text(p.x) + comma() + text(p.y) + comma() + text(p.z) + ")";
  }

  static std::string method(part::Operation operation) {
    switch (operation) {
      case part::Operation::kJoin:
        return ".union(";
      case part::Operation::kCut:
        return ".cut(";
      case part::Operation::kIntersect:
        return ".intersect(";
    }
    return {};
  }

  std::string workplane(const Frame& f) const {
    const char* name = plane_name(f);
    const std::string quoted = name ? "'" + std::string(name) + "'" : "";
    if (name) return "cq.Workplane(" + quoted + comma() + "origin=" + point(f.origin) + ")";
    return "cq.Workplane(cq.Plane(origin=" + point(f.origin) + comma() + "xDir=" + point(f.x) +
           comma() + "normal=" + point(f.normal) + "))";
  }

  // Every step lies on the plane at its start or at its end, whichever more
  // steps could use; a plane that does not give back the exact height is not
  // taken. Planes are numbered by their first use.
  void place_steps() {
    std::map<std::pair<std::string, double>, int> wanted;
    for (const part::Step& s : part_.steps) {
      const Extrusion& e = s.extrusion;
      const char* name = plane_name(e.frame);
      if (name) ++wanted[{name, e.start}], ++wanted[{name, e.end}];
    }
    for (size_t i = 0; i < part_.steps.size(); ++i) {
      const Extrusion& e = part_.steps[i].extrusion;
      const char* name = plane_name(e.frame);
      Placed p{e.frame, e.end};
      if (name) {
        const bool at_start = exact_distance(e.start, e.end).has_value();
        const bool at_end = exact_distance(e.end, e.start).has_value();
        const bool end_shared =
            wanted_end_ ? (*wanted_end_)[i] : wanted[{name, e.end}] > wanted[{name, e.start}];
        const bool backwards = at_end && (end_shared || !at_start);
        p = backwards ? placed_at(e, e.end, e.start) : placed_at(e, e.start, e.end);
      }
      size_t k = 0;
      while (k < planes_.size() && !(planes_[k] == p.frame)) ++k;
      if (k == planes_.size()) planes_.push_back(p.frame);
      plane_of_.push_back(k);
      placed_.push_back(p);
    }
  }

  // ---- one step -----------------------------------------------------------------

  std::string step(size_t i) {
    const Extrusion& e = part_.steps[i].extrusion;
    const std::string w = "w" + std::to_string(plane_of_[i]);
    if (e.profile.regions.size() == 1 && e.profile.regions[0].inner.empty()) {
      const std::string solid = primitive(e, placed_[i], w);
      if (!solid.empty()) return solid;
    }
    const double d = placed_[i].distance;
    const std::string height = dimension("height", std::abs(d));
    return w + ".sketch()" + sketch(e.profile, w) + ".finalize().extrude(" +
           (d < 0 ? "-" + height : height) + ")";
  }

  // A box or cylinder, where that form gives back the same numbers.
  std::string primitive(const Extrusion& e, const Placed& p, const std::string& w) {
    if (!plane_name(e.frame)) return {};
    const double height = std::abs(p.distance), level = p.distance < 0 ? e.end : e.start;
    const double center = level + (p.distance < 0 ? -height / 2 : height / 2);
    if (!(center - height / 2 == e.start && center + height / 2 == e.end)) return {};
    const Loop& loop = e.profile.regions[0].outer;
    const std::optional<Rectangle> rectangle = as_rectangle(loop);
    const Curve* circle = as_circle(loop);
    if (!rectangle && !circle) return {};
    const Vec2 at = rectangle ? rectangle->center : circle->mid;
    const std::string h = dimension("height", height);
    std::string out = w + ".workplane(offset=" + (p.distance < 0 ? "-" : "") + h + "/2)";
    if (!(at == Vec2{})) out += ".moveTo" + point(at);
    if (circle) return out + ".cylinder(" + h + comma() + radius("diameter", circle->radius) + ")";
    const std::string width = dimension("width", rectangle->width);
    const std::string length = dimension("length", rectangle->height);
    return out + ".box(" + width + comma() + length + comma() + h + ")";
  }

  std::string sketch(const part::Profile& profile, const std::string& w) {
    std::string out;
    selection_.reset();
    bool first = true;
    for (const part::Region& r : profile.regions) {
      out += face(r.outer, false, first, w);
      first = false;
      for (const Loop& l : r.inner) out += face(l, true, false, w);
    }
    return out;
  }

  std::string face(const Loop& loop, bool hole, bool first, const std::string& w) {
    const std::string mode = hole ? comma() + "mode='s')" : ")";
    if (const Curve* c = as_circle(loop)) {
      return select(c->mid) + ".circle(" + radius(hole ? "hole_diameter" : "diameter", c->radius) +
             mode;
    }
    if (const auto r = as_rectangle(loop)) {
      const std::string width = dimension(hole ? "hole_width" : "width", r->width);
      const std::string length = dimension(hole ? "hole_length" : "length", r->height);
      return select(r->center) + ".rect(" + width + comma() + length + mode;
    }
    if (first) return chain(loop) + ".assemble()";
    selection_.reset();
    return ".reset().face(" + w + ".sketch()" + chain(loop) + ".assemble()" + mode;
  }

  // Makes `center` the place where the next face goes. Back to the origin from
  // elsewhere is a push as well: so v1.5 has it.
  std::string select(Vec2 center) {
    if (selection_ ? *selection_ == center : center == Vec2{}) return {};
    selection_ = center;
    return ".push([" + point(center) + "])";
  }

  std::string chain(const Loop& loop) const {
    std::string out;
    for (size_t i = 0; i < loop.curves.size(); ++i) {
      const Curve& c = loop.curves[i];
      const bool last = i + 1 == loop.curves.size();
      const std::string from = i == 0 ? point(c.start) + comma() : "";
      if (c.kind == Curve::Kind::kArc) {
        out += ".arc(" + from + point(c.mid) + comma() + point(c.end) + ")";
      } else {
        out += last ? ".close()" : ".segment(" + from + point(c.end) + ")";
      }
    }
    return out;
  }

  // ---- names (readable form) ----------------------------------------------------

  bool only_circles(const part::Profile& p) const {
    for (const part::Region& r : p.regions) {
      if (!as_circle(r.outer) || !r.inner.empty()) return false;
    }
    return true;
  }

  void name_step(size_t i) {
    const part::Step& s = part_.steps[i];
    switch (s.operation) {
      case part::Operation::kJoin:
        prefix_ = i == 0 ? "base" : "boss";
        break;
      case part::Operation::kCut:
        prefix_ = only_circles(s.extrusion.profile) ? "hole" : "pocket";
        break;
      case part::Operation::kIntersect:
        prefix_ = "common";
        break;
    }
    if (i > 0) prefix_ += std::to_string(i + 1);
  }

  // The value as text; in the readable form as a named dimension of this step,
  // one name for equal values of one kind.
  std::string dimension(const std::string& kind, double value) {
    if (!readable_) return text(value);
    std::string name = prefix_ + "_" + kind;
    for (int k = 2;; ++k) {
      bool taken = false;
      for (const auto& [other, v] : dimensions_) {
        if (other != name) continue;
        if (v == value) return name;
        taken = true;
      }
      if (!taken) break;
      name = prefix_ + "_" + kind + std::to_string(k);
    }
    dimensions_.emplace_back(name, value);
    return name;
  }

  std::string radius(const std::string& kind, double r) {
    return readable_ ? dimension(kind, 2 * r) + " / 2" : text(r);
  }

  std::string describe(size_t i) const {
    const part::Step& s = part_.steps[i];
    const Extrusion& e = s.extrusion;
    static constexpr const char* kWhat[] = {"add", "cut", "keep only what lies in"};
    size_t holes = 0;
    for (const part::Region& r : e.profile.regions) holes += r.inner.size();
    std::string shape = "an extruded profile";
    if (e.profile.regions.size() > 1) {
      shape = std::to_string(e.profile.regions.size()) + " extruded profiles";
    } else if (as_circle(e.profile.regions[0].outer)) {
      shape = holes ? "a disc" : "a cylinder";
    } else if (as_rectangle(e.profile.regions[0].outer)) {
      shape = holes ? "a plate" : "a box";
    }
    if (holes)
      shape += holes == 1 ? " with 1 opening" : " with " + std::to_string(holes) + " openings";
    const char* plane = plane_name(e.frame);
    const double d = placed_[i].distance;
    return (i == 0 ? "start with " : std::string(kWhat[static_cast<int>(s.operation)]) + " ") +
           shape + (plane ? std::string(" on ") + plane : " on an oblique plane") + ", " +
           text(std::abs(d)) + (d < 0 ? " against" : " along") + " its normal";
  }

  part::Part part_;
  bool readable_;
  const std::vector<bool>* wanted_end_;  // [steps], or null
  std::vector<Frame> planes_;
  std::vector<size_t> plane_of_;  // [steps]
  std::vector<Placed> placed_;    // [steps]
  std::optional<Vec2> selection_;
  std::string prefix_;
  std::vector<std::pair<std::string, double>> dimensions_;
};

}  // namespace

std::string print(const part::Part& part) { return Printer(part, false).compact(); }

std::string print(const part::Part& part, const std::vector<bool>& at_end) {
  if (at_end.size() != part.steps.size()) {
    throw Error(ErrorKind::kValue, "a plane must be chosen for every step");
  }
  return Printer(part, false, &at_end).compact();
}

std::string print_readable(const part::Part& part) { return Printer(part, true).readable(); }

}  // namespace cadrecode::dialect
