#include "geometry/mesh/query.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "geometry/mesh/bvh.h"
#include "geometry/mesh/parallel.h"

namespace cadrecode::mesh {
namespace {

// Far enough for a cluster's expansion: this many times its radius (as Barill et
// al. 2018; the error on a sphere stays below 0.06).
constexpr double kFar = 2;

// What a cluster looks like from afar: Σ area a_t n_t at the area centre p, and
// the first moments M = Σ a_t (x_t - p) n_t^T about it.
struct Cluster {
  Vec3 center;
  double radius2 = 0;  // kFar² × the squared radius around center
  Vec3 normal;
  std::array<Vec3, 3> moment;  // rows: x, y, z of x_t - p
  double area = 0;
};

// Ericson, Real-Time Collision Detection (2005), 5.1.5.
Vec3 closest_on_triangle(Vec3 p, Vec3 a, Vec3 b, Vec3 c) {
  const Vec3 ab = b - a, ac = c - a, ap = p - a;
  const double d1 = dot(ab, ap), d2 = dot(ac, ap);
  if (d1 <= 0 && d2 <= 0) return a;
  const Vec3 bp = p - b;
  const double d3 = dot(ab, bp), d4 = dot(ac, bp);
  if (d3 >= 0 && d4 <= d3) return b;
  const double vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return d1 == d3 ? a : a + ab * (d1 / (d1 - d3));
  const Vec3 cp = p - c;
  const double d5 = dot(ab, cp), d6 = dot(ac, cp);
  if (d6 >= 0 && d5 <= d6) return c;
  const double vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return d2 == d6 ? a : a + ac * (d2 / (d2 - d6));
  const double va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    const double w = (d4 - d3) + (d5 - d6);
    return w == 0 ? b : b + (c - b) * ((d4 - d3) / w);
  }
  const double sum = va + vb + vc;
  return sum == 0 ? a : a + ab * (vb / sum) + ac * (vc / sum);
}

double distance2(const Box3& box, Vec3 p) {
  double sum = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const double d = std::max({box.lo[axis] - p[axis], 0.0, p[axis] - box.hi[axis]});
    sum += d * d;
  }
  return sum;
}

// A sum of signed solid angles of triangles (Van Oosterom & Strackee 1983). Half
// of each is the argument of a complex number; arguments add as the numbers
// multiply, so one arctangent does for all.
class AngleSum {
 public:
  void add(Vec3 p, const BvhTriangle& t) {
    const Vec3 a = t.a - p, b = t.b - p, c = t.c - p;
    const double la = norm(a), lb = norm(b), lc = norm(c);
    double y = dot(a, cross(b, c));
    double x = la * lb * lc + dot(a, b) * lc + dot(b, c) * la + dot(c, a) * lb;
    const double size = std::abs(x) + std::abs(y);
    if (!(size > 0)) return;  // p is a corner
    x /= size, y /= size;
    const double re = re_ * x - im_ * y, im = re_ * y + im_ * x;
    // Two positive arguments whose sum passed pi, or two negative ones.
    if (positive(re_, im_) && positive(x, y) && !positive(re, im) && im < 0) ++turns_;
    if (im_ < 0 && y < 0 && positive(re, im)) --turns_;
    const double scale = std::abs(re) + std::abs(im);
    re_ = re / scale, im_ = im / scale;
  }
  // Over 4 pi: half the angles, over 2 pi.
  double share() const { return std::atan2(im_, re_) / (2 * std::numbers::pi) + turns_; }

 private:
  static bool positive(double re, double im) { return im > 0 || (im == 0 && re < 0); }

  double re_ = 1, im_ = 0;
  int turns_ = 0;
};

double expansion(Vec3 p, const Cluster& cluster) {
  const Vec3 r = cluster.center - p;
  const double r2 = dot(r, r), r3 = r2 * std::sqrt(r2);
  const auto& m = cluster.moment;
  const double trace = m[0].x + m[1].y + m[2].z;
  const double rmr = r.x * dot(m[0], r) + r.y * dot(m[1], r) + r.z * dot(m[2], r);
  return (dot(cluster.normal, r) + trace - 3 * rmr / r2) / (4 * std::numbers::pi * r3);
}

