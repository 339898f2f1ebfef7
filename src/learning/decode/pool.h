// Threads that wait for short pieces of work.
//
// A decoding step is a hundred parallel stretches of 50 to 500 microseconds, so
// threads stay alive, look for work for a moment before they sleep, and take
// pieces from a common counter: a core that someone else keeps busy takes fewer.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace cadrecode::decode {

class Pool {
 public:
  // `threads` 0: all cores. The caller is one of them.
  explicit Pool(size_t threads);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  size_t threads() const { return threads_; }

  // f(piece, thread) for every piece in [0, pieces), thread < threads(); returns
  // when all are done. `elements` says about how many numbers are touched: below
  // some ten thousand, waking the others costs more than it brings. `f` must not
  // throw. Not reentrant.
  using Work = std::function<void(size_t piece, size_t thread)>;
  void run(size_t pieces, size_t elements, const Work& f);

 private:
  struct Shared;
  size_t threads_;
  std::unique_ptr<Shared> shared_;
};

}  // namespace cadrecode::decode
