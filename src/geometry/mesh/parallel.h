// Splitting independent work over threads. Results must not depend on how.
#pragma once

#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

namespace cadrecode::mesh {

// f(begin, end) over disjoint ranges that cover [0, n); threads 0: all cores.
// `f` must not throw.
template <typename F>
void parallel_ranges(size_t n, int threads, const F& f) {
  size_t workers = threads > 0 ? static_cast<size_t>(threads)
                               : std::max(1u, std::thread::hardware_concurrency());
  workers = std::min(workers, n / 256 + 1);  // below that a thread costs more than it brings
  std::vector<std::thread> pool;
  for (size_t w = 1; w < workers; ++w) {
    pool.emplace_back([&f, w, workers, n] { f(n * w / workers, n * (w + 1) / workers); });
  }
  f(size_t{0}, n / workers);
  for (std::thread& thread : pool) thread.join();
}

}  // namespace cadrecode::mesh
