// Sketch's methods.
#include <cmath>

#include "geometry/part/build.h"
#include "geometry/part/loop.h"
#include "language/dialect/bind.h"
#include "language/dialect/values.h"

namespace cadrecode::dialect {

using namespace script;

namespace {

constexpr double kJoinGap = 1e-6;  // edgesToWires' tolerance

Vec2 turned(Vec2 p, double degrees) {
  const double a = degrees * (part::kPi / 180), c = std::cos(a), s = std::sin(a);
  return {c * p.x - s * p.y, s * p.x + c * p.y};
}

template <typename Map>
part::Profile mapped(const part::Profile& profile, const Map& map) {
  part::Profile out = profile;
  const auto each = [&](part::Loop& l) {
    for (part::Curve& c : l.curves) c.start = map(c.start), c.end = map(c.end), c.mid = map(c.mid);
  };
  for (part::Region& r : out.regions) {
    each(r.outer);
    for (part::Loop& l : r.inner) each(l);
  }
  return out;
}

Vec2 end_point(const Sketch& s) {
  if (s.edges.empty()) refuse("no edge to go on from", Refusal::kValue);
  return s.edges.back().end;
}

// Loops from edges in drawing order; the first must enclose all others.
part::Profile assembled(const Sketch& s) {
  if (s.edges.empty()) refuse("nothing to assemble", Refusal::kValue);
  std::vector<part::Loop> loops;
  for (const part::Curve& c : s.edges) {
    const bool closed = loops.empty() || norm(loops.back().curves.back().end -
                                              loops.back().curves.front().start) <= kJoinGap;
    const bool goes_on =
        !loops.empty() && norm(loops.back().curves.back().end - c.start) <= kJoinGap;
    if (loops.empty() || (closed && !goes_on)) {
      loops.push_back({});
    } else if (!goes_on) {
      refuse("edges that are not drawn one after the other");
    }
    loops.back().curves.push_back(c);
  }
  for (const part::Loop& l : loops) {
    const part::LoopFault fault = part::check(l);
    if (fault != part::LoopFault::kNone) {
      refuse(std::string("a loop that is ") + to_string(fault), Refusal::kProfile);
    }
  }
  part::Profile profile = part::profile({loops[0]}, {loops.begin() + 1, loops.end()});
  if (loops.size() > 1 && !part::check(profile).ok()) refuse("several loops in one assemble()");
  return profile;
}

}  // namespace

// Sketch.each(): the face at every selected place, by mode.
void Evaluator::sketch_face(Sketch& s, const part::Profile& face, const Expr* mode,
                            bool at_selection) {
  char m = 'a';
  if (mode) {
    const Value v = evaluate(*mode);
    const auto* text = v.get_if<std::string_view>();
    if (!text || text->size() != 1) refuse("this mode");
    m = text->front();
  }
  if (m != 'a' && m != 's' && m != 'i') refuse(std::string("the mode '") + m + "'");
  std::vector<Vec2> places = at_selection ? s.selection : std::vector<Vec2>{};
  if (places.empty()) places.push_back({0, 0});
  if (m == 'i' && places.size() > 1) refuse("an intersection with several faces");
  const part::Operation operation = m == 'a'   ? part::Operation::kJoin
                                    : m == 's' ? part::Operation::kCut
                                               : part::Operation::kIntersect;
  // as CadQuery: there must be something to put in, and something to take from
  if (face.regions.empty()) refuse("a face from a sketch without faces", Refusal::kValue);
  if (s.faces.regions.empty() && m != 'a') {
    refuse(std::string("mode '") + m + "' in a sketch without faces", Refusal::kValue);
  }
  size_t loops = places.size();
  for (const part::Region& r : s.faces.regions) loops += 1 + r.inner.size();
  if (loops > kMostLoops) refuse("a sketch of very many loops");
  for (const Vec2 p : places) {
    const bool shifted = p.x != 0 || p.y != 0;
    part::Profile placed = shifted ? mapped(face, [&](Vec2 q) { return q + p; }) : face;
    if (s.faces.regions.empty()) {
      if (m == 'a') s.faces = std::move(placed);
    } else {
      s.faces = part::combine(s.faces, placed, operation);
    }
  }
}

void Evaluator::sketch_curve(Sketch& s, std::string_view name, const CallExpr& call) {
  const size_t n = call.arguments.size();
  if (s.edges.size() >= kMostEdges) refuse("a loop of very many edges");
  for (const Argument& a : call.arguments) {
    if (!a.name.empty() || a.star != Star::kNone) refuse("keywords in a sketch's curve");
  }
  const auto arg = [&](size_t i) -> const Expr& { return *call.arguments[i].value; };
  if (name == "segment" && n == 1) {
    s.edges.push_back(part::Curve::line(end_point(s), point2(arg(0))));
  } else if (name == "segment" && n == 2) {
    const Value first = evaluate(arg(0));
    if (first.get_if<double>()) {
      const double l = number(first), a = number(arg(1)) * (part::kPi / 180);
      const Vec2 from = end_point(s);
      s.edges.push_back(part::Curve::line(from, from + Vec2{l * std::cos(a), l * std::sin(a)}));
    } else {
      s.edges.push_back(part::Curve::line(point2(first), point2(arg(1))));
    }
  } else if (name == "arc" && n == 2) {
    s.edges.push_back(part::Curve::arc(end_point(s), point2(arg(0)), point2(arg(1))));
  } else if (name == "arc" && n == 3) {
    s.edges.push_back(part::Curve::arc(point2(arg(0)), point2(arg(1)), point2(arg(2))));
  } else {
    refuse("this form of Sketch." + std::string(name));
  }
  if (!part::segment(s.edges.back())) {
    refuse("a curve without length, or an arc whose points lie in a line", Refusal::kValue);
  }
}

// The ready-made faces; false for other names.
bool Evaluator::sketch_shape(Sketch& s, std::string_view name, const CallExpr& call) {
  if (name == "circle") {
    const auto a = bind(call, {"r", "mode"}, 1);
    const double r = number(*a[0]);
    if (!(r > part::kTolerance)) refuse("a circle without size", Refusal::kValue);
    sketch_face(s, part::profile(part::circle({}, r)), a[1]);
  } else if (name == "rect") {
    const auto a = bind(call, {"w", "h", "angle", "mode"}, 2);
    const double w = number(*a[0]), h = number(*a[1]), angle = number_or(a[2], 0);
    if (!(w > part::kTolerance && h > part::kTolerance)) refuse("a rectangle without size");
    part::Profile face = part::profile(part::rectangle({}, w, h));
    if (angle != 0) face = mapped(face, [&](Vec2 p) { return turned(p, angle); });
    sketch_face(s, face, a[3]);
  } else if (name == "slot") {
    const auto a = bind(call, {"w", "h", "angle", "mode"}, 2);
    const double w = number(*a[0]), h = number(*a[1]), angle = number_or(a[2], 0);
    if (!(w > part::kTolerance && h > part::kTolerance)) refuse("a slot without size");
    const Vec2 p1{-w / 2, h / 2}, p2{w / 2, h / 2}, p3{-w / 2, -h / 2}, p4{w / 2, -h / 2};
    part::Profile face =
        part::profile({{part::Curve::line(p1, p2), part::Curve::arc(p2, {w / 2 + h / 2, 0}, p4),
                        part::Curve::line(p4, p3), part::Curve::arc(p3, {-w / 2 - h / 2, 0}, p1)}});
    if (angle != 0) face = mapped(face, [&](Vec2 p) { return turned(p, angle); });
    sketch_face(s, face, a[3]);
  } else if (name == "polygon") {
    const auto a = bind(call, {"pts", "angle", "mode"}, 1);
    std::vector<Vec2> corners = points2(*a[0]);
    if (corners.size() > 1 && corners.front() == corners.back()) corners.pop_back();
    if (corners.size() < 3) refuse("a polygon of fewer than three corners", Refusal::kValue);
    const part::Loop loop = part::polygon(corners);
    const part::LoopFault fault = part::check(loop);
    if (fault != part::LoopFault::kNone) {
      refuse(std::string("a polygon that is ") + to_string(fault), Refusal::kProfile);
    }
    part::Profile face = part::profile(loop);
    const double angle = number_or(a[1], 0);
    if (angle != 0) face = mapped(face, [&](Vec2 p) { return turned(p, angle); });
    sketch_face(s, face, a[2]);
  } else {
    return false;
  }
  return true;
}

Value Evaluator::call_sketch(const SketchPtr& s, std::string_view name, const CallExpr& call) {
  if (name == "segment" || name == "arc") {
    sketch_curve(*s, name, call);
    return s;
  }
  if (name == "close") {
    bind(call, {""}, 0);
    const part::Curve closing = part::Curve::line(end_point(*s), s->edges.front().start);
    if (!part::segment(closing)) refuse("close() where the loop is closed", Refusal::kValue);
    s->edges.push_back(closing);
  } else if (name == "assemble") {
    const auto a = bind(call, {"mode"}, 0);
    sketch_face(*s, assembled(*s), a[0]);
  } else if (name == "reset") {
    bind(call, {""}, 0);
    s->selection.clear();
  } else if (name == "push") {
    s->selection = points2(*bind(call, {"locs"}, 1)[0]);
  } else if (name == "finalize") {
    bind(call, {""}, 0);
    auto next = std::make_shared<Work>();
    next->plane = s->parent->plane, next->stack = Work::Stack::kSketch, next->sketch = s;
    next->body = s->parent->body, next->context = s->parent->context;
    return WorkPtr(std::move(next));
  } else if (name == "face") {
    const auto a = bind(call, {"b", "angle", "mode"}, 1);
    const Value b = evaluate(*a[0]);
    const SketchPtr* other = b.get_if<SketchPtr>();
    if (!other) refuse("a face from something other than a sketch");
    const double angle = number_or(a[1], 0);
    sketch_face(*s,
                angle == 0 ? (*other)->faces
                           : mapped((*other)->faces, [&](Vec2 p) { return turned(p, angle); }),
                a[2]);
  } else if (!sketch_shape(*s, name, call)) {
    refuse("Sketch." + std::string(name));
  }
  return s;
}

}  // namespace cadrecode::dialect
