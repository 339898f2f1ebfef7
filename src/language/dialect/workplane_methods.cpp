// Workplane's methods that make and combine solids.
#include <cmath>

#include "geometry/part/build.h"
#include "geometry/part/canonical.h"
#include "geometry/part/loop.h"
#include "language/dialect/bind.h"
#include "language/dialect/values.h"

namespace cadrecode::dialect {

using namespace script;

namespace {

Vec3 unit(Vec3 v, const char* what) {
  const double n = norm(v);
  if (n == 0) refuse(std::string(what) + " of length zero", Refusal::kValue);
  return std::abs(n - 1) <= 4e-16 ? v : v / n;
}

std::shared_ptr<Work> on_plane(const Frame& plane) {
  auto w = std::make_shared<Work>();
  w->plane = plane;
  w->context = std::make_shared<Context>();
  return w;
}

// A successor of w: same plane, same context, same solid behind it.
std::shared_ptr<Work> after(const Work& w, Work::Stack stack) {
  auto next = std::make_shared<Work>();
  next->plane = w.plane, next->stack = stack, next->body = w.body, next->context = w.context;
  return next;
}

// Where eachpoint() puts things: in the plane's coordinates.
std::vector<Vec3> places(const Work& w) {
  if (w.stack == Work::Stack::kEmpty) return {{0, 0, 0}};
  if (w.stack != Work::Stack::kPoints) refuse("placing at something other than points");
  std::vector<Vec3> out;
  out.reserve(w.points.size());
  for (const Vec3& p : w.points) out.push_back(w.plane.to_local(p));
  return out;
}

struct Centered {
  bool x = true, y = true, z = true;
};

bool only_joins(const std::vector<part::Step>& steps) {
  for (const part::Step& s : steps) {
    if (s.operation != part::Operation::kJoin) return false;
  }
  return true;
}

void append(std::vector<part::Step>& steps, const std::vector<part::Step>& more,
            part::Operation operation) {
  if (steps.size() + more.size() > kMostSteps) refuse("a part of very many steps");
  for (const part::Step& s : more) steps.push_back({operation, s.extrusion});
}

// The body of `w` to change: taken over if nobody else holds it.
Body taken(WorkPtr& w) {
  if (w.use_count() == 1 && w->body.use_count() == 1) return w->body;
  return std::make_shared<std::vector<part::Step>>(*w->body);
}

}  // namespace

Value Evaluator::new_workplane(const CallExpr& call) {
  const auto args = bind(call, {"inPlane", "origin"}, 0);
  const Vec3 origin = args[1] ? point3(*args[1]) : Vec3{};
  if (!args[0]) return WorkPtr(on_plane(part::named_plane("XY", origin)));
  const Value plane = evaluate(*args[0]);
  if (const auto* name = plane.get_if<std::string_view>()) {
    return WorkPtr(on_plane(part::named_plane(std::string(*name).c_str(), origin)));
  }
  if (const auto* frame = plane.get_if<std::shared_ptr<const Frame>>()) {
    return WorkPtr(on_plane(**frame));  // a Plane brings its own origin
  }
  refuse("a workplane on this value");
}

Value Evaluator::new_plane(const CallExpr& call) {
  const auto args = bind(call, {"origin", "xDir", "normal"}, 2);
  Frame f;
  f.origin = point3(*args[0]);
  f.x = unit(point3(*args[1]), "xDir");
  f.normal = args[2] ? unit(point3(*args[2]), "normal") : Vec3{0, 0, 1};
  if (std::abs(dot(f.x, f.normal)) > 1e-12) refuse("a plane whose xDir is not at right angles");
  return std::make_shared<const Frame>(f);
}

Value Evaluator::workplane(const WorkPtr& w, const CallExpr& call) {
  const auto args = bind(call, {"offset", "invert"}, 0);
  if (w->stack != Work::Stack::kEmpty &&
      !(w->stack == Work::Stack::kPoints && w->points.size() == 1)) {
    refuse("a workplane on something other than a point");
  }
  auto next = after(*w, Work::Stack::kEmpty);
  if (truth_or(args[1], false)) next->plane.normal = -w->plane.normal;
  const double offset = number_or(args[0], 0);
  next->plane.origin = w->plane.origin + next->plane.normal * offset;
  return WorkPtr(std::move(next));
}

Value Evaluator::solids(const WorkPtr& w, std::vector<part::Extrusion> made, bool combine) {
  auto next = after(*w, Work::Stack::kSolid);
  next->body = combine && w->body ? std::make_shared<std::vector<part::Step>>(*w->body)
                                  : std::make_shared<std::vector<part::Step>>();
  if (next->body->size() + made.size() > kMostSteps) refuse("a part of very many steps");
  for (part::Extrusion& e : made) next->body->push_back(part::join(std::move(e)));
  return WorkPtr(std::move(next));
}

namespace {

Centered centered_of(const Value& v) {
  if (const bool* b = v.get_if<bool>()) return {*b, *b, *b};
  const Items* items = v.get_if<Items>();
  if (!items || (*items)->size() != 3) refuse("this form of 'centered'");
  Centered c;
  bool* const to[3] = {&c.x, &c.y, &c.z};
  for (int i = 0; i < 3; ++i) {
    const bool* b = (**items)[i].get_if<bool>();
    if (!b) refuse("this form of 'centered'");
    *to[i] = *b;
  }
  return c;
}

}  // namespace

Value Evaluator::box(const WorkPtr& w, const CallExpr& call) {
  const auto args = bind(call, {"length", "width", "height", "centered", "combine", "clean"}, 3);
  const double length = number(*args[0]), width = number(*args[1]), height = number(*args[2]);
  if (!(length > 0 && width > 0 && height > 0)) refuse("a box without size", Refusal::kValue);
  const Centered c = args[3] ? centered_of(evaluate(*args[3])) : Centered{};
  if (args[5]) truth(*args[5]);
  std::vector<part::Extrusion> made;
  for (const Vec3& p : places(*w)) {
    const Vec2 center{p.x + (c.x ? 0 : length / 2), p.y + (c.y ? 0 : width / 2)};
    const double start = p.z + (c.z ? -height / 2 : 0);
    made.push_back({w->plane, part::profile(part::rectangle(center, length, width)), start,
                    c.z ? p.z + height / 2 : start + height});
  }
  return solids(w, std::move(made), truth_or(args[4], true));
}

Value Evaluator::cylinder(const WorkPtr& w, const CallExpr& call) {
  const auto args =
      bind(call, {"height", "radius", "direct", "angle", "centered", "combine", "clean"}, 2);
  const double height = number(*args[0]), radius = number(*args[1]);
  if (!(height > 0 && radius > 0)) refuse("a cylinder without size", Refusal::kValue);
  if (args[2]) refuse("a cylinder in another direction");
  if (number_or(args[3], 360) != 360) refuse("a sector of a cylinder");
  const Centered c = args[4] ? centered_of(evaluate(*args[4])) : Centered{};
  if (args[6]) truth(*args[6]);
  std::vector<part::Extrusion> made;
  for (const Vec3& p : places(*w)) {
    const Vec2 center{p.x + (c.x ? 0 : radius), p.y + (c.y ? 0 : radius)};
    const double start = p.z + (c.z ? -height / 2 : 0);
    made.push_back({w->plane, part::profile(part::circle(center, radius)), start,
                    c.z ? p.z + height / 2 : start + height});
  }
  return solids(w, std::move(made), truth_or(args[5], true));
}

// The prisms over everything extrude() would take: the sketch on the stack at
// its places, else the pending wires, which are used up.
std::vector<part::Extrusion> Evaluator::prisms(const Work& w, double start, double end) {
  std::vector<part::Extrusion> out;
  if (w.stack == Work::Stack::kSketch) {
    if (w.sketch->faces.regions.empty()) refuse("an empty sketch", Refusal::kValue);
    for (const Frame& place : w.sketch->places) out.push_back({place, w.sketch->faces, start, end});
    return out;
  }
  Context& c = *w.context;
  if (c.wires.empty()) refuse("nothing to extrude", Refusal::kValue);
  part::Profile profile = part::profile_from_loops(c.wires);
  if (c.wires.size() > 1) {
    const part::ProfileVerdict verdict = part::check(profile);
    if (!verdict.ok()) refuse(to_string(verdict.fault), Refusal::kProfile);
    for (const part::Region& a : profile.regions) {  // CadQuery makes no islands of wires
      for (const part::Region& b : profile.regions) {
        for (const part::Loop& hole : a.inner) {
          if (&a != &b &&
              part::contains(hole, part::point_at(part::segments(b.outer).front(), 0.4))) {
            refuse("wires nested more than once", Refusal::kProfile);
          }
        }
      }
    }
  }
  c.wires.clear();
  if (!(c.frame.normal == w.plane.normal)) refuse("wires drawn on another plane");
  out.push_back({c.frame, std::move(profile), start, end});
  return out;
}

Value Evaluator::extrude(const WorkPtr& w, const CallExpr& call) {
  const auto args = bind(call, {"until", "combine", "clean", "both", "taper"}, 1);
  const double d = number(*args[0]);
  if (d == 0) refuse("an extrusion without height", Refusal::kValue);
  if (args[4] && number(*args[4]) != 0) refuse("a tapered extrusion");
  if (args[2]) truth(*args[2]);
  const bool both = truth_or(args[3], false), combine = truth_or(args[1], true);
  const double far = both ? std::abs(d) : 0;
  return solids(w, prisms(*w, std::min(-far, std::min(0.0, d)), std::max(far, std::max(0.0, d))),
                combine);
}

namespace {

WorkPtr cut_away(const Work& w, std::vector<part::Extrusion> made) {
  auto next = after(w, Work::Stack::kSolid);
  next->body = std::make_shared<std::vector<part::Step>>(*w.body);
  for (part::Extrusion& e : made) next->body->push_back(part::cut(std::move(e)));
  return next;
}

}  // namespace

Value Evaluator::cut_blind(const WorkPtr& w, const CallExpr& call) {
  const auto args = bind(call, {"until", "clean", "both", "taper"}, 1);
  const double d = number(*args[0]);
  if (d == 0) refuse("a cut without depth", Refusal::kValue);
  if (args[3] && number(*args[3]) != 0) refuse("a tapered cut");
  if (args[1]) truth(*args[1]);
  if (!w->body) refuse("no solid to cut", Refusal::kValue);
  const double far = truth_or(args[2], false) ? std::abs(d) : 0;
  return cut_away(*w,
                  prisms(*w, std::min(-far, std::min(0.0, d)), std::max(far, std::max(0.0, d))));
}

Value Evaluator::cut_through(const WorkPtr& w) {
  if (!w->body) refuse("no solid to cut", Refusal::kValue);
  const Box3 box = part::outer_bounds({*w->body});
  const double reach = 2 * (box.diagonal() + norm(w->plane.origin - box.center()));
  return cut_away(*w, prisms(*w, -reach, reach));
}

Value Evaluator::hole(const WorkPtr& w, const CallExpr& call) {
  const auto args = bind(call, {"diameter", "depth", "clean"}, 2);
  const double radius = number(*args[0]) / 2, depth = number(*args[1]);
  if (!(radius > 0 && depth > 0)) refuse("a hole without size", Refusal::kValue);
  if (!w->body) refuse("no solid to cut", Refusal::kValue);
  std::vector<part::Extrusion> made;
  for (const Vec3& p : places(*w)) {
    made.push_back({w->plane, part::profile(part::circle({p.x, p.y}, radius)), p.z - depth, p.z});
  }
  return cut_away(*w, std::move(made));
}

// base (+|-|*) other as steps. A union may put either side first; a cut takes a
// union of prisms away; a common part needs a single prism on one side.
Value Evaluator::boolean(WorkPtr w, const Value& other, part::Operation operation) {
  const WorkPtr* o = other.get_if<WorkPtr>();
  if (!o || (*o)->stack != Work::Stack::kSolid) refuse("a boolean with something that is no solid");
  if (!w->body) refuse("a boolean without a solid to start from");
  const std::vector<part::Step>& more = *(*o)->body;
  auto next = after(*w, Work::Stack::kSolid);
  next->body = nullptr;
  const bool single = more.size() == 1;
  if (operation == part::Operation::kIntersect ? single : only_joins(more)) {
    next->body = taken(w);
    append(*next->body, more, operation);
  } else if (operation == part::Operation::kJoin && only_joins(*w->body)) {
    next->body = std::make_shared<std::vector<part::Step>>(more);
    append(*next->body, *w->body, operation);
  } else if (operation == part::Operation::kIntersect && w->body->size() == 1) {
    next->body = std::make_shared<std::vector<part::Step>>(more);
    append(*next->body, *w->body, operation);
  } else {
    refuse("a boolean with a solid that is itself no union of prisms");
  }
  return WorkPtr(std::move(next));
}

// Wires drawn from this workplane under another name are pending here already
// (GenCAD's way: loop = wp.moveTo(...)...close(); wp.add(loop).extrude(...)).
Value Evaluator::add(const WorkPtr& w, const CallExpr& call) {
  const Value other = evaluate(*bind(call, {"obj"}, 1)[0]);
  const WorkPtr* o = other.get_if<WorkPtr>();
  const bool drawn_here = o && (*o)->context == w->context && (*o)->stack == Work::Stack::kWires;
  const bool plain = w->stack == Work::Stack::kEmpty || w->stack == Work::Stack::kWires;
  if (!drawn_here || !plain || !((*o)->plane == w->plane)) {
    refuse("adding something other than this workplane's own wires");
  }
  w->context->added = true;
  return WorkPtr(after(*w, Work::Stack::kWires));
}

Value Evaluator::call_workplane(WorkPtr w, std::string_view name, const CallExpr& call) {
  if (name == "union" || name == "cut" || name == "intersect") {
    const auto args = bind(call, {"other", "clean"}, 1);
    if (args[1]) truth(*args[1]);
    const Value other = evaluate(*args[0]);
    return boolean(std::move(w), other,
                   name == "union" ? part::Operation::kJoin
                   : name == "cut" ? part::Operation::kCut
                                   : part::Operation::kIntersect);
  }
  if (name == "add") return add(w, call);
  // In CadQuery add() changes the workplane itself: what its name means from
  // there on is only followed where it does not matter.
  if (w->context->added && w->stack == Work::Stack::kEmpty && name != "moveTo" &&
      name != "pushPoints" && name != "extrude") {
    refuse("Workplane." + std::string(name) + " behind an add");
  }
  if (name == "workplane") return workplane(w, call);
  if (name == "box") return box(w, call);
  if (name == "cylinder") return cylinder(w, call);
  if (name == "extrude") return extrude(w, call);
  if (name == "cutBlind") return cut_blind(w, call);
  if (name == "cutThruAll" && call.arguments.empty()) return cut_through(w);
  if (name == "hole") return hole(w, call);
  if (name == "clean" && call.arguments.empty()) return w;
  if (name == "sketch") {
    bind(call, {""}, 0);
    auto sketch = std::make_shared<Sketch>();
    if (w->stack == Work::Stack::kPoints) {
      for (const Vec3& p : w->points) sketch->places.push_back({p, w->plane.x, w->plane.normal});
    } else if (w->stack == Work::Stack::kEmpty) {
      sketch->places.push_back(w->plane);
    } else {
      refuse("a sketch on something other than points");
    }
    sketch->parent = std::move(w);
    return sketch;
  }
  Value out;
  if (draw(w, name, call, out)) return out;
  refuse("Workplane." + std::string(name) + " with these arguments");
}

}  // namespace cadrecode::dialect
