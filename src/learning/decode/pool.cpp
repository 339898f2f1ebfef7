#include "learning/decode/pool.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cadrecode::decode {
namespace {

void relax() {
#if defined(__x86_64__)
  _mm_pause();
#endif
}

// Long enough for the serial stretches between two parallel ones, short enough
// to be nothing beside a thread that has no work.
constexpr int kSpins = 2000;
constexpr size_t kWorthWaking = size_t{1} << 15;

}  // namespace

struct Pool::Shared {
  std::atomic<uint32_t> turn{0};     // counts calls of run
  std::atomic<size_t> next{0};       // the next piece
  std::atomic<uint32_t> resting{0};  // threads that are through with this turn
  size_t pieces = 0;
  const Work* work = nullptr;  // null: end
  std::vector<std::thread> threads;

  void take_pieces(size_t thread) {
    for (size_t piece; (piece = next.fetch_add(1, std::memory_order_relaxed)) < pieces;)
      (*work)(piece, thread);
  }

  void serve(size_t thread) {
    for (uint32_t seen = 0;; ++seen) {
      for (int i = 0; i < kSpins && turn.load(std::memory_order_acquire) == seen; ++i) relax();
      turn.wait(seen, std::memory_order_acquire);
      if (!work) return;
      take_pieces(thread);
      resting.fetch_add(1, std::memory_order_release);
      resting.notify_one();
    }
  }
};

Pool::Pool(size_t threads)
    : threads_(threads ? threads : std::max(1u, std::thread::hardware_concurrency())),
      shared_(std::make_unique<Shared>()) {
  for (size_t t = 1; t < threads_; ++t)
    shared_->threads.emplace_back([s = shared_.get(), t] { s->serve(t); });
}

Pool::~Pool() {
  shared_->work = nullptr;
  shared_->turn.fetch_add(1, std::memory_order_release);
  shared_->turn.notify_all();
  for (std::thread& thread : shared_->threads) thread.join();
}

void Pool::run(size_t pieces, size_t elements, const Work& f) {
  if (pieces == 0) return;
  Shared& s = *shared_;
  if (threads_ == 1 || pieces == 1 || elements < kWorthWaking) {
    for (size_t piece = 0; piece < pieces; ++piece) f(piece, 0);
    return;
  }
  s.pieces = pieces;
  s.work = &f;
  s.next.store(0, std::memory_order_relaxed);
  s.resting.store(0, std::memory_order_relaxed);
  s.turn.fetch_add(1, std::memory_order_release);
  s.turn.notify_all();
  s.take_pieces(0);
  const uint32_t others = static_cast<uint32_t>(threads_ - 1);
  for (int i = 0; i < kSpins && s.resting.load(std::memory_order_acquire) < others; ++i) relax();
  for (uint32_t n; (n = s.resting.load(std::memory_order_acquire)) < others;)
    s.resting.wait(n, std::memory_order_acquire);
}

}  // namespace cadrecode::decode
