#include "learning/convert/loops.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "geometry/part/loop.h"

namespace cadrecode::convert {
namespace {

using part::Curve;
using part::Loop;

bool shorter(const Curve& c, double tolerance) {
  return c.kind == Curve::Kind::kLine && norm(c.end - c.start) < tolerance;
}

}  // namespace

Loop chain(std::vector<Curve> curves, double tolerance) {
  if (curves.size() == 1 && curves[0].kind == Curve::Kind::kCircle) return {std::move(curves)};
  std::erase_if(curves, [&](const Curve& c) { return shorter(c, tolerance); });
  if (curves.empty()) throw Error(ErrorKind::kGeometry, "a loop without curves");
  for (const Curve& c : curves) {
    if (c.kind == Curve::Kind::kCircle) {
      throw Error(ErrorKind::kGeometry, "a circle within a chain of curves");
    }
  }
  Loop loop;
  loop.curves.push_back(curves[0]);
  curves.erase(curves.begin());
  if (!curves.empty()) {
    // The first curve's direction is free: it should lead to the second.
    Curve& first = loop.curves[0];
    const auto gap = [&](Vec2 p) {
      return std::min(norm(curves[0].start - p), norm(curves[0].end - p));
    };
    if (gap(first.start) < gap(first.end)) first = part::reversed(first);
  }
  while (!curves.empty()) {
    const Vec2 at = loop.curves.back().end;
    size_t best = 0;
    double least = 1e300;
    for (size_t i = 0; i < curves.size(); ++i) {
      const double gap = std::min(norm(curves[i].start - at), norm(curves[i].end - at));
      if (gap < least) least = gap, best = i;
    }
    if (least > tolerance) {
      throw Error(
          ErrorKind::kGeometry,
          fmt::format("a loop that does not close: nothing goes on from ({:.6g}, {:.6g}); the "
                      "nearest end is {:.3g} away",
                      at.x, at.y, least));
    }
    Curve next = curves[best];
    if (norm(next.end - at) < norm(next.start - at)) next = part::reversed(next);
    next.start = at;  // an arc's mid point is another point of the same arc and stays
    loop.curves.push_back(next);
    curves.erase(curves.begin() + static_cast<std::ptrdiff_t>(best));
  }
  const Vec2 begin = loop.curves.front().start, end = loop.curves.back().end;
  if (norm(begin - end) > tolerance) {
    throw Error(ErrorKind::kGeometry,
                fmt::format("a loop that does not close: ({:.6g}, {:.6g}) and ({:.6g}, {:.6g}) are "
                            "{:.3g} apart",
                            begin.x, begin.y, end.x, end.y, norm(begin - end)));
  }
  loop.curves.back().end = begin;
  return loop;
}

part::Profile profile_of(std::vector<Loop> loops) {
  if (loops.empty()) throw Error(ErrorKind::kGeometry, "a profile without loops");
  for (const Loop& l : loops) {
    const part::LoopFault fault = part::check(l);
    if (fault != part::LoopFault::kNone) {
      throw Error(ErrorKind::kGeometry, fmt::format("a loop that is {}", part::to_string(fault)));
    }
  }
  std::stable_sort(loops.begin(), loops.end(), [](const Loop& a, const Loop& b) {
    return std::abs(part::signed_area(a)) > std::abs(part::signed_area(b));
  });
  part::Profile simple{{{loops[0], {loops.begin() + 1, loops.end()}}}};
  if (part::check(simple).ok()) return simple;
  // Inner loops that touch the outer one or each other: cut them in the plane.
  part::Profile out{{{loops[0], {}}}};
  for (size_t i = 1; i < loops.size(); ++i) {
    out = part::combine(out, {{{loops[i], {}}}}, part::Operation::kCut);
  }
  if (out.regions.empty()) throw Error(ErrorKind::kGeometry, "a profile whose holes leave nothing");
  return out;
}

}  // namespace cadrecode::convert
