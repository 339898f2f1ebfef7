// The model's row operations and attention for CPUs, forward and backward, as SIMD
// kernels chosen at run time: each reads its arguments once, works in fp32, and
// rounds once. libtorch composes them from many passes over memory, which is half
// the time of training a small model. Private to the room; operations.h is what the
// model calls.
//
// Rows lie one behind the other. Every function works on the rows it is given
// alone, so that callers may divide them among threads.
#pragma once

#include <cstdint>

namespace cadrecode::model::cpu {

enum class Type { kF32, kBf16 };

// y = x / √(mean(x²) + eps) * weight, over `width`; scale[row] is what x was
// multiplied by.
void rms_norm(Type type, const void* x, const float* weight, double eps, int64_t rows,
              int64_t width, void* y, float* scale);
// gx, and gweight [width] increased.
void rms_norm_backward(Type type, const void* x, const float* weight, const float* scale,
                       const void* gy, int64_t rows, int64_t width, void* gx, float* gweight);

// y = silu(gate) * up.
void silu_product(Type type, const void* gate, const void* up, int64_t count, void* y);
void silu_product_backward(Type type, const void* gate, const void* up, const void* gy,
                           int64_t count, void* ggate, void* gup);

// Rotary embedding: each of `heads` vectors of a row is x cos + rotated(x) sin,
// rotated(x) being the second half, negated, before the first. cos and sin
// [rows, dim], in x's type. `inverse`: turned back, which is the gradient.
void rotate(Type type, const void* x, const void* cos, const void* sin, int64_t rows,
            int64_t heads, int64_t dim, bool inverse, void* y);

// log softmax(scores)[target] of each row, and the row's log Σ exp.
void log_probability(Type type, const void* scores, const int64_t* targets, int64_t rows,
                     int64_t width, float* out, float* log_sum);
void log_probability_backward(Type type, const void* scores, const int64_t* targets,
                              const float* log_sum, const float* gout, int64_t rows,
                              int64_t width, void* gscores);

// One segment and one key/value head with the query heads that read it. Pointers
// are to the segment's first row, all heads: q and out [queries, q_heads, dim], k and
// v [keys, kv_heads, dim], log_sum [queries, q_heads].
struct Attention {
  Type type = Type::kF32;
  int64_t queries = 0, keys = 0, q_heads = 0, kv_heads = 0, kv_head = 0, dim = 0;
  bool causal = false;  // query i sees keys 0 … i
  const void *q = nullptr, *k = nullptr, *v = nullptr;
  void* out = nullptr;       // written by the forward pass, read by the backward
  float* log_sum = nullptr;  // likewise
  const void* gout = nullptr;
  void *gq = nullptr, *gk = nullptr, *gv = nullptr;
};
void attention(const Attention& a);
void attention_backward(const Attention& a);

}  // namespace cadrecode::model::cpu
