// The one place that knows which libtorch this is (Debian's 1.13 or any 2.x),
// and the autograd machinery that needs its heavier headers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "learning/model/tensor.h"

namespace cadrecode::model {

// "1.13.1", "2.11.0": what was compiled against.
std::string torch_version();

// "cpu", "cuda", "cuda:1", or "auto" (CUDA when there is one). Errors: kValue
// for another word, kUnsupported when the build or the machine has no such device.
at::Device device_from_name(const std::string& name);

// Threads of CPU operators.
void set_threads(int count);

// softmax(q kᵀ / √D) v, with q [B, H, Lq, D], k and v [B, Hkv, Lk, D], H a
// multiple of Hkv (head h reads h / (H / Hkv)). `mask`: undefined, or bool
// [B or 1, 1, Lq, Lk] with true where a query may look. `causal`: query i sees
// keys 0 … i (Lq = Lk). Not both. 2.x: the fused operator; 1.13: matrix
// products with the softmax in fp32.
Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& mask,
                 bool causal);

// The same without the fused operator, whatever the version (tests compare).
Tensor attention_by_products(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& mask,
                             bool causal);

// f(x) whose intermediate results are not kept but computed again when its
// gradient is asked for. f must compute the same both times; gradients of
// tensors it captures are added to their .grad as usual.
Tensor checkpointed(const std::function<Tensor(const Tensor&)>& f, const Tensor& x);

// x Wᵀ for a frozen W [out, in] that `unpack` makes in x's type each time it is
// needed, forward and backward; the unpacked matrix is never kept. No gradient
// for W.
Tensor frozen_linear(const Tensor& x, const std::function<Tensor()>& unpack);

// x multiplied by 0 with probability p, else by 1 / (1 - p). The mask is a pure
// function of `seed` and the shape (per device kind), so computing again or
// resuming gives the same.
Tensor seeded_dropout(const Tensor& x, double p, uint64_t seed);

}  // namespace cadrecode::model
