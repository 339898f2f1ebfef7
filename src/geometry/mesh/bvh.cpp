#include "geometry/mesh/bvh.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cadrecode::mesh {
namespace {

constexpr int kBins = 16, kLeaf = 4, kMedianDepth = 48;

double half_area(const Box3& box) {
  if (box.empty()) return 0;
  const Vec3 s = box.size();
  return s.x * s.y + s.y * s.z + s.z * s.x;
}

struct Item {
  Box3 box;
  Vec3 center;
  uint32_t id;
};

struct Split {
  int axis = -1;
  int bin = 0;  // items in bins below it go left
  double cost = std::numeric_limits<double>::infinity();
};

int bin_of(const Item& item, const Box3& centers, int axis) {
  const double width = centers.hi[axis] - centers.lo[axis];
  const double x = (item.center[axis] - centers.lo[axis]) / width * kBins;
  return std::clamp(static_cast<int>(x), 0, kBins - 1);
}

Split best_split(const Item* first, const Item* last, const Box3& centers) {
  Split best;
  for (int axis = 0; axis < 3; ++axis) {
    if (!(centers.hi[axis] > centers.lo[axis])) continue;
    std::array<Box3, kBins> boxes;
    std::array<size_t, kBins> counts{};
    for (const Item* item = first; item != last; ++item) {
      const int bin = bin_of(*item, centers, axis);
      boxes[bin].add(item->box);
      ++counts[bin];
    }
    std::array<double, kBins> right_cost{};
    Box3 box;
    size_t count = 0;
    for (int bin = kBins - 1; bin > 0; --bin) {
      box.add(boxes[bin]);
      count += counts[bin];
      right_cost[bin] = half_area(box) * static_cast<double>(count);
    }
    box = {};
    count = 0;
    for (int bin = 1; bin < kBins; ++bin) {
      box.add(boxes[bin - 1]);
      count += counts[bin - 1];
      const double cost = half_area(box) * static_cast<double>(count) + right_cost[bin];
      if (count > 0 && count < static_cast<size_t>(last - first) && cost < best.cost) {
        best = {axis, bin, cost};
      }
    }
  }
  return best;
}

Item* divide(Item* first, Item* last, const Box3& centers, int depth) {
  const Split split = depth < kMedianDepth ? best_split(first, last, centers) : Split{};
  if (split.axis >= 0) {
    return std::stable_partition(first, last, [&](const Item& item) {
      return bin_of(item, centers, split.axis) < split.bin;
    });
  }
  return first + (last - first) / 2;  // equal centres, or deep enough: by order
}

}  // namespace

Bvh build_bvh(const TriangleMesh& mesh) {
  std::vector<Item> items(mesh.triangles.size());
  for (uint32_t t = 0; t < items.size(); ++t) {
    for (uint32_t v : mesh.triangles[t]) items[t].box.add(mesh.vertices[v]);
    items[t].center = items[t].box.center();
    items[t].id = t;
  }
  Bvh bvh;
  struct Task {
    size_t first, last;
    uint32_t node;
    int depth;
  };
  std::vector<Task> tasks = {{0, items.size(), 0, 0}};
  bvh.nodes.emplace_back();
  while (!tasks.empty()) {
    const Task task = tasks.back();
    tasks.pop_back();
    Box3 box, centers;
    for (size_t i = task.first; i < task.last; ++i) {
      box.add(items[i].box);
      centers.add(items[i].center);
    }
    BvhNode& node = bvh.nodes[task.node];
    node.box = box;
    if (task.last - task.first <= kLeaf) {
      node.first = static_cast<uint32_t>(task.first);
      node.count = static_cast<uint32_t>(task.last - task.first);
      continue;
    }
    const size_t middle = static_cast<size_t>(
        divide(items.data() + task.first, items.data() + task.last, centers, task.depth) -
        items.data());
    const auto left = static_cast<uint32_t>(bvh.nodes.size());
    node.first = left;
    bvh.nodes.resize(bvh.nodes.size() + 2);
    tasks.push_back({middle, task.last, left + 1, task.depth + 1});
    tasks.push_back({task.first, middle, left, task.depth + 1});
  }
  bvh.triangles.reserve(items.size());
  for (const Item& item : items) {
    const auto& t = mesh.triangles[item.id];
    bvh.triangles.push_back(
        {mesh.vertices[t[0]], mesh.vertices[t[1]], mesh.vertices[t[2]], item.id});
  }
  return bvh;
}

}  // namespace cadrecode::mesh
