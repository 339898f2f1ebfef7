#include "geometry/cloud/nearest_all.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>

#include "base/error.h"

// One function, several instruction sets, chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CADRECODE_DISPATCH __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CADRECODE_DISPATCH
#endif

namespace cadrecode::cloud {
namespace {

constexpr uint32_t kLeaf = 32;  // most points a leaf holds
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A leaf of query points on its way through the other tree.
struct Queries {
  alignas(64) double x[kLeaf], y[kLeaf], z[kLeaf], best[kLeaf];
  double worst = kInfinity;  // largest of best
};

// Eight doubles: one AVX-512 register, two of AVX2, four of the baseline.
typedef double Lanes __attribute__((vector_size(64)));

// best[q] = min(best[q], distance to each of the leaf's points), eight queries
// at a time so that they stay in registers.
CADRECODE_DISPATCH void leaf_against_leaf(Queries& q, const double* x, const double* y,
                                          const double* z, uint32_t count) {
  for (uint32_t block = 0; block < kLeaf; block += 8) {
    const Lanes qx = *reinterpret_cast<Lanes*>(q.x + block);
    const Lanes qy = *reinterpret_cast<Lanes*>(q.y + block);
    const Lanes qz = *reinterpret_cast<Lanes*>(q.z + block);
    Lanes best = *reinterpret_cast<Lanes*>(q.best + block);
    for (uint32_t j = 0; j < count; ++j) {
      const Lanes dx = qx - x[j], dy = qy - y[j], dz = qz - z[j];
      const Lanes d = dx * dx + dy * dy + dz * dz;
      best = d < best ? d : best;
    }
    *reinterpret_cast<Lanes*>(q.best + block) = best;
  }
  double worst = 0;
  for (uint32_t i = 0; i < kLeaf; ++i) worst = q.best[i] > worst ? q.best[i] : worst;
  q.worst = worst;
}

// Bits 0…15 of v spread to every third bit.
uint64_t spread(uint64_t v) {
  v = (v | v << 16) & 0x0000FF0000FFull;
  v = (v | v << 8) & 0x00F00F00F00Full;
  v = (v | v << 4) & 0x0C30C30C30C3ull;
  return (v | v << 2) & 0x249249249249ull;
}

// The points along a Morton curve of 65536 cells an axis, by radix sort: near
// in the order is near in space, at a tenth of the cost of median splits.
std::vector<uint32_t> morton_order(std::span<const Vec3> points) {
  Box3 box;
  for (const Vec3& p : points) box.add(p);
  const double extent = box.longest();
  const double scale = extent > 0 ? 65535.0 / extent : 0;
  struct Item {
    uint64_t key;
    uint32_t index;
  };
  std::vector<Item> items(points.size()), other(points.size());
  for (uint32_t i = 0; i < points.size(); ++i) {
    const Vec3 p = (points[i] - box.lo) * scale;
    items[i] = {spread(static_cast<uint64_t>(p.x)) | spread(static_cast<uint64_t>(p.y)) << 1 |
                    spread(static_cast<uint64_t>(p.z)) << 2,
                i};
  }
  constexpr int kDigit = 12;
  for (int shift = 0; shift < 48; shift += kDigit) {
    std::vector<uint32_t> start((1 << kDigit) + 1);
    for (const Item& item : items) ++start[(item.key >> shift & ((1 << kDigit) - 1)) + 1];
    std::partial_sum(start.begin(), start.end(), start.begin());
    for (const Item& item : items) other[start[item.key >> shift & ((1 << kDigit) - 1)]++] = item;
    items.swap(other);
  }
  std::vector<uint32_t> order(points.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = items[i].index;
  return order;
}

double box_distance(const double* lo_a, const double* hi_a, const double* lo_b,
                    const double* hi_b) {
  double sum = 0;
  for (int k = 0; k < 3; ++k) {
    double gap = std::max({lo_b[k] - hi_a[k], lo_a[k] - hi_b[k], 0.0});
    sum += gap * gap;
  }
  return sum;
}

}  // namespace

PointTree::PointTree(std::span<const Vec3> points) {
  const size_t n = points.size();
  order_ = morton_order(points);
  while ((size_t{kLeaf} << depth_) < n) ++depth_;
  nodes_.resize((size_t{2} << depth_) - 1);
  x_.resize(n), y_.resize(n), z_.resize(n);
  for (size_t i = 0; i < n; ++i) {
    const Vec3& p = points[order_[i]];
    x_[i] = p.x, y_[i] = p.y, z_[i] = p.z;
  }
  const size_t leaves = size_t{1} << depth_;
  for (size_t leaf = 0; leaf < leaves; ++leaf) {
    Node& node = nodes_[leaves - 1 + leaf];
    node.begin = static_cast<uint32_t>(n * leaf >> depth_);
    node.end = static_cast<uint32_t>(n * (leaf + 1) >> depth_);
    fit_box(node);
  }
  for (size_t i = leaves - 1; i-- > 0;) nodes_[i] = around(nodes_[2 * i + 1], nodes_[2 * i + 2]);
}

PointTree::Node PointTree::around(const Node& a, const Node& b) {
  Node node;
  for (int k = 0; k < 3; ++k) {
    node.lo[k] = std::min(a.lo[k], b.lo[k]);
    node.hi[k] = std::max(a.hi[k], b.hi[k]);
  }
  node.begin = a.begin, node.end = b.end;
  return node;
}

void PointTree::fit_box(Node& node) const {
  std::fill(node.lo, node.lo + 3, kInfinity);
  std::fill(node.hi, node.hi + 3, -kInfinity);
  for (uint32_t i = node.begin; i < node.end; ++i) {
    const double p[3] = {x_[i], y_[i], z_[i]};
    for (int k = 0; k < 3; ++k) {
      node.lo[k] = std::min(node.lo[k], p[k]);
      node.hi[k] = std::max(node.hi[k], p[k]);
    }
  }
}

void nearest_squared(const PointTree& from, const PointTree& to, std::span<double> out) {
  if (to.size() == 0) throw Error(ErrorKind::kValue, "no points to be near to");
  const size_t first_leaf_from = (size_t{1} << from.depth_) - 1;
  const size_t first_leaf_to = (size_t{1} << to.depth_) - 1;
  struct Visit {
    uint32_t node;
    double distance;
  };
  Visit stack[128];
  for (size_t leaf = first_leaf_from; leaf < from.nodes_.size(); ++leaf) {
    const auto& group = from.nodes_[leaf];
    if (group.begin == group.end) continue;
    Queries q;
    for (uint32_t i = 0; i < kLeaf; ++i) {  // a short leaf repeats its last point
      uint32_t at = std::min(group.begin + i, group.end - 1);
      q.x[i] = from.x_[at], q.y[i] = from.y_[at], q.z[i] = from.z_[at], q.best[i] = kInfinity;
    }
    int top = 0;
    stack[top++] = {0, 0};
    while (top > 0) {
      Visit visit = stack[--top];
      if (visit.distance >= q.worst) continue;
      const auto& node = to.nodes_[visit.node];
      if (visit.node >= first_leaf_to) {
        leaf_against_leaf(q, &to.x_[node.begin], &to.y_[node.begin], &to.z_[node.begin],
                          node.end - node.begin);
        continue;
      }
      uint32_t left = 2 * visit.node + 1, right = left + 1;
      double dl = box_distance(group.lo, group.hi, to.nodes_[left].lo, to.nodes_[left].hi);
      double dr = box_distance(group.lo, group.hi, to.nodes_[right].lo, to.nodes_[right].hi);
      if (dl > dr) std::swap(left, right), std::swap(dl, dr);
      if (dr < q.worst) stack[top++] = {right, dr};
      if (dl < q.worst) stack[top++] = {left, dl};
    }
    for (uint32_t i = group.begin; i < group.end; ++i)
      out[from.order_[i]] = q.best[i - group.begin];
  }
}

std::vector<double> nearest_squared(std::span<const Vec3> from, std::span<const Vec3> to) {
  std::vector<double> out(from.size());
  nearest_squared(PointTree(from), PointTree(to), out);
  return out;
}

}  // namespace cadrecode::cloud
