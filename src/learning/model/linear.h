// A linear layer whose weight may be plain, packed in fewer bits, and carry a
// LoRA pair.
//
// y = x Wᵀ + bias + scale · (dropout(x) Aᵀ) Bᵀ, computed in the type of x;
// weights of another type are cast on the way (fp32 weights, bf16 arithmetic).
#pragma once

#include <memory>

#include "learning/checkpoint/adapter.h"
#include "learning/model/tensor.h"

namespace cadrecode::model {

// A weight in fewer bits (checkpoint/quant.h), as tensors on the device.
struct PackedWeight {
  enum class Kind { kNf4, kInt8 };
  Kind kind = Kind::kNf4;
  int64_t rows = 0, columns = 0;
  Tensor codes;         // NF4: uint8 [rows * columns / 2]; int8: int8 [rows, columns]
  Tensor scales;        // NF4: float [blocks of 64]; int8: float [rows]; undefined when double
  Tensor scale_codes;   // NF4 doubly quantised: uint8 [blocks of 64]
  Tensor scale_scales;  // float [blocks of 256 scales]
  double scale_mean = 0;
};

// Packs a floating-point weight [rows, columns]. Errors: kValue when NF4 is
// asked for a number of elements that is no multiple of 64.
PackedWeight pack(const Tensor& weight, PackedWeight::Kind kind, bool double_quantise = true);
// The weight it stands for, in `type`.
Tensor unpack(const PackedWeight& packed, at::ScalarType type);

struct Lora {
  Tensor a;  // [r, in], fp32
  Tensor b;  // [out, r], fp32
  double scale = 1;
  double dropout = 0;
  uint64_t id = 0;  // which layer, for the dropout's random stream
};

struct Linear {
  Tensor weight;  // [out, in]; undefined when packed
  Tensor bias;    // [out] or undefined
  std::shared_ptr<PackedWeight> packed;
  std::shared_ptr<Lora> lora;
  std::shared_ptr<const Linear> before;  // the layer before a merge that is to be undone
};

// `dropout_seed` 0: no dropout (evaluation).
Tensor apply(const Linear& layer, const Tensor& x, uint64_t dropout_seed = 0);

// Puts the pair into the weight (sum in double, rounded once to the weight's
// type; a packed weight is unpacked to `type` first); the pair is gone then. With
// `keep`, the old layer is remembered and unmerge_lora brings it back bit for bit.
void merge_lora(Linear& layer, bool keep, at::ScalarType type);
void unmerge_lora(Linear& layer);

}  // namespace cadrecode::model
