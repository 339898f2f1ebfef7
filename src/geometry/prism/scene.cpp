#include "geometry/prism/scene.h"

#include <array>
#include <cmath>

namespace cadrecode::prism {
namespace {

using Basis = std::array<Vec3, 3>;
constexpr double kAligned = 1e-10;  // sine below which two directions are one

bool parallel(Vec3 a, Vec3 b) { return norm(cross(a, b)) <= kAligned; }

int axis_of(const Basis& basis, Vec3 direction) {
  for (int a = 0; a < 3; ++a) {
    if (parallel(basis[a], direction)) return a;
  }
  return -1;
}

int aligned_count(const Basis& basis, const std::vector<SceneStep>& steps) {
  int n = 0;
  for (const SceneStep& st : steps) n += axis_of(basis, st.prism->normal) >= 0;
  return n;
}

// World axes if they serve; else along the first step and one at right angles.
Basis choose_basis(const std::vector<SceneStep>& steps) {
  const Basis world{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};
  const int world_count = aligned_count(world, steps);
  if (world_count == static_cast<int>(steps.size())) return world;
  Basis best = world;
  int best_count = world_count;
  for (const SceneStep& st : steps) {
    Vec3 second = st.prism->x;
    for (const SceneStep& other : steps) {
      if (std::abs(dot(st.prism->normal, other.prism->normal)) <= kAligned) {
        second = other.prism->normal;
        break;
      }
    }
    const Basis b{st.prism->normal, second, cross(st.prism->normal, second)};
    const int count = aligned_count(b, steps);
    if (count > best_count) best = b, best_count = count;
    if (count == static_cast<int>(steps.size())) break;
  }
  return best;
}

bool is_box(const Basis& basis, const SceneStep& st) {
  return st.prism->rectangle && axis_of(basis, st.prism->x) >= 0;
}

double wall_count(const SceneStep& st) { return st.prism->last_wall - st.prism->first_wall; }

// Slab axis: no profile along it if that can be had, then the fewest curves.
// q: the other axis that more curves' steps run along.
void choose_axes(Scene& scene, const Basis& basis) {
  std::array<double, 3> walls{};  // by axis, boxes left out
  for (const SceneStep& st : scene.steps) {
    const int a = axis_of(basis, st.prism->normal);
    if (a >= 0 && !is_box(basis, st)) walls[a] += wall_count(st);
  }
  int s = 0;
  for (int a = 1; a < 3; ++a) {
    if (walls[a] < walls[s]) s = a;
  }
  int p = (s + 1) % 3, q = (s + 2) % 3;
  if (walls[p] > walls[q]) std::swap(p, q);
  scene.s = basis[s], scene.p = basis[p], scene.q = basis[q];
}

// The plane map of a prism's frame onto two scene axes: (u, v) -> (x, y).
struct PlaneMap {
  Vec2 origin, u, v;
  bool mirrored;

