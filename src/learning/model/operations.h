// What layers are made of, besides matrix products: on a CPU by the fused kernels of
// cpu_kernels.h, elsewhere composed of libtorch's operators. The results agree to
// rounding; each has its gradient. Private to the room.
#pragma once

#include <cstdint>
#include <vector>

#include "learning/model/tensor.h"

namespace cadrecode::model {

// x / rms(x) over the last axis in fp32, times the weight, in x's type.
Tensor rms_norm(const Tensor& x, const Tensor& weight, double eps);

// silu(gate) * up.
Tensor silu_product(const Tensor& gate, const Tensor& up);

// x [T, H, D] with cosines and sines [T, 1, D] of the rotary embedding.
Tensor with_rope(const Tensor& x, const Tensor& cos, const Tensor& sin);

// log softmax(scores)[i, targets[i]], fp32 [n], of scores [n, V].
Tensor log_probability(const Tensor& scores, const Tensor& targets);

// Whether segment_attention may be asked for tensors like x.
bool has_segment_attention(const Tensor& x);

// softmax(q kᵀ / √D) v within segments: rows q_starts[i] … q_starts[i + 1] of q
// [T, H, D] see rows k_starts[i] … k_starts[i + 1] of k and v [S, Hkv, D], `causal`:
// each those up to its own place. -> [T, H, D].
Tensor segment_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                         const std::vector<int64_t>& q_starts,
                         const std::vector<int64_t>& k_starts, bool causal);

}  // namespace cadrecode::model
