// Blocks of work done by threads and handed over in order.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace cadrecode::procgen {

// make(n) runs on any thread; next() gives the results of first, first + 1, …
// to one caller. At most `window` results wait, so memory stays flat. What
// make() throws, next() rethrows in its turn.
template <typename Result>
class OrderedBlocks {
 public:
  OrderedBlocks(size_t threads, uint64_t first, std::function<Result(uint64_t)> make)
      : make_(std::move(make)), handed_out_(first), wanted_(first), window_(4 * threads + 4) {
    for (size_t t = 0; t < threads; ++t) workers_.emplace_back([this] { work(); });
  }
  ~OrderedBlocks() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& w : workers_) w.join();
  }
  OrderedBlocks(const OrderedBlocks&) = delete;
  OrderedBlocks& operator=(const OrderedBlocks&) = delete;

  Result next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return done_.count(wanted_) > 0; });
    auto node = done_.extract(wanted_++);
    lock.unlock();
    changed_.notify_all();
    if (node.mapped().error) std::rethrow_exception(node.mapped().error);
    return std::move(*node.mapped().result);
  }

 private:
  struct Slot {
    std::optional<Result> result;
    std::exception_ptr error;
  };

  void work() {
    for (;;) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || handed_out_ < wanted_ + window_; });
      if (stopping_) return;
      const uint64_t number = handed_out_++;
      lock.unlock();
      Slot slot;
      try {
        slot.result = make_(number);
      } catch (...) {
        slot.error = std::current_exception();
      }
      lock.lock();
      done_.emplace(number, std::move(slot));
      lock.unlock();
      changed_.notify_all();
    }
  }

  std::function<Result(uint64_t)> make_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<uint64_t, Slot> done_;
  uint64_t handed_out_, wanted_, window_;
  bool stopping_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace cadrecode::procgen