  PlaneMap(const Prism& prism, Vec3 x, Vec3 y)
      : origin{dot(prism.origin, x), dot(prism.origin, y)},
        u{dot(prism.x, x), dot(prism.x, y)},
        v{dot(prism.y, x), dot(prism.y, y)},
        mirrored(cross(u, v) < 0) {}
  Vec2 operator()(Vec2 a) const { return origin + u * a.x + v * a.y; }
  part::Segment operator()(part::Segment s) const {
    s.start = (*this)(s.start), s.end = (*this)(s.end), s.center = (*this)(s.center);
    if (mirrored) s.sweep = -s.sweep;
    return s;
  }
};

// A circle's own start is a corner like any other; it need not be the leftmost.
void add_pieces(Scene& scene, SceneStep& st, int index, Vec3 x, Vec3 y) {
  const PlaneMap map(*st.prism, x, y);
  std::array<part::MonotonePiece, 3> pieces;
  for (int i = st.prism->first_wall; i < st.prism->last_wall; ++i) {
    const part::Segment segment = map(st.solid->walls[i].segment);
    const int n = part::monotone_pieces(segment, pieces);
    for (int k = 0; k < n; ++k) scene.pieces.push_back({pieces[k], index});
  }
}

void set_range(SceneStep& st, Vec3 along) {
  const double o = dot(st.prism->origin, along), sign = dot(st.prism->normal, along);
  const double a = o + sign * st.prism->start, b = o + sign * st.prism->end;
  st.lo = std::min(a, b), st.hi = std::max(a, b);
}

struct Range {
  double lo, hi;
};
Range range_of(const Prism& prism, Vec3 along) {
  Range r{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  const part::Box2& b = prism.profile_box;
  for (int corner = 0; corner < 8; ++corner) {
    const double d = dot(prism.to_world(corner & 1 ? b.hi.x : b.lo.x, corner & 2 ? b.hi.y : b.lo.y,
                                        corner & 4 ? prism.end : prism.start),
                         along);
    r.lo = std::min(r.lo, d), r.hi = std::max(r.hi, d);
  }
  return r;
}

void set_cross_section(SceneStep& st, const Scene& scene) {
  const Range p = range_of(*st.prism, scene.p), q = range_of(*st.prism, scene.q);
  st.p_lo = p.lo, st.p_hi = p.hi, st.q_lo = q.lo, st.q_hi = q.hi;
}

void place(Scene& scene, SceneStep& st, int index, const Basis& basis) {
  st.first = static_cast<int>(scene.pieces.size());
  const Vec3 n = st.prism->normal;
  if (is_box(basis, st) && axis_of(basis, n) >= 0) {
    st.role = Role::kBox;
    const Range r = range_of(*st.prism, scene.s);
    st.lo = r.lo, st.hi = r.hi;
    set_cross_section(st, scene);
  } else if (parallel(n, scene.q)) {
    st.role = Role::kAlongQ;
    set_range(st, scene.q);
    add_pieces(scene, st, index, scene.p, scene.s);
  } else if (parallel(n, scene.p)) {
    st.role = Role::kAlongP;
    set_range(st, scene.p);
    add_pieces(scene, st, index, scene.q, scene.s);
  } else if (parallel(n, scene.s)) {
    st.role = Role::kAlongS;
    scene.has_along_s = true;
    set_range(st, scene.s);
    set_cross_section(st, scene);
    add_pieces(scene, st, index, scene.p, scene.q);
  } else {
    st.role = Role::kOblique;
    scene.has_oblique = true;
    const Range r = range_of(*st.prism, scene.s);
    st.lo = r.lo, st.hi = r.hi;
    set_cross_section(st, scene);
  }
  st.last = static_cast<int>(scene.pieces.size());
}

}  // namespace

void Scene::build(const Prepared& a, const Prepared* b) {
  steps.clear(), pieces.clear();
  has_along_s = has_oblique = false;
  has_b = b != nullptr;
  Box3 box = a.box;
  for (const Prism& prism : a.prisms) {
    steps.push_back({0, prism.operation, Role::kBox});
    steps.back().solid = &a, steps.back().prism = &prism;
  }
  if (b) {
    box.add(b->box);
    for (const Prism& prism : b->prisms) {
      steps.push_back({1, prism.operation, Role::kBox});
      steps.back().solid = b, steps.back().prism = &prism;
    }
  }
  extent = box.empty() ? 0 : box.longest();
  const Basis basis = choose_basis(steps);
  choose_axes(*this, basis);
  for (size_t i = 0; i < steps.size(); ++i) place(*this, steps[i], static_cast<int>(i), basis);
  s_lo = std::numeric_limits<double>::infinity(), s_hi = -s_lo;
  for (const SceneStep& st : steps) {
    if (st.operation != part::Operation::kJoin) continue;
    const Range r = range_of(*st.prism, s);
    s_lo = std::min(s_lo, r.lo), s_hi = std::max(s_hi, r.hi);
  }
}

}  // namespace cadrecode::prism
