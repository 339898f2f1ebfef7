#include "learning/model/generate.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "base/random.h"
#include "learning/model/compat.h"
#include "learning/model/layer.h"
#include "learning/model/operations.h"

namespace cadrecode::model {
namespace {

constexpr int64_t kGrowth = 256;  // positions the cache grows by

Tensor tensor_of(const std::vector<int64_t>& values, at::Device device) {
  const Tensor host = at::empty({static_cast<int64_t>(values.size())}, at::kLong);
  if (!values.empty()) std::memcpy(host.data_ptr(), values.data(), values.size() * sizeof(int64_t));
  return host.to(device);
}

// Keys and values of N sequences, [N, K, capacity, D] a layer, and where each
// sequence continues.
struct Cache {
  std::vector<Tensor> k, v;
  Tensor next;         // int64 [N]: the position of each sequence's next token
  int64_t filled = 0;  // the largest of them: no position from here on is in use

  void make_room(int64_t positions) {
    for (auto* side : {&k, &v}) {
      for (Tensor& x : *side) {
        const int64_t missing = positions - x.size(2);
        if (missing <= 0) continue;
        const int64_t more = (missing + kGrowth - 1) / kGrowth * kGrowth;
        x = at::cat({x, at::zeros({x.size(0), x.size(1), more, x.size(3)}, x.options())}, 2);
      }
    }
  }
  void select(const Tensor& rows) {
    for (auto* side : {&k, &v}) {
      for (Tensor& x : *side) x = x.index_select(0, rows);
    }
    next = next.index_select(0, rows);
  }
};

// The full pass over a batch, its keys and values kept. Returns final hidden
// states [T, C].
Tensor prefill(const Model& model, const Batch& batch, Cache& cache) {
  const Rope rope = make_rope(model.config, batch.positions, model.compute);
  const auto laid_out = [&](const Tensor& x) {
    return to_padded(batch, x.flatten(1))
        .view({batch.samples, batch.longest, x.size(1), x.size(2)})
        .transpose(1, 2)
        .contiguous();
  };
  const Attend attend = [&](const Tensor& q, const Tensor& k, const Tensor& v) {
    cache.k.push_back(laid_out(k));
    cache.v.push_back(laid_out(v));
    const Tensor y = attention(laid_out(q), cache.k.back(), cache.v.back(), {}, true);
    return to_packed(batch, y.transpose(1, 2).flatten(2));
  };
  Tensor x = embed(model, batch, {});
  for (const Layer& layer : model.layers) x = layer_forward(model, layer, rope, attend, x, 0);
  cache.next = tensor_of(batch.lengths, model.device());
  cache.filled = batch.longest;
  return rms_norm(x, model.final_norm, model.config.rms_norm_eps);
}

// One more token of every sequence: logits [N, V] of what follows.
Tensor step(const Model& model, const Tensor& tokens, Cache& cache) {
  const int64_t n = tokens.size(0);
  cache.make_room(cache.filled + 1);
  const int64_t seen = ++cache.filled;
  const Rope rope = make_rope(model.config, cache.next, model.compute);
  const Tensor mask = at::arange(seen, cache.next.options())
                          .unsqueeze(0)
                          .le(cache.next.unsqueeze(1))
                          .view({n, 1, 1, seen});
  size_t layer_index = 0;
  const Attend attend = [&](const Tensor& q, const Tensor& k, const Tensor& v) {
    Tensor& keys = cache.k[layer_index];
    Tensor& values = cache.v[layer_index++];
    const int64_t groups = k.size(1), size = k.size(2);
    const Tensor at = cache.next.view({n, 1, 1, 1}).expand({n, groups, 1, size});
    keys.scatter_(2, at, k.unsqueeze(2));
    values.scatter_(2, at, v.unsqueeze(2));
    // Query heads that share a key head are rows of one small attention.
    const Tensor y = attention(q.view({n, groups, -1, size}), keys.narrow(2, 0, seen),
                               values.narrow(2, 0, seen), mask, false);
    return y.reshape({n, -1, size}).flatten(1).view({n, q.size(1) * size});
  };
  Tensor x = at::embedding(model.embedding, tokens).to(model.compute);
  for (const Layer& layer : model.layers) x = layer_forward(model, layer, rope, attend, x, 0);
  cache.next = cache.next + 1;
  return logits(model, rms_norm(x, model.final_norm, model.config.rms_norm_eps));
}

// A token for each row of logits [N, V], by one uniform number each.
Tensor choose(const Tensor& scores, const std::vector<double>& uniform,
              const SampleOptions& options) {
  if (options.temperature <= 0) return scores.argmax(1);
  Tensor p = at::softmax(scores / options.temperature, 1), order;
  if (options.top_p < 1) {
    std::tie(p, order) = p.sort(1, true);
    // A token stays while those before it have not reached top_p.
    p = p.masked_fill((p.cumsum(1) - p).ge(options.top_p), 0);
  }
  const Tensor host = at::empty({static_cast<int64_t>(uniform.size()), 1}, at::kDouble);
  std::memcpy(host.data_ptr(), uniform.data(), uniform.size() * sizeof(double));
  const Tensor reached = p.cumsum(1, at::kDouble);
  const Tensor level = host.to(p.device()) * reached.slice(1, -1);
  const Tensor place = reached.le(level).sum(1, true).clamp_max(p.size(1) - 1);
  return (order.defined() ? order.gather(1, place) : place).squeeze(1);
}

// What is under way: row r of the cache is sequence ids[r].
class Generation {
 public:
  Generation(const Model& model, const SampleOptions& options, std::span<const uint64_t> seeds,
             int64_t draws)
      : model_(model),
        options_(options),
        draws_(draws),
        seeds_(seeds.begin(), seeds.end()),
        out_(seeds.size() * static_cast<size_t>(draws)) {}

