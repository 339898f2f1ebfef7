// Exact optimal transport between two point sets of equal size.
#pragma once

#include <span>

#include "base/vec.h"

namespace cadrecode::metric {

// The 1-Wasserstein distance with uniform weights and Euclidean cost: the mean
// cost of the best one-to-one matching, by network simplex (LEMON; Kovács 2015)
// on costs rounded to 1e-9. Errors: kValue for empty or unequal sets.
double earth_mover_distance(std::span<const Vec3> a, std::span<const Vec3> b);

}  // namespace cadrecode::metric
