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

void Evaluator::place_wires(const WorkPtr& w, const std::vector<part::Loop>& loops) {
  const Vec2 shift = pending_shift(*w);
  if (w->context->wires.size() + loops.size() > kMostLoops) refuse("very many wires");
  for (const part::Loop& l : loops) {
    part::Loop moved;
    for (const part::Curve& c : l.curves) moved.curves.push_back(shifted(c, shift));
    check_loop(moved);
    w->context->wires.push_back(std::move(moved));
  }
}

Value Evaluator::close_wire(const WorkPtr& w, bool close, const CallExpr& call) {
  bind(call, {""}, 0);
  Context& c = *w->context;
  if (c.edges.empty()) refuse("nothing to close", Refusal::kValue);
  const Vec2 shift = pending_shift(*w);
  const Vec2 first = c.first.front() + shift;
  const bool gap = norm(c.edges.back().end - first) > 1e-6;
  if (close && gap) c.edges.push_back(part::Curve::line(c.edges.back().end, first));
  part::Loop loop{std::move(c.edges)};
  c.edges.clear();
  if (close) c.first.clear();
  if (!(loop.curves.front().start == first)) refuse("a wire of several pieces");
  check_loop(loop);
  c.wires.push_back(std::move(loop));
  return WorkPtr(after(*w, Work::Stack::kWires));
}

// Where the next shape goes: every point on the stack, or the centres of the
// shapes drawn last.
std::vector<Vec2> Evaluator::shape_places(const Work& w) {
  if (w.stack == Work::Stack::kEmpty) return {{0, 0}};
  const bool centres = w.stack == Work::Stack::kWires && !w.points.empty();
  if (w.stack != Work::Stack::kPoints && !centres) refuse("drawing at the centre of this");
  std::vector<Vec2> at;
  for (const Vec3& p : w.points) {
    const Vec3 local = w.plane.to_local(p);
    if (local.z != 0) refuse("a point off its plane");
    at.push_back({local.x, local.y});
  }
  return at;
}

part::Loop Evaluator::shape(std::string_view name, const CallExpr& call, Vec2 p, Vec2& center) {
  center = p;
  if (name == "circle") return part::circle(p, number(*bind(call, {"radius"}, 1)[0]));
  if (name == "rect") {
    const auto a = bind(call, {"xLen", "yLen", "centered"}, 2);
    const double x = number(*a[0]), y = number(*a[1]);
    if (!truth_or(a[2], true)) center = p + Vec2{x / 2, y / 2};
    return part::rectangle(center, std::abs(x), std::abs(y));
  }
  const auto a = bind(call, {"nSides", "diameter"}, 2);
  const double n = number(*a[0]), radius = number(*a[1]) / 2;
  if (!(n >= 3 && n <= 1000) || n != std::floor(n)) {
    refuse("a polygon without sides", Refusal::kValue);
  }
  std::vector<Vec2> corners;
  for (int i = 0; i < n; ++i) {
    const double angle = 2.0 * part::kPi / n * i;
    corners.push_back(p + Vec2{radius * std::cos(angle), radius * std::sin(angle)});
  }
  return part::polygon(corners);
}

Value Evaluator::draw_shape(const WorkPtr& w, std::string_view name, const CallExpr& call) {
  std::vector<part::Loop> loops;
  auto next = after(*w, Work::Stack::kWires);
  for (const Vec2 p : shape_places(*w)) {
    Vec2 center;
    loops.push_back(shape(name, call, p, center));
    next->points.push_back(w->plane.to_world({center.x, center.y, 0}));
  }
  place_wires(w, loops);
  return WorkPtr(std::move(next));
}

// Every method that moves the current point or draws; false for other names.
bool Evaluator::draw(const WorkPtr& w, std::string_view name, const CallExpr& call, Value& out) {
  const auto line_to = [&](Vec2 to) {
    out = add_edge(w, part::Curve::line(current_point(*w), to));
  };
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
  } else if (name == "rarray" || name == "polarArray") {
    std::vector<Vec3> points;
    for (const Vec2 p : name == "rarray" ? grid_places(call) : polar_places(call))
      points.push_back(w->plane.to_world({p.x, p.y, 0}));
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
    out = close_wire(w, name == "close", call);
  } else if (name == "rect" || name == "circle" || name == "polygon") {
    out = draw_shape(w, name, call);
  } else {
    return false;
  }
  return true;
}

}  // namespace cadrecode::dialect
