#include "evaluation/metric/bodies.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace cadrecode::metric {
namespace {

using mesh::TriangleMesh;
using Edge = std::pair<uint32_t, uint32_t>;

constexpr size_t kFewestTriangles = 4;  // of a closed body

Edge undirected(uint32_t a, uint32_t b) { return a < b ? Edge{a, b} : Edge{b, a}; }

// Edge -> triangles that use it.
std::map<Edge, std::vector<uint32_t>> edge_users(const TriangleMesh& mesh) {
  std::map<Edge, std::vector<uint32_t>> users;
  for (uint32_t t = 0; t < mesh.triangles.size(); ++t) {
    const auto& corners = mesh.triangles[t];
    for (int k = 0; k < 3; ++k) users[undirected(corners[k], corners[(k + 1) % 3])].push_back(t);
  }
  return users;
}

struct Union {
  std::vector<uint32_t> parent;
  explicit Union(size_t n) : parent(n) { std::iota(parent.begin(), parent.end(), 0); }
  uint32_t find(uint32_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  }
  void join(uint32_t a, uint32_t b) {
    a = find(a), b = find(b);
    parent[std::max(a, b)] = std::min(a, b);
  }
};

std::vector<std::vector<uint32_t>> edge_groups(const TriangleMesh& mesh) {
  Union sets(mesh.triangles.size());
  for (const auto& [edge, users] : edge_users(mesh)) {
    if (users.size() == 2) sets.join(users[0], users[1]);
  }
  std::map<uint32_t, std::vector<uint32_t>> groups;
  for (uint32_t t = 0; t < mesh.triangles.size(); ++t) groups[sets.find(t)].push_back(t);
  std::vector<std::vector<uint32_t>> result;
  for (auto& [root, group] : groups) {
    if (group.size() >= kFewestTriangles) result.push_back(std::move(group));
  }
  return result;
}

TriangleMesh extract(const TriangleMesh& mesh, const std::vector<uint32_t>& group) {
  TriangleMesh body;
  std::map<uint32_t, uint32_t> renamed;
  for (uint32_t t : group) {
    std::array<uint32_t, 3> corners;
    for (int k = 0; k < 3; ++k) {
      auto [at, fresh] = renamed.try_emplace(mesh.triangles[t][k], body.vertices.size());
      if (fresh) body.vertices.push_back(mesh.vertices[mesh.triangles[t][k]]);
      corners[k] = at->second;
    }
    body.triangles.push_back(corners);
  }
  return body;
}

// Directed edges that no triangle runs back.
std::map<uint32_t, std::vector<uint32_t>> open_edges(const TriangleMesh& body) {
  std::map<uint32_t, std::vector<uint32_t>> next;
  for (const auto& [edge, users] : edge_users(body)) {
    if (users.size() != 1) continue;
    const auto& c = body.triangles[users[0]];
    for (int k = 0; k < 3; ++k) {
      if (undirected(c[k], c[(k + 1) % 3]) == edge) next[c[k]].push_back(c[(k + 1) % 3]);
    }
  }
  return next;
}

// Closes boundary cycles of three or four edges, turned against the boundary.
void fill_small_holes(TriangleMesh& body) {
  auto next = open_edges(body);
  while (!next.empty()) {
    std::vector<uint32_t> cycle{next.begin()->first};
    while (cycle.size() <= 4) {
      auto at = next.find(cycle.back());
      if (at == next.end()) break;
      uint32_t to = at->second.front();
      if (to == cycle.front()) break;
      cycle.push_back(to);
    }
    auto last = next.find(cycle.back());
    bool closed = cycle.size() <= 4 && last != next.end() && last->second.front() == cycle.front();
    if (closed && cycle.size() >= 3) body.triangles.push_back({cycle[2], cycle[1], cycle[0]});
    if (closed && cycle.size() == 4) body.triangles.push_back({cycle[3], cycle[2], cycle[0]});
    for (uint32_t v : cycle) next.erase(v);
  }
}

bool watertight(const TriangleMesh& body) {
  auto users = edge_users(body);
  return std::all_of(users.begin(), users.end(),
                     [](const auto& e) { return e.second.size() == 2; });
}

}  // namespace

std::vector<TriangleMesh> watertight_bodies(const TriangleMesh& mesh) {
  std::vector<TriangleMesh> bodies;
  for (const auto& group : edge_groups(mesh)) {
    TriangleMesh body = extract(mesh, group);
    if (!watertight(body)) fill_small_holes(body);
    if (watertight(body)) bodies.push_back(std::move(body));
  }
  return bodies;
}

}  // namespace cadrecode::metric