  std::vector<Generated> run(std::span<const Sample> prompts) {
    const Batch batch = make_batch(prompts, model_.point_columns(), model_.device());
    const Tensor hidden = prefill(model_, batch, cache_);
    Tensor scores = logits(model_, hidden.index_select(0, last_rows(batch)));
    const auto count = static_cast<int64_t>(out_.size());
    for (int64_t i = 0; i < count; ++i) ids_.push_back(static_cast<size_t>(i));
    const Tensor copies =
        at::arange(batch.samples, cache_.next.options()).repeat_interleave(draws_);
    cache_.select(copies);
    scores = scores.index_select(0, copies);
    for (int64_t i = 0; i < options_.max_new_tokens; ++i) {
      const Tensor tokens = take(scores, i);
      if (ids_.empty() || i + 1 == options_.max_new_tokens) break;
      scores = step(model_, drop_ended(tokens), cache_);
    }
    return std::move(out_);
  }

 private:
  Tensor last_rows(const Batch& batch) const {
    std::vector<int64_t> rows;
    int64_t end = 0;
    for (const int64_t length : batch.lengths) rows.push_back((end += length) - 1);
    return tensor_of(rows, model_.device());
  }

  // Chooses token number `i` of every row, records it, notes which rows ended.
  Tensor take(const Tensor& scores, int64_t i) {
    std::vector<double> uniform;
    for (const size_t id : ids_) {
      const RandomStream stream(seeds_[id / static_cast<size_t>(draws_)],
                                id % static_cast<size_t>(draws_));
      uniform.push_back(stream.uniform_at(static_cast<uint64_t>(i)));
    }
    const Tensor tokens = choose(scores, uniform, options_);
    const Tensor log_p =
        at::log_softmax(scores, 1).gather(1, tokens.unsqueeze(1)).squeeze(1).to(at::kCPU);
    const Tensor host = tokens.to(at::kCPU).contiguous();
    std::vector<int64_t> stay;
    std::vector<size_t> ids;
    for (size_t r = 0; r < ids_.size(); ++r) {
      const int64_t token = static_cast<const int64_t*>(host.data_ptr())[r];
      Generated& g = out_[ids_[r]];
      g.log_probabilities.push_back(static_cast<const float*>(log_p.data_ptr())[r]);
      const auto& ends = options_.end_tokens;
      g.ended = std::find(ends.begin(), ends.end(), token) != ends.end();
      if (g.ended) continue;
      g.tokens.push_back(token);
      stay.push_back(static_cast<int64_t>(r));
      ids.push_back(ids_[r]);
    }
    stay_ = std::move(stay);
    ids_ = std::move(ids);
    return tokens;
  }

  // Tokens of the rows that go on; the cache loses the others.
  Tensor drop_ended(const Tensor& tokens) {
    if (stay_.size() == static_cast<size_t>(tokens.size(0))) return tokens;
    const Tensor rows = tensor_of(stay_, model_.device());
    cache_.select(rows);
    return tokens.index_select(0, rows);
  }

  const Model& model_;
  const SampleOptions& options_;
  int64_t draws_;
  std::vector<uint64_t> seeds_;
  std::vector<Generated> out_;
  std::vector<size_t> ids_;
  std::vector<int64_t> stay_;
  Cache cache_;
};

}  // namespace

std::vector<Generated> generate(const Model& model, std::span<const Sample> prompts,
                                std::span<const uint64_t> seeds, int64_t draws,
                                const SampleOptions& options) {
  if (prompts.size() != seeds.size() || draws < 1) {
    throw Error(ErrorKind::kValue, std::to_string(prompts.size()) + " prompts with " +
                                       std::to_string(seeds.size()) + " seeds and " +
                                       std::to_string(draws) + " draws");
  }
  if (prompts.empty()) return {};
  const at::NoGradGuard no_grad;
  return Generation(model, options, seeds, draws).run(prompts);
}

Tensor logits_through_cache(const Model& model, const Sample& sample) {
  const at::NoGradGuard no_grad;
  Sample head = sample;
  const auto text =
      std::find_if(head.tokens.rbegin(), head.tokens.rend(), [](int64_t t) { return t < 0; });
  const auto slots = static_cast<size_t>(head.tokens.rend() - text);
  head.tokens.resize(std::min(slots + 1, sample.tokens.size()));
  const int64_t columns = model.point_columns();
  Cache cache;
  std::vector<Tensor> out = {logits(
      model, prefill(model, make_batch(std::span(&head, 1), columns, model.device()), cache))};
  for (size_t i = head.tokens.size(); i < sample.tokens.size(); ++i) {
    out.push_back(step(model, tensor_of({sample.tokens[i]}, model.device()), cache));
  }
  return at::cat(out);
}

}  // namespace cadrecode::model
