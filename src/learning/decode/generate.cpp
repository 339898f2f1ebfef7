#include "learning/decode/generate.h"

#include <algorithm>
#include <deque>

#include "base/error.h"
#include "base/random.h"

namespace cadrecode::decode {
namespace {

// A prompt whose samples wait to begin.
struct Waiting {
  Request request;
  Sequence prefix;
  std::vector<float> logits;
  size_t next_sample = 0;
};

struct Active {
  Completion completion;
  Sequence sequence;
  std::unique_ptr<TokenFilter> filter;
  RandomStream random;
  int32_t token = -1;  // chosen last, not yet in the sequence
};

class Generator {
 public:
  Generator(Engine& engine, const GenerateOptions& options,
            const std::function<std::optional<Request>()>& next,
            const std::function<void(Completion)>& done)
      : engine_(engine),
        options_(options),
        next_(next),
        done_(done),
        scratch_(engine.pool().threads()) {}

  void run() {
    while (fill()) {
      step();
      retire();
    }
  }

 private:
  // Begins sequences until the batch is full; false when there are none left.
  bool fill() {
    while (active_.size() < options_.batch && (waiting_ || prepare())) begin();
    return !active_.empty();
  }

  // The next prompt's keys and values.
  bool prepare() {
    while (auto request = next_()) {
      std::vector<float> logits(engine_.vocabulary());
      try {
        Sequence prefix = engine_.prefill(request->prompt, logits);
        waiting_.emplace(Waiting{std::move(*request), std::move(prefix), std::move(logits)});
        return true;
      } catch (const Error& error) {
        for (size_t sample = 0; sample < options_.samples; ++sample) {
          Completion failed;
          failed.index = request->index;
          failed.sample = sample;
          failed.error = error.what();
          done_(std::move(failed));
        }
      }
    }
    return false;
  }

  void begin() {
    Waiting& w = *waiting_;
    Active active{{},
                  w.prefix,
                  w.request.filter ? w.request.filter->clone() : nullptr,
                  RandomStream(options_.seed, w.request.key).fork(w.next_sample),
                  -1};
    active.completion.index = w.request.index;
    active.completion.sample = w.next_sample;
    extend(active, w.logits, scratch_.front());
    if (++w.next_sample == options_.samples) waiting_.reset();
    if (active.token < 0) {
      done_(std::move(active.completion));
    } else {
      active_.push_back(std::move(active));
    }
  }

  // Chooses the next token, or finishes the completion (token -1).
  void extend(Active& a, std::span<const float> logits, SamplerScratch& scratch) {
    Completion& c = a.completion;
    a.token = -1;
    if (c.tokens.size() >= options_.max_new_tokens ||
        a.sequence.length() >=
            static_cast<size_t>(engine_.model().config.max_position_embeddings)) {
      c.finish = Finish::kLength;
      return;
    }
    const auto allowed = a.filter ? a.filter->allowed() : std::span<const uint64_t>{};
    const double uniform = a.random.uniform_at(c.tokens.size());
    const Choice choice =
        choose(logits, allowed, options_.sampling, uniform, engine_.kernel(), scratch);
    if (choice.token < 0) {
      c.finish = Finish::kFailed;
      c.error = "the model's logits are no finite numbers";
      return;
    }
    c.log_probabilities.push_back(static_cast<float>(choice.log_probability));
    c.log_probability += choice.log_probability;
    c.allowed_log_probability += choice.allowed_log_probability;
    const auto& ends = options_.end_tokens;
    if (std::find(ends.begin(), ends.end(), choice.token) != ends.end()) {
      c.finish = Finish::kEnd;
      return;
    }
    c.tokens.push_back(choice.token);
    if (a.filter) a.filter->advance(choice.token);
    a.token = choice.token;
  }

  void step() {
    const size_t n = active_.size(), vocab = engine_.vocabulary();
    std::vector<Sequence*> sequences(n);
    std::vector<int32_t> tokens(n);
    for (size_t i = 0; i < n; ++i) {
      sequences[i] = &active_[i].sequence;
      tokens[i] = active_[i].token;
    }
    if (logits_.size() < n * vocab) logits_.resize(n * vocab);
    engine_.step(sequences, tokens, {logits_.data(), n * vocab});
    const auto choose_next = [&](size_t i, size_t thread) {
      extend(active_[i], {logits_.data() + i * vocab, vocab}, scratch_[thread]);
    };
    // Filters may share a cache of masks: one thread.
    const bool filtered = std::any_of(active_.begin(), active_.end(),
                                      [](const Active& a) { return a.filter != nullptr; });
    if (filtered) {
      for (size_t i = 0; i < n; ++i) choose_next(i, 0);
    } else {
      engine_.pool().run(n, n * vocab, choose_next);
    }
  }

  void retire() {
    std::deque<Active> left;
    for (Active& a : active_) {
      if (a.token < 0) {
        done_(std::move(a.completion));
      } else {
        left.push_back(std::move(a));
      }
    }
    active_ = std::move(left);
  }

  Engine& engine_;
  const GenerateOptions& options_;
  const std::function<std::optional<Request>()>& next_;
  const std::function<void(Completion)>& done_;
  std::optional<Waiting> waiting_;
  std::deque<Active> active_;
  std::vector<float> logits_;
  std::vector<SamplerScratch> scratch_;
};

}  // namespace

const char* to_string(Finish finish) {
  return finish == Finish::kEnd ? "end" : finish == Finish::kLength ? "length" : "failed";
}

void generate(Engine& engine, const GenerateOptions& options,
              const std::function<std::optional<Request>()>& next,
              const std::function<void(Completion)>& done) {
  if (options.batch == 0 || options.samples == 0)
    throw Error(ErrorKind::kValue, "batch and samples must be at least 1");
  Generator(engine, options, next, done).run();
}

}  // namespace cadrecode::decode
