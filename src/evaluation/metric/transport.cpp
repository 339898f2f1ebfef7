#include "evaluation/metric/transport.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <cmath>
#include <cstdint>

#include "base/error.h"

namespace cadrecode::metric {

double earth_mover_distance(std::span<const Vec3> a, std::span<const Vec3> b) {
  if (a.empty() || a.size() != b.size()) {
    throw Error(ErrorKind::kValue, "optimal transport needs two equally large point sets");
  }
  using Graph = lemon::SmartDigraph;
  using Cost = int64_t;
  constexpr double kUnit = 1e9;  // integer costs make the simplex exact and finite
  const int n = static_cast<int>(a.size());
  Graph graph;
  graph.reserveNode(2 * n);
  graph.reserveArc(n * n);
  for (int i = 0; i < 2 * n; ++i) graph.addNode();
  Graph::ArcMap<Cost> cost(graph);
  Graph::NodeMap<int> supply(graph);
  for (int i = 0; i < n; ++i) {
    supply[Graph::nodeFromId(i)] = 1;
    supply[Graph::nodeFromId(n + i)] = -1;
    for (int j = 0; j < n; ++j) {
      cost[graph.addArc(Graph::nodeFromId(i), Graph::nodeFromId(n + j))] =
          static_cast<Cost>(std::llround(norm(a[i] - b[j]) * kUnit));
    }
  }
  lemon::NetworkSimplex<Graph, int, Cost> simplex(graph);
  simplex.supplyMap(supply).costMap(cost);
  if (simplex.run() != lemon::NetworkSimplex<Graph, int, Cost>::OPTIMAL) {
    throw Error(ErrorKind::kInternal, "optimal transport found no optimum");
  }
  return static_cast<double>(simplex.totalCost()) / kUnit / n;
}

}  // namespace cadrecode::metric
