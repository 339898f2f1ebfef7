// Workplane's methods that move and draw.
#include <cmath>

#include "geometry/part/build.h"
#include "geometry/part/loop.h"
#include "language/dialect/bind.h"
#include "language/dialect/values.h"

namespace cadrecode::dialect {

using namespace script;

namespace {

std::shared_ptr<Work> after(const Work& w, Work::Stack stack) {
  auto next = std::make_shared<Work>();
  next->plane = w.plane, next->stack = stack, next->body = w.body, next->context = w.context;
  return next;
}

WorkPtr at_points(const Work& w, std::vector<Vec3> points) {
  auto next = after(w, Work::Stack::kPoints);
  next->points = std::move(points);
  return next;
}

// The shift from w's plane to the frame its pending curves are kept in.
Vec2 pending_shift(const Work& w) {
  Context& c = *w.context;
  if (c.edges.empty() && c.wires.empty()) c.frame = w.plane;
  if (!(c.frame.x == w.plane.x && c.frame.normal == w.plane.normal)) {
    refuse("drawing on several planes at once");
  }
  const Vec3 shift = c.frame.to_local(w.plane.origin);
  if (shift.z != 0) refuse("drawing on several planes at once");
  return {shift.x, shift.y};
}

part::Curve shifted(part::Curve c, Vec2 by) {
  c.start = c.start + by, c.end = c.end + by, c.mid = c.mid + by;
  return c;
}

void check_loop(const part::Loop& loop) {
  const part::LoopFault fault = part::check(loop);
  if (fault != part::LoopFault::kNone) {
    refuse(std::string("a wire that is ") + to_string(fault), Refusal::kProfile);
  }
}

}  // namespace

Vec2 Evaluator::current_point(const Work& w) {
  if (w.stack == Work::Stack::kEmpty) return {0, 0};
  if (w.stack != Work::Stack::kPoints && w.stack != Work::Stack::kEdge) {
    refuse("drawing on from something that is no point");
  }
  const Vec3 p = w.plane.to_local(w.points.back());
  if (std::abs(p.z) > 1e-9) refuse("a point off its plane");
  return {p.x, p.y};
}

Value Evaluator::add_edge(const WorkPtr& w, part::Curve curve) {
  const Vec2 shift = pending_shift(*w);
  Context& c = *w->context;
  if (c.edges.size() >= kMostEdges) refuse("a wire of very many edges");
  c.edges.push_back(shifted(curve, shift));
  if (c.first.empty()) c.first.push_back(curve.start);
  auto next = after(*w, Work::Stack::kEdge);
  next->points.push_back(w->plane.to_world({curve.end.x, curve.end.y, 0}));
  return WorkPtr(std::move(next));
}

Value Evaluator::place_wires(const WorkPtr& w, const std::vector<part::Loop>& loops) {
  const Vec2 shift = pending_shift(*w);
  if (w->context->wires.size() + loops.size() > kMostLoops) refuse("very many wires");
  for (const part::Loop& l : loops) {
    part::Loop moved;
    for (const part::Curve& c : l.curves) moved.curves.push_back(shifted(c, shift));
    check_loop(moved);
    w->context->wires.push_back(std::move(moved));
  }
  return WorkPtr(after(*w, Work::Stack::kWires));
}

// Every method that moves the current point or draws; false for other names.
bool Evaluator::draw(const WorkPtr& w, std::string_view name, const CallExpr& call, Value& out) {
  const auto line_to = [&](Vec2 to) { out = add_edge(w, part::Curve::line(current_point(*w), to)); };
  if (name == "moveTo") {
    const auto a = bind(call, {"x", "y"}, 0);
    out = at_points(*w, {w->plane.to_world({number_or(a[0], 0), number_or(a[1], 0), 0})});
  } else if (name == "move") {
    const auto a = bind(call, {"xDist", "yDist"}, 0);
    const Vec2 p = current_point(*w) + Vec2{number_or(a[0], 0), number_or(a[1], 0)};
    out = at_points(*w, {w->plane.to_world({p.x, p.y, 0})});
  } else if (name == "center") {
    const auto a = bind(call, {"x", "y"}, 2);
    const Vec3 origin = w->plane.to_world({number(*a[0]), number(*a[1]), 0});
    auto next = after(*w, Work::Stack::kPoints);
    next->plane.origin = origin;
    next->points.push_back(origin);
    out = WorkPtr(std::move(next));
  } else if (name == "pushPoints") {
    std::vector<Vec3> points;
    for (const Vec2 p : points2(*bind(call, {"pntList"}, 1)[0])) {
      points.push_back(w->plane.to_world({p.x, p.y, 0}));
    }
    if (points.empty()) refuse("no points");
    out = at_points(*w, std::move(points));
  } else if (name == "lineTo") {
    const auto a = bind(call, {"x", "y"}, 2);
    line_to({number(*a[0]), number(*a[1])});
  } else if (name == "line") {
    const auto a = bind(call, {"xDist", "yDist"}, 2);
    line_to(current_point(*w) + Vec2{number(*a[0]), number(*a[1])});
  } else if (name == "hLine") {
    line_to(current_point(*w) + Vec2{number(*bind(call, {"distance"}, 1)[0]), 0});
  } else if (name == "vLine") {
    line_to(current_point(*w) + Vec2{0, number(*bind(call, {"distance"}, 1)[0])});
  } else if (name == "hLineTo") {
    line_to({number(*bind(call, {"xCoord"}, 1)[0]), current_point(*w).y});
  } else if (name == "vLineTo") {
    line_to({current_point(*w).x, number(*bind(call, {"yCoord"}, 1)[0])});
  } else if (name == "threePointArc") {
    const auto a = bind(call, {"point1", "point2"}, 2);
    out = add_edge(w, part::Curve::arc(current_point(*w), point2(*a[0]), point2(*a[1])));
  } else if (name == "polyline") {
    const std::vector<Vec2> points = points2(*bind(call, {"listOfXYTuple"}, 1)[0]);
    if (points.size() < 2) refuse("a polyline of fewer than two points", Refusal::kValue);
    WorkPtr at = w;
    for (size_t i = 0; i + 1 < points.size(); ++i) {
      out = add_edge(at, part::Curve::line(points[i], points[i + 1]));
      at = *out.get_if<WorkPtr>();
    }
  } else if (name == "close" || name == "wire") {
    bind(call, {""}, 0);
    Context& c = *w->context;
    if (c.edges.empty()) refuse("nothing to close", Refusal::kValue);
    const Vec2 shift = pending_shift(*w);
    const Vec2 first = c.first.front() + shift;
    const bool gap = norm(c.edges.back().end - first) > 1e-6;
    if (name == "close" && gap) c.edges.push_back(part::Curve::line(c.edges.back().end, first));
    part::Loop loop{std::move(c.edges)};
    c.edges.clear();
    if (name == "close") c.first.clear();
    if (!(loop.curves.front().start == first)) refuse("a wire of several pieces");
    check_loop(loop);
    c.wires.push_back(std::move(loop));
    out = WorkPtr(after(*w, Work::Stack::kWires));
  } else if (name == "rect" || name == "circle" || name == "polygon") {
    if (w->stack == Work::Stack::kSketch || w->stack == Work::Stack::kSolid) {
      refuse("drawing at the centre of a solid");
    }
    std::vector<Vec2> at{{0, 0}};
    const bool centres = w->stack == Work::Stack::kWires && !w->points.empty();
    if (w->stack == Work::Stack::kPoints || centres) {
      at.clear();
      for (const Vec3& p : w->points) {
        const Vec3 local = w->plane.to_local(p);
        if (local.z != 0) refuse("a point off its plane");
        at.push_back({local.x, local.y});
      }
    } else if (w->stack != Work::Stack::kEmpty) {
      refuse("drawing at the centre of a wire");
    }
    std::vector<part::Loop> loops;
    if (name == "circle") {
      const double r = number(*bind(call, {"radius"}, 1)[0]);
      for (const Vec2 p : at) loops.push_back(part::circle(p, r));
    } else if (name == "rect") {
      const auto a = bind(call, {"xLen", "yLen", "centered"}, 2);
      const double x = number(*a[0]), y = number(*a[1]);
      const bool centered = truth_or(a[2], true);
      for (const Vec2 p : at) {
        loops.push_back(part::rectangle(centered ? p : p + Vec2{x / 2, y / 2}, std::abs(x), std::abs(y)));
      }
    } else {
      const auto a = bind(call, {"nSides", "diameter"}, 2);
      const double n = number(*a[0]), radius = number(*a[1]) / 2;
      if (!(n >= 3 && n <= 1000) || n != std::floor(n)) refuse("a polygon without sides", Refusal::kValue);
      for (const Vec2 p : at) {
        std::vector<Vec2> corners;
        for (int i = 0; i < n; ++i) {
          const double angle = 2.0 * part::kPi / n * i;
          corners.push_back(p + Vec2{radius * std::cos(angle), radius * std::sin(angle)});
        }
        loops.push_back(part::polygon(corners));
      }
    }
    place_wires(w, loops);
    // the wires are on the stack now: what is drawn next goes to their centres
    auto next = after(*w, Work::Stack::kWires);
    for (const part::Loop& l : loops) {
      const part::Box2 box = part::bounds(l);
      const Vec2 center = name == "polygon" ? at[&l - loops.data()] : (box.lo + box.hi) / 2;
      next->points.push_back(w->plane.to_world({center.x, center.y, 0}));
    }
    out = WorkPtr(std::move(next));
  } else {
    return false;
  }
  return true;
}

}  // namespace cadrecode::dialect
