#include "farthest_plain.h"

#include <algorithm>
#include <limits>

namespace cadrecode::perf {

// Operation for operation what the extension does per cloud (it is compiled
// with -O3, as PyTorch's extension builder does): a mask of chosen points, a
// generic number of dimensions, then the first largest element.
std::vector<uint32_t> farthest_plain(std::span<const float> points, size_t count) {
  const size_t n = points.size() / 3;
  const volatile int64_t dimensions_at_run_time = 3;
  const int64_t dimensions = dimensions_at_run_time;
  std::vector<unsigned char> taken(n, false);
  std::vector<float> nearest(n, std::numeric_limits<float>::max());
  std::vector<uint32_t> chosen(count);
  size_t last = 0;
  taken[0] = true;
  for (size_t k = 1; k < count; ++k) {
    for (size_t i = 0; i < n; ++i) {
      if (taken[i]) {
        nearest[i] = 0;
        continue;
      }
      float d2 = 0;
      for (int64_t a = 0; a < dimensions; ++a) {
        const float difference = points[3 * last + a] - points[3 * i + a];
        d2 += difference * difference;
      }
      if (d2 < nearest[i]) nearest[i] = d2;
    }
    last = static_cast<size_t>(std::max_element(nearest.begin(), nearest.end()) - nearest.begin());
    chosen[k] = static_cast<uint32_t>(last);
    taken[last] = true;
  }
  return chosen;
}

}  // namespace cadrecode::perf