std::vector<Cluster> build_clusters(const Bvh& bvh) {
  std::vector<Cluster> clusters(bvh.nodes.size());
  // Children stand after their parent: backwards, every child is ready.
  for (size_t n = bvh.nodes.size(); n-- > 0;) {
    const BvhNode& node = bvh.nodes[n];
    Cluster& cluster = clusters[n];
    struct Piece {
      Vec3 center, normal;
      double area;
    };
    const auto gather = [&](const Piece& piece) {
      cluster.center += piece.center * piece.area;
      cluster.normal += piece.normal;
      cluster.area += piece.area;
    };
    const auto triangle_piece = [&](uint32_t i) {
      const BvhTriangle& t = bvh.triangles[i];
      const Vec3 normal = cross(t.b - t.a, t.c - t.a) / 2;
      return Piece{(t.a + t.b + t.c) / 3, normal, norm(normal)};
    };
    const std::array<uint32_t, 2> children = {node.first, node.first + 1};
    if (node.count == 0) {
      for (uint32_t c : children)
        gather({clusters[c].center, clusters[c].normal, clusters[c].area});
    } else {
      for (uint32_t i = node.first; i < node.first + node.count; ++i) gather(triangle_piece(i));
    }
    cluster.center = cluster.area > 0 ? cluster.center / cluster.area : node.box.center();
    const auto add_moment = [&](const Piece& piece) {
      const Vec3 d = piece.center - cluster.center;
      for (int i = 0; i < 3; ++i) cluster.moment[i] += piece.normal * d[i];
    };
    if (node.count == 0) {
      for (uint32_t c : children) {
        add_moment({clusters[c].center, clusters[c].normal, clusters[c].area});
        for (int i = 0; i < 3; ++i) cluster.moment[i] += clusters[c].moment[i];
      }
    } else {
      for (uint32_t i = node.first; i < node.first + node.count; ++i) {
        add_moment(triangle_piece(i));
      }
    }
    const Vec3 far{std::max(node.box.hi.x - cluster.center.x, cluster.center.x - node.box.lo.x),
                   std::max(node.box.hi.y - cluster.center.y, cluster.center.y - node.box.lo.y),
                   std::max(node.box.hi.z - cluster.center.z, cluster.center.z - node.box.lo.z)};
    cluster.radius2 = kFar * kFar * dot(far, far);
  }
  return clusters;
}

// Where a ray meets a triangle, from either side (Möller & Trumbore 1997).
double ray_triangle(Vec3 origin, Vec3 direction, const BvhTriangle& t) {
  const double none = std::numeric_limits<double>::infinity();
  const Vec3 e1 = t.b - t.a, e2 = t.c - t.a, h = cross(direction, e2);
  const double det = dot(e1, h);
  if (det == 0) return none;
  const Vec3 s = origin - t.a;
  const double u = dot(s, h) / det;
  if (!(u >= 0 && u <= 1)) return none;
  const Vec3 q = cross(s, e1);
  const double v = dot(direction, q) / det;
  if (!(v >= 0 && u + v <= 1)) return none;
  const double at = dot(e2, q) / det;
  return at >= 0 ? at : none;
}

// Entry of the ray into a box, or infinity.
double ray_box(Vec3 origin, Vec3 direction, const Box3& box, double before) {
  double enter = 0, leave = before;
  for (int axis = 0; axis < 3; ++axis) {
    if (direction[axis] == 0) {
      if (origin[axis] < box.lo[axis] || origin[axis] > box.hi[axis]) {
        return std::numeric_limits<double>::infinity();
      }
      continue;
    }
    double t0 = (box.lo[axis] - origin[axis]) / direction[axis];
    double t1 = (box.hi[axis] - origin[axis]) / direction[axis];
    if (t0 > t1) std::swap(t0, t1);
    enter = std::max(enter, t0);
    leave = std::min(leave, t1);
  }
  // Rounding must not lose a hit on the box's own face.
  return enter <= leave * (1 + 1e-12) + 1e-300 ? enter : std::numeric_limits<double>::infinity();
}

}  // namespace

struct MeshIndex::Impl {
  Bvh bvh;
  std::vector<Cluster> clusters;
};

MeshIndex::MeshIndex(const TriangleMesh& mesh) {
  if (mesh.empty()) throw Error(ErrorKind::kValue, "an index needs a mesh with triangles");
  auto impl = std::make_unique<Impl>();
  impl->bvh = build_bvh(mesh);
  impl->clusters = build_clusters(impl->bvh);
  impl_ = std::move(impl);
}
MeshIndex::~MeshIndex() = default;
MeshIndex::MeshIndex(MeshIndex&&) noexcept = default;
MeshIndex& MeshIndex::operator=(MeshIndex&&) noexcept = default;

