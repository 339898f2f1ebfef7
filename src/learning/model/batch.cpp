#include "learning/model/batch.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "base/error.h"

namespace cadrecode::model {
namespace {

Tensor tensor_of(const std::vector<int64_t>& values, at::Device device) {
  const Tensor host = at::empty({static_cast<int64_t>(values.size())}, at::kLong);
  if (!values.empty()) std::memcpy(host.data_ptr(), values.data(), values.size() * sizeof(int64_t));
  return host.to(device);
}

// The lists that make_batch turns into tensors.
struct Lists {
  std::vector<int64_t> tokens, positions, place, point_slots, brep_slots, sources, targets;
};

void append(Lists& lists, const Sample& sample, int64_t index, int64_t longest) {
  const auto length = static_cast<int64_t>(sample.tokens.size());
  const auto start = static_cast<int64_t>(lists.tokens.size());
  for (int64_t i = 0; i < length; ++i) {
    const int64_t token = sample.tokens[static_cast<size_t>(i)];
    if (token < kBrepSlot) {
      throw Error(ErrorKind::kValue, "sample " + std::to_string(index) + " holds token " +
                                         std::to_string(token) + " at position " +
                                         std::to_string(i));
    }
    if (token == kPointSlot) lists.point_slots.push_back(start + i);
    if (token == kBrepSlot) lists.brep_slots.push_back(start + i);
    lists.tokens.push_back(std::max<int64_t>(token, 0));
    lists.positions.push_back(i);
    lists.place.push_back(index * longest + i);
    if (i > 0 && i >= sample.first_target && token >= 0) {
      lists.sources.push_back(start + i - 1);
      lists.targets.push_back(token);
    }
  }
}

// Room behind sample `index` for up to `wanted` tokens; how many there were.
int64_t append_filler(Lists& lists, int64_t index, int64_t length, int64_t longest,
                      int64_t wanted) {
  const int64_t count = std::min(wanted, longest - length);
  for (int64_t i = length; i < length + count; ++i) {
    lists.tokens.push_back(0);
    lists.positions.push_back(i);
    lists.place.push_back(index * longest + i);
  }
  return count;
}

// Of the samples that have points, which have equally many.
Tensor points_of(std::span<const Sample> samples, int64_t columns, at::Device device) {
  int64_t having = 0;
  size_t count = 0;
  for (const Sample& sample : samples) {
    if (sample.points.empty()) continue;
    if (having++ == 0) count = sample.points.size();
    if (sample.points.size() == count && count % static_cast<size_t>(columns) == 0) continue;
    throw Error(ErrorKind::kValue, "samples of one batch have " + std::to_string(count) + " and " +
                                       std::to_string(sample.points.size()) + " coordinates");
  }
  if (having == 0) return {};
  const auto rows = static_cast<int64_t>(count) / columns;
  const Tensor host = at::empty({having, rows, columns}, at::kFloat);
  auto* out = static_cast<float*>(host.data_ptr());
  for (const Sample& sample : samples)
    out = std::copy(sample.points.begin(), sample.points.end(), out);
  return host.to(device);
}

BrepBatch brep_of(std::span<const Sample> samples, at::Device device) {
  std::vector<const mesh::UvGrids*> parts;
  std::vector<int64_t> limits;
  for (const Sample& sample : samples) {
    if (!sample.brep) continue;
    parts.push_back(sample.brep.get());
    limits.push_back(std::count(sample.tokens.begin(), sample.tokens.end(), kBrepSlot));
  }
  return parts.empty() ? BrepBatch{} : make_brep_batch(parts, limits, device);
}

}  // namespace

std::vector<int64_t> prompt_tokens(int64_t points, int64_t start) {
  std::vector<int64_t> out(static_cast<size_t>(points), kPointSlot);
  out.push_back(start);
  return out;
}

Batch make_batch(std::span<const Sample> samples, int64_t point_columns, at::Device device,
                 int64_t multiple) {
  if (samples.empty()) throw Error(ErrorKind::kValue, "a batch without samples");
  Batch batch;
  batch.samples = static_cast<int64_t>(samples.size());
  for (const Sample& sample : samples) {
    if (sample.tokens.empty()) throw Error(ErrorKind::kValue, "a sample without tokens");
    batch.lengths.push_back(static_cast<int64_t>(sample.tokens.size()));
    batch.longest = std::max(batch.longest, batch.lengths.back());
  }
  const int64_t real = std::accumulate(batch.lengths.begin(), batch.lengths.end(), int64_t{0});
  int64_t filler = (multiple - real % multiple) % multiple;
  // Where all are equally long there is no room behind them: all grow a little.
  const int64_t room = batch.samples * batch.longest - real;
  if (filler > room) batch.longest += (filler - room + batch.samples - 1) / batch.samples;
  Lists lists;
  batch.starts.push_back(0);
  for (size_t i = 0; i < samples.size(); ++i) {
    const auto index = static_cast<int64_t>(i);
    append(lists, samples[i], index, batch.longest);
    filler -= append_filler(lists, index, batch.lengths[i], batch.longest, filler);
    batch.starts.push_back(static_cast<int64_t>(lists.tokens.size()));
  }
  batch.tokens = tensor_of(lists.tokens, device);
  batch.positions = tensor_of(lists.positions, device);
  const auto total = static_cast<int64_t>(lists.tokens.size());
  if (total != batch.samples * batch.longest) batch.place = tensor_of(lists.place, device);
  batch.points = points_of(samples, point_columns, device);
  batch.brep = brep_of(samples, device);
  batch.point_slots = tensor_of(lists.point_slots, device);
  batch.brep_slots = tensor_of(lists.brep_slots, device);
  batch.sources = tensor_of(lists.sources, device);
  batch.targets = tensor_of(lists.targets, device);
  return batch;
}

Tensor to_padded(const Batch& batch, const Tensor& x) {
  const int64_t columns = x.size(1);
  if (!batch.place.defined()) return x.view({batch.samples, batch.longest, columns});
  return at::zeros({batch.samples * batch.longest, columns}, x.options())
      .index_copy(0, batch.place, x)
      .view({batch.samples, batch.longest, columns});
}

Tensor to_packed(const Batch& batch, const Tensor& padded) {
  const Tensor flat = padded.reshape({batch.samples * batch.longest, padded.size(2)});
  return batch.place.defined() ? flat.index_select(0, batch.place) : flat;
}

}  // namespace cadrecode::model
