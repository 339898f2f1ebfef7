#include "pipeline/fit/cell_labels.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace cadrecode::fit {
namespace {

class ParityForest {
 public:
  explicit ParityForest(uint32_t n) : parent_(n), parity_(n, 0) {
    std::iota(parent_.begin(), parent_.end(), 0u);
  }

  // Root of i and i's parity against it.
  std::pair<uint32_t, uint8_t> find(uint32_t i) {
    uint8_t parity = 0;
    uint32_t root = i;
    while (parent_[root] != root) parity ^= parity_[root], root = parent_[root];
    // Second pass: hang everything on the way directly below the root.
    uint8_t left = parity;
    while (parent_[i] != root && i != root) {
      const uint32_t up = parent_[i];
      const uint8_t own = parity_[i];
      parent_[i] = root, parity_[i] = left;
      left ^= own, i = up;
    }
    return {root, parity};
  }

  void unite(uint32_t a, uint32_t b, uint8_t differ) {
    const auto [ra, pa] = find(a);
    const auto [rb, pb] = find(b);
    if (ra == rb) return;
    const auto [low, high] = std::minmax(ra, rb);
    parent_[high] = low;  // cell 0 stays a root
    parity_[high] = pa ^ pb ^ differ;
  }

 private:
  std::vector<uint32_t> parent_;
  std::vector<uint8_t> parity_;
};

struct Neighbour {
  uint32_t cell;
  double differ;
};

// What flipping `cell` would gain.
double flip_gain(uint32_t cell, const std::vector<uint8_t>& labels,
                 const std::vector<std::vector<Neighbour>>& around) {
  double gain = 0;
  for (const Neighbour& n : around[cell])
    gain += labels[cell] == labels[n.cell] ? n.differ : -n.differ;
  return gain;
}

void improve(std::vector<uint8_t>& labels, const std::vector<std::vector<Neighbour>>& around) {
  constexpr double kWorthIt = 1e-9;
  bool changed = true;
  for (int pass = 0; changed && pass < 50; ++pass) {
    changed = false;
    for (uint32_t i = 1; i < labels.size(); ++i) {
      const double own = flip_gain(i, labels, around);
      if (own > kWorthIt) {
        labels[i] ^= 1, changed = true;
        continue;
      }
      for (const Neighbour& n : around[i]) {
        if (n.cell <= i) continue;
        // Flipping both leaves their own relation as it is.
        double shared = 0;
        for (const Neighbour& m : around[i])
          if (m.cell == n.cell) shared += labels[i] == labels[m.cell] ? m.differ : -m.differ;
        if (own + flip_gain(n.cell, labels, around) - 2 * shared > kWorthIt) {
          labels[i] ^= 1, labels[n.cell] ^= 1, changed = true;
          break;
        }
      }
    }
  }
}

}  // namespace

std::vector<uint8_t> label_cells(uint32_t cells, std::vector<CellEvidence> evidence,
                                 double* agreement) {
  std::stable_sort(evidence.begin(), evidence.end(),
                   [](const CellEvidence& x, const CellEvidence& y) {
                     return std::abs(x.differ) > std::abs(y.differ);
                   });
  ParityForest forest(cells);
  std::vector<std::vector<Neighbour>> around(cells);
  for (const CellEvidence& e : evidence) {
    if (e.a == e.b) continue;
    forest.unite(e.a, e.b, e.differ > 0);
    around[e.a].push_back({e.b, e.differ});
    around[e.b].push_back({e.a, e.differ});
  }
  std::vector<uint8_t> labels(cells, 0);
  for (uint32_t i = 1; i < cells; ++i) {
    const auto [root, parity] = forest.find(i);
    labels[i] = root == 0 ? parity : 0;  // nothing ties it to the outside: outside
  }
  improve(labels, around);
  if (agreement) {
    double kept = 0, total = 0;
    for (const CellEvidence& e : evidence) {
      if (e.a == e.b) continue;
      total += std::abs(e.differ);
      if ((labels[e.a] != labels[e.b]) == (e.differ > 0)) kept += std::abs(e.differ);
    }
    *agreement = total > 0 ? kept / total : 0;
  }
  return labels;
}

double wall_evidence(double seen, double expected) {
  const double background = 0.05 * expected + 0.1;
  const double wall = expected + 0.1;
  const double there = seen * std::log(wall / background) - (wall - background);
  // A wall may also have escaped the scanner, whatever its size: one in e^kHidden.
  constexpr double kHidden = 12;
  return there < 0 ? -kHidden * std::tanh(-there / kHidden) : there;
}

}  // namespace cadrecode::fit
