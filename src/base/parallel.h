// Independent work on threads, each item whole on one thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace cadrecode {

// f(i) for every i in [0, n), handed out one by one as threads come free;
// threads <= 0: all cores. Every item runs even if one throws; afterwards the
// exception of the smallest i is thrown again, so that what a caller sees never
// depends on the number of threads. f must not touch what another item writes.
template <typename F>
void parallel_for(size_t n, int threads, const F& f) {
  const size_t wanted = threads > 0 ? static_cast<size_t>(threads)
                                    : std::max(1u, std::thread::hardware_concurrency());
  std::atomic<size_t> next{0};
  struct Failure {
    size_t item;
    std::exception_ptr error;
  };
  const size_t workers = std::min(wanted, n);
  std::vector<Failure> failures(workers, {n, nullptr});  // the first of each thread
  const auto work = [&](size_t worker) {
    for (size_t i = next++; i < n; i = next++) {
      try {
        f(i);
      } catch (...) {  // passed on below
        if (!failures[worker].error) failures[worker] = {i, std::current_exception()};
      }
    }
  };
  std::vector<std::thread> pool;
  for (size_t w = 1; w < workers; ++w) pool.emplace_back(work, w);
  if (workers > 0) work(0);
  for (std::thread& thread : pool) thread.join();
  const auto first =
      std::min_element(failures.begin(), failures.end(),
                       [](const Failure& a, const Failure& b) { return a.item < b.item; });
  if (first != failures.end() && first->error) std::rethrow_exception(first->error);
}

}  // namespace cadrecode
