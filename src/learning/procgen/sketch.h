// Algorithm 1: a random sketch.
//
// Primitives (circles, rectangles, some of them turned) are joined and cut one
// after the other by exact booleans of lines and arcs; of the regions that
// result, some are kept. Source: CAD-Recode (Rukhovich et al. 2024), section
// 3.3 and its algorithm 1, read together with the distributions of the v1.5
// development set (docs/procgen.md says what was seen).
#pragma once

#include "base/random.h"
#include "geometry/part/part.h"
#include "learning/procgen/knobs.h"

namespace cadrecode::procgen {

// Index drawn with the given weights.
size_t draw_weighted(const std::vector<double>& weights, RandomStream& random);

// In the sketch square, centred at 0. `most_regions` 0: as many as are kept.
// An empty profile is an attempt that failed (everything was cut away).
// `centers` are those of earlier sketches on the plane; this one's are added.
part::Profile draw_sketch(const Knobs& knobs, RandomStream& random, std::vector<Vec2>& centers,
                          size_t most_regions = 0);

}  // namespace cadrecode::procgen
