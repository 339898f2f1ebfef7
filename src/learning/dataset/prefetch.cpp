#include "learning/dataset/prefetch.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace cadrecode::dataset {

// Batch t lies in slot t % ahead. A thread takes the next sample number if its
// batch has a free slot; the consumer waits until its batch has all samples.
struct Prefetcher::State {
  State(const SampleStream& s, PrefetchOptions o) : stream(s), options(o), end(s.size()) {}

  const SampleStream& stream;
  PrefetchOptions options;
  const std::optional<uint64_t> end;

  std::mutex mutex;
  std::condition_variable room, ready;
  uint64_t taken = 0;     // sample numbers given to threads, counted from options.begin
  uint64_t consumed = 0;  // batches handed over
  std::vector<std::vector<Sample>> slots;  // [ahead][batch]
  std::vector<size_t> done;                // [ahead] samples present
  std::exception_ptr failure;
  bool stop = false;
  std::vector<std::thread> threads;

  uint64_t left() const {  // samples from the beginning to the end
    if (!end) return UINT64_MAX;
    return *end > options.begin ? *end - options.begin : 0;
  }

  void work() {
    std::unique_lock lock(mutex);
    for (;;) {
      room.wait(lock, [&] {
        return stop || taken >= left() || taken / options.batch < consumed + options.ahead;
      });
      if (stop || taken >= left()) return;
      const uint64_t number = taken++;
      lock.unlock();
      Sample sample;
      std::exception_ptr error;
      try {
        sample = stream.at(options.begin + number);
      } catch (...) {
        error = std::current_exception();
      }
      lock.lock();
      if (error) failure = error;
      const size_t slot = number / options.batch % options.ahead;
      slots[slot][number % options.batch] = std::move(sample);
      ++done[slot];
      ready.notify_one();
    }
  }
};

Prefetcher::Prefetcher(const SampleStream& stream, PrefetchOptions options) {
  if (options.batch == 0) throw Error(ErrorKind::kValue, "a batch of 0 samples");
  if (options.threads == 0) options.threads = std::max(1u, std::thread::hardware_concurrency());
  if (options.ahead == 0) options.ahead = 2 + options.threads / options.batch;
  state_ = std::make_unique<State>(stream, options);
  state_->slots.assign(options.ahead, std::vector<Sample>(options.batch));
  state_->done.assign(options.ahead, 0);
  for (size_t i = 0; i < options.threads; ++i) {
    state_->threads.emplace_back([s = state_.get()] { s->work(); });
  }
}

Prefetcher::~Prefetcher() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stop = true;
  }
  state_->room.notify_all();
  for (std::thread& t : state_->threads) t.join();
}

std::optional<Batch> Prefetcher::next() {
  State& s = *state_;
  std::unique_lock lock(s.mutex);
  const uint64_t first = s.consumed * s.options.batch;
  if (first >= s.left()) return {};
  const size_t size = std::min<uint64_t>(s.options.batch, s.left() - first);
  const size_t slot = s.consumed % s.options.ahead;
  s.ready.wait(lock, [&] { return s.failure || s.done[slot] == size; });
  if (s.failure) std::rethrow_exception(s.failure);
  Batch batch;
  for (size_t i = 0; i < size; ++i) {
    Sample& sample = s.slots[slot][i];
    (sample.error.empty() ? batch.samples : batch.failures).push_back(std::move(sample));
    sample = {};
  }
  s.done[slot] = 0;
  ++s.consumed;
  lock.unlock();
  s.room.notify_all();
  return batch;
}

StreamState Prefetcher::state() const {
  const uint64_t taken = std::min(state_->consumed * state_->options.batch, state_->left());
  return state_after(state_->stream, state_->options.begin + taken);
}

}  // namespace cadrecode::dataset