Nearest MeshIndex::nearest(Vec3 p, double within) const {
  const Bvh& bvh = impl_->bvh;
  Nearest best;
  best.triangle = ~uint32_t{0};
  double best2 = within * within;
  struct Entry {
    uint32_t node;
    double distance2;
  };
  std::array<Entry, kBvhDepth + 1> stack;
  int top = 0;
  stack[top++] = {0, distance2(bvh.nodes[0].box, p)};
  while (top > 0) {
    const Entry entry = stack[--top];
    if (entry.distance2 > best2) continue;
    const BvhNode& node = bvh.nodes[entry.node];
    for (uint32_t i = node.first; i < node.first + node.count; ++i) {
      const BvhTriangle& t = bvh.triangles[i];
      const Vec3 q = closest_on_triangle(p, t.a, t.b, t.c);
      const double d2 = dot(q - p, q - p);
      if (d2 < best2 || (d2 == best2 && t.id < best.triangle)) {
        best2 = d2;
        best.point = q;
        best.triangle = t.id;
      }
    }
    if (node.count > 0) continue;
    Entry a{node.first, distance2(bvh.nodes[node.first].box, p)};
    Entry b{node.first + 1, distance2(bvh.nodes[node.first + 1].box, p)};
    if (a.distance2 > b.distance2) std::swap(a, b);
    if (b.distance2 <= best2) stack[top++] = b;
    if (a.distance2 <= best2) stack[top++] = a;
  }
  if (best.triangle == ~uint32_t{0}) return {};
  best.distance = std::sqrt(best2);
  return best;
}

RayHit MeshIndex::first_hit(Vec3 origin, Vec3 direction) const {
  const Bvh& bvh = impl_->bvh;
  RayHit best;
  best.triangle = ~uint32_t{0};
  std::array<std::pair<uint32_t, double>, kBvhDepth + 1> stack;
  int top = 0;
  stack[top++] = {0, ray_box(origin, direction, bvh.nodes[0].box, best.t)};
  while (top > 0) {
    const auto [index, enter] = stack[--top];
    if (enter > best.t || enter == std::numeric_limits<double>::infinity()) continue;
    const BvhNode& node = bvh.nodes[index];
    for (uint32_t i = node.first; i < node.first + node.count; ++i) {
      const double t = ray_triangle(origin, direction, bvh.triangles[i]);
      const uint32_t id = bvh.triangles[i].id;
      if (t < best.t || (t == best.t && best.hit() && id < best.triangle)) best = {t, id};
    }
    if (node.count > 0) continue;
    std::pair<uint32_t, double> a{node.first,
                                  ray_box(origin, direction, bvh.nodes[node.first].box, best.t)};
    std::pair<uint32_t, double> b{
        node.first + 1, ray_box(origin, direction, bvh.nodes[node.first + 1].box, best.t)};
    if (a.second > b.second) std::swap(a, b);
    stack[top++] = b;
    stack[top++] = a;
  }
  return best.hit() ? best : RayHit{};
}

double MeshIndex::winding_number(Vec3 p) const {
  const Bvh& bvh = impl_->bvh;
  double sum = 0;
  AngleSum near;
  std::array<uint32_t, kBvhDepth + 1> stack;
  int top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const uint32_t index = stack[--top];
    const Cluster& cluster = impl_->clusters[index];
    const Vec3 r = cluster.center - p;
    const BvhNode& node = bvh.nodes[index];
    if (dot(r, r) > cluster.radius2) {
      sum += expansion(p, cluster);
    } else if (node.count > 0) {
      for (uint32_t i = node.first; i < node.first + node.count; ++i) {
        near.add(p, bvh.triangles[i]);
      }
    } else {
      stack[top++] = node.first + 1;
      stack[top++] = node.first;
    }
  }
  return sum + near.share();
}

double MeshIndex::signed_distance(Vec3 p) const {
  const double d = nearest(p).distance;
  return inside(p) ? -d : d;
}

std::vector<Nearest> MeshIndex::nearest(std::span<const Vec3> points, int threads) const {
  std::vector<Nearest> out(points.size());
  parallel_ranges(points.size(), threads, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) out[i] = nearest(points[i]);
  });
  return out;
}

std::vector<uint8_t> MeshIndex::inside(std::span<const Vec3> points, int threads) const {
  std::vector<uint8_t> out(points.size());
  parallel_ranges(points.size(), threads, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) out[i] = inside(points[i]);
  });
  return out;
}

}  // namespace cadrecode::mesh
