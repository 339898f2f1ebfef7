#include "learning/model/linear.h"

#include <ATen/ATen.h>

#include <cstring>

#include "base/error.h"
#include "base/random.h"
#include "learning/checkpoint/quant.h"
#include "learning/model/compat.h"

namespace cadrecode::model {
namespace {

template <typename T>
Tensor copied(const std::vector<T>& values, at::ScalarType type, at::Device device) {
  const Tensor host = at::empty({static_cast<int64_t>(values.size())}, type);
  if (!values.empty()) std::memcpy(host.data_ptr(), values.data(), values.size() * sizeof(T));
  return host.to(device);
}

template <size_t N>
Tensor table_tensor(const std::array<float, N>& values, at::Device device) {
  return copied(std::vector<float>(values.begin(), values.end()), at::kFloat, device);
}

// The scale of every block of 64, from whichever way they are stored.
Tensor nf4_scales(const PackedWeight& w) {
  if (w.scales.defined()) return w.scales;
  const Tensor table = table_tensor(checkpoint::dynamic_table(), w.codes.device());
  const Tensor values = table.index_select(0, w.scale_codes.to(at::kLong));
  const Tensor factors =
      w.scale_scales.repeat_interleave(static_cast<int64_t>(checkpoint::kScaleBlock), 0)
          .slice(0, 0, values.size(0));
  return values * factors + w.scale_mean;
}

Tensor unpack_nf4(const PackedWeight& w, at::ScalarType type) {
  const Tensor pairs = at::stack({w.codes.bitwise_right_shift(4), w.codes.bitwise_and(15)}, 1);
  const Tensor values = table_tensor(checkpoint::kNf4Values, w.codes.device())
                            .index_select(0, pairs.view({-1}).to(at::kInt));
  return (values.view({-1, static_cast<int64_t>(checkpoint::kNf4Block)}) *
          nf4_scales(w).unsqueeze(1))
      .view({w.rows, w.columns})
      .to(type);
}

}  // namespace

PackedWeight pack(const Tensor& weight, PackedWeight::Kind kind, bool double_quantise) {
  const Tensor host = weight.detach().to(at::kCPU, at::kFloat).contiguous();
  const std::span<const float> values(static_cast<const float*>(host.data_ptr()),
                                      static_cast<size_t>(host.numel()));
  const at::Device device = weight.device();
  PackedWeight out{kind, weight.size(0), weight.size(1), {}, {}, {}, {}, 0};
  if (kind == PackedWeight::Kind::kInt8) {
    const auto rows = checkpoint::quantise_int8(values, static_cast<size_t>(out.rows));
    out.codes = copied(rows.codes, at::kChar, device).view({out.rows, out.columns});
    out.scales = copied(rows.scales, at::kFloat, device);
    return out;
  }
  if (values.size() % checkpoint::kNf4Block != 0) {
    throw Error(ErrorKind::kValue, "NF4 wants a multiple of 64 weights, the matrix is " +
                                       std::to_string(out.rows) + " x " +
                                       std::to_string(out.columns));
  }
  const auto nf4 = checkpoint::quantise_nf4(values, double_quantise);
  out.codes = copied(nf4.codes, at::kByte, device);
  if (nf4.is_double()) {
    out.scale_codes = copied(nf4.scale_codes, at::kByte, device);
    out.scale_scales = copied(nf4.scale_scales, at::kFloat, device);
    out.scale_mean = nf4.scale_mean;
  } else {
    out.scales = copied(nf4.scales, at::kFloat, device);
  }
  return out;
}

Tensor unpack(const PackedWeight& packed, at::ScalarType type) {
  const at::NoGradGuard no_grad;
  if (packed.kind == PackedWeight::Kind::kNf4) return unpack_nf4(packed, type);
  return (packed.codes.to(at::kFloat) * packed.scales.unsqueeze(1)).to(type);
}

Tensor apply(const Linear& layer, const Tensor& x, uint64_t dropout_seed) {
  const at::ScalarType type = x.scalar_type();
  Tensor y;
  if (layer.packed) {
    y = frozen_linear(x, [packed = layer.packed, type] { return unpack(*packed, type); });
    if (layer.bias.defined()) y = y + layer.bias.to(type);
  } else {
    const auto bias =
        layer.bias.defined() ? c10::optional<Tensor>(layer.bias.to(type)) : c10::nullopt;
    y = at::linear(x, layer.weight.to(type), bias);
  }
  if (!layer.lora) return y;
  const Lora& lora = *layer.lora;
  Tensor in = x;
  if (dropout_seed != 0 && lora.dropout > 0) {
    in = seeded_dropout(x, lora.dropout, RandomStream(dropout_seed).bits_at(lora.id));
  }
  const Tensor low = at::linear(in, lora.a.to(type));
  return y + at::linear(low, lora.b.to(type)) * lora.scale;
}

void merge_lora(Linear& layer, bool keep, at::ScalarType type) {
  if (!layer.lora) return;
  const at::NoGradGuard no_grad;
  const Tensor old = layer.packed ? unpack(*layer.packed, type) : layer.weight;
  const Tensor delta = at::matmul(layer.lora->b.to(at::kDouble), layer.lora->a.to(at::kDouble));
  const Tensor sum = old.to(at::kDouble) + delta * layer.lora->scale;
  if (keep) layer.before = std::make_shared<const Linear>(layer);
  layer.weight = sum.to(old.scalar_type());
  layer.packed.reset();
  layer.lora.reset();
}

void unmerge_lora(Linear& layer) {
  if (const auto before = layer.before) layer = *before;
}

}  // namespace cadrecode::model
