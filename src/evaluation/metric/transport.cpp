#include "evaluation/metric/transport.h"

#include <lemon/full_graph.h>
#include <lemon/network_simplex.h>

#include <cmath>
#include <cstdint>

#include "base/error.h"

namespace cadrecode::metric {

double earth_mover_distance(std::span<const Vec3> a, std::span<const Vec3> b) {
  if (a.empty() || a.size() != b.size()) {
    throw Error(ErrorKind::kValue, "optimal transport needs two equally large point sets");
  }
  using Graph = lemon::FullBpGraph;
  using Cost = int64_t;
  constexpr double kUnit = 1e9;  // integer costs make the simplex exact and finite
  const int n = static_cast<int>(a.size());
  Graph graph(n, n);
  // FullBpGraph's arcs both ways are edges; directing red -> blue suffices.
  struct Directed : lemon::Orienter<const Graph, Graph::EdgeMap<bool>> {
    using lemon::Orienter<const Graph, Graph::EdgeMap<bool>>::Orienter;
  };
  Graph::EdgeMap<bool> forward(graph, true);
  Directed arcs(graph, forward);
  Directed::ArcMap<Cost> cost(arcs);
  Directed::NodeMap<int> supply(arcs);
  for (int i = 0; i < n; ++i) {
    supply[graph.redNode(i)] = 1;
    supply[graph.blueNode(i)] = -1;
  }
  for (Directed::ArcIt arc(arcs); arc != lemon::INVALID; ++arc) {
    Graph::Edge edge = arc;
    Vec3 p = a[graph.index(graph.redNode(edge))], q = b[graph.index(graph.blueNode(edge))];
    cost[arc] = static_cast<Cost>(std::llround(norm(p - q) * kUnit));
  }
  lemon::NetworkSimplex<Directed, int, Cost> simplex(arcs);
  simplex.supplyMap(supply).costMap(cost);
  if (simplex.run() != decltype(simplex)::OPTIMAL) {
    throw Error(ErrorKind::kInternal, "optimal transport found no optimum");
  }
  return static_cast<double>(simplex.totalCost<__int128>()) / kUnit / n;
}

}  // namespace cadrecode::metric
