// Inside or outside for every cell, from evidence about pairs of cells.
//
// A wall seen between two cells says they differ, a wall missing where one
// would be seen says they agree; how sure is a log-likelihood ratio. No normals
// and no orientation are needed: the unbounded cell is outside, and parity does
// the rest. Labels maximise the sum of satisfied evidence: first along the
// maximum spanning forest of |evidence| (union-find with parity), then by
// flipping single cells and, last, pairs while that helps.
#pragma once

#include <cstdint>
#include <vector>

namespace cadrecode::fit {

struct CellEvidence {
  uint32_t a = 0, b = 0;
  double differ = 0;  // log-likelihood ratio; > 0: a and b differ, < 0: they agree
};

// labels[cell] in {0, 1}, labels[0] == 0; [cells].
// `agreement` (if wanted): the share of absolute evidence satisfied, 1 when
// nothing contradicts.
std::vector<uint8_t> label_cells(uint32_t cells, std::vector<CellEvidence> evidence,
                                 double* agreement = nullptr);

// Evidence of `seen` points where `expected` would lie if there were a wall:
// a Poisson count against a background of a twentieth of it.
double wall_evidence(double seen, double expected);

}  // namespace cadrecode::fit
