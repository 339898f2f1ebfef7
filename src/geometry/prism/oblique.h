// Scenes with steps along no common axes: exact lines on a grid of nodes.
#pragma once

#include <functional>

#include "geometry/prism/scene.h"

namespace cadrecode::prism {

// Weighted lines along p as far as they run in solid a: on_line(weight, s, q, p0, p1).
void lines_of(const Scene& scene,
              const std::function<void(double, double, double, double, double)>& on_line);

// Where the line origin + t * direction runs inside a prism: ascending t, in
// pairs, appended to `out`. `direction` is a unit vector.
void cut_line(const Prepared& solid, const Prism& prism, Vec3 origin, Vec3 direction,
              std::vector<double>& out);

}  // namespace cadrecode::prism
