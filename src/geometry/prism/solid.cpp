#include "geometry/prism/solid.h"

#include <cmath>

#include "geometry/part/canonical.h"
#include "geometry/part/loop.h"
#include "geometry/prism/prepared.h"

namespace cadrecode::prism {
namespace {

void add_loop(const part::Loop& loop, bool outer, Prepared& s, Prism& prism, int& curve) {
  const std::vector<part::Segment> segments = part::segments(loop);
  double area = 0;
  for (const part::Segment& e : segments) area += part::area_integral(e);
  prism.profile_area += outer ? std::abs(area) : -std::abs(area);
  const double outside = (area > 0) == outer ? 1 : -1;
  std::array<part::MonotonePiece, 3> pieces;
  for (const part::Segment& e : segments) {
    s.walls.push_back({e, curve++, outside});
    prism.perimeter += part::length(e);
    if (outer) prism.profile_box.add(part::bounds(e));
    const int n = part::monotone_pieces(e, pieces);
    s.pieces.insert(s.pieces.end(), pieces.begin(), pieces.begin() + n);
  }
}

bool is_rectangle(const part::Profile& p) {
  if (p.regions.size() != 1 || !p.regions[0].inner.empty()) return false;
  const auto& curves = p.regions[0].outer.curves;
  if (curves.size() != 4) return false;
  for (int i = 0; i < 4; ++i) {
    const part::Curve &a = curves[i], &b = curves[(i + 1) % 4];
    if (a.kind != part::Curve::Kind::kLine || !(a.end == b.start)) return false;
    const bool level = a.start.y == a.end.y, upright = a.start.x == a.end.x;
    if (level == upright || level == (b.start.y == b.end.y)) return false;
  }
  return true;
}

Prism prepare(const part::Step& step, Prepared& s) {
  const part::Extrusion& e = step.extrusion;
  Prism prism{};
  prism.operation = step.operation;
  prism.origin = e.frame.origin, prism.x = e.frame.x;
  prism.y = e.frame.y(), prism.normal = e.frame.normal;
  prism.start = std::min(e.start, e.end), prism.end = std::max(e.start, e.end);
  prism.first_piece = static_cast<int>(s.pieces.size());
  prism.first_wall = static_cast<int>(s.walls.size());
  int curve = 0;
  for (const part::Region& r : e.profile.regions) {
    add_loop(r.outer, true, s, prism, curve);
    for (const part::Loop& l : r.inner) add_loop(l, false, s, prism, curve);
  }
  prism.last_piece = static_cast<int>(s.pieces.size());
  prism.last_wall = static_cast<int>(s.walls.size());
  prism.rectangle = is_rectangle(e.profile);
  prism.box = part::bounds(e);
  return prism;
}

}  // namespace

Solid::Solid(const part::Part& part) : prepared_(std::make_unique<Prepared>()) {
  Prepared& s = *prepared_;
  s.joins_only = true;
  s.prisms.reserve(part.steps.size());
  for (const part::Step& step : part.steps) {
    s.prisms.push_back(prepare(step, s));
    if (step.operation == part::Operation::kJoin) {
      s.box.add(s.prisms.back().box);
    } else {
      s.joins_only = false;
    }
  }
  for (int i = static_cast<int>(s.prisms.size()) - 1; i >= 0; --i) s.last_to_first.push_back(i);
  s.extent = s.box.empty() ? 0 : s.box.longest();
}

Solid::~Solid() = default;
Solid::Solid(Solid&&) noexcept = default;
Solid& Solid::operator=(Solid&&) noexcept = default;

bool profile_contains(const Prepared& s, const Prism& prism, double u, double v) {
  const part::Box2& box = prism.profile_box;
  if (u < box.lo.x || u > box.hi.x || v < box.lo.y || v > box.hi.y) return false;
  if (prism.rectangle) return true;
  bool in = false;
  for (int i = prism.first_piece; i < prism.last_piece; ++i) {
    const part::MonotonePiece& p = s.pieces[i];
    if (p.y0 <= v && v < p.y1) in ^= p.x_at(v) > u;
  }
  return in;
}

bool prism_contains(const Prepared& s, const Prism& prism, Vec3 world) {
  const Vec3 p = prism.to_local(world);
  return p.z >= prism.start && p.z <= prism.end && profile_contains(s, prism, p.x, p.y);
}

bool inside(const Solid& solid, Vec3 point) {
  const Prepared& s = solid.prepared();
  return member(s, [&](int i) { return prism_contains(s, s.prisms[i], point); });
}

}  // namespace cadrecode::prism
