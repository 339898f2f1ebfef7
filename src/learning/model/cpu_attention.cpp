// Softmax attention of one segment and one key/value head, block of queries by
// block of queries, so that scores never leave the cache.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "learning/model/cpu_attention.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <cmath>
#include <limits>
#include <vector>

#include "learning/model/cpu_kernels.h"
#include "learning/model/cpu_lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cadrecode::model::cpu::HWY_NAMESPACE {
namespace {

constexpr size_t kBlock = 24;  // queries at a time
// Accumulators: 12 of AVX2's 16 registers.
constexpr size_t kRows = 6, kColumns = 2;

size_t whole_vectors(size_t n) {
  const size_t lanes = hn::Lanes(D());
  return (n + lanes - 1) / lanes * lanes;
}

// A matrix whose element (i, j) is at[i * down + j * right].
struct View {
  const float* at;
  size_t down, right;
};

struct Table {  // rows of whole vectors
  float* at;
  size_t width;
};

// R rows and C vectors of c (+)= a b, `depth` products each.
template <size_t R, size_t C>
HWY_INLINE void tile(View a, const float* b, size_t b_width, size_t depth, float* c,
                     size_t c_width, bool add) {
  const D d;
  const size_t lanes = hn::Lanes(d);
  V sum[R][C];
#pragma GCC unroll 8
  for (size_t r = 0; r < R; ++r)
#pragma GCC unroll 8
    for (size_t i = 0; i < C; ++i)
      sum[r][i] = add ? hn::LoadU(d, c + r * c_width + i * lanes) : hn::Zero(d);
  for (size_t k = 0; k < depth; ++k) {
    V row[C];
#pragma GCC unroll 8
    for (size_t i = 0; i < C; ++i) row[i] = hn::LoadU(d, b + k * b_width + i * lanes);
#pragma GCC unroll 8
    for (size_t r = 0; r < R; ++r) {
      const V x = hn::Set(d, a.at[r * a.down + k * a.right]);
#pragma GCC unroll 8
      for (size_t i = 0; i < C; ++i) sum[r][i] = hn::MulAdd(x, row[i], sum[r][i]);
    }
  }
#pragma GCC unroll 8
  for (size_t r = 0; r < R; ++r)
#pragma GCC unroll 8
    for (size_t i = 0; i < C; ++i) hn::StoreU(sum[r][i], d, c + r * c_width + i * lanes);
}

template <size_t R>
HWY_INLINE void strip(View a, Table b, size_t depth, size_t columns, Table c, bool add) {
  const size_t lanes = hn::Lanes(D());
  size_t at = 0;
  for (; at + kColumns * lanes <= columns; at += kColumns * lanes)
    tile<R, kColumns>(a, b.at + at, b.width, depth, c.at + at, c.width, add);
  if (at < columns) tile<R, 1>(a, b.at + at, b.width, depth, c.at + at, c.width, add);
}

// c [rows, columns] (+)= a [rows, depth] b [depth, columns]; columns: whole vectors.
void product(View a, Table b, size_t rows, size_t depth, size_t columns, Table c, bool add) {
  size_t r = 0;
  for (; r + kRows <= rows; r += kRows)
    strip<kRows>({a.at + r * a.down, a.down, a.right}, b, depth, columns,
                 {c.at + r * c.width, c.width}, add);
  for (; r < rows; ++r)
    strip<1>({a.at + r * a.down, a.down, a.right}, b, depth, columns,
             {c.at + r * c.width, c.width}, add);
}

struct Scratch {
  std::vector<float> held;
  size_t used = 0;
  // Zeroed; stays where it is until the next begin().
  Table table(size_t rows, size_t width) {
    const size_t wide = whole_vectors(width);
    float* at = held.data() + used;
    std::fill_n(at, rows * wide, 0.0F);
    used += rows * wide;
    return {at, wide};
  }
  void begin(size_t floats) {
    if (held.size() < floats) held.resize(floats);
    used = 0;
  }
};

Scratch& scratch() {
  static thread_local Scratch mine;
  return mine;
}

// Head `head` of x [rows, heads, dim] times `by`, as a table.
template <typename T>
void read_head(const void* x, size_t rows, size_t heads, size_t head, size_t dim, float by,
               Table out) {
  const T* p = static_cast<const T*>(x) + head * dim;
  const V factor = hn::Set(D(), by);
  for (size_t r = 0; r < rows; ++r, p += heads * dim) {
    float* o = out.at + r * out.width;
    each_vector(dim, [&](const auto& w) HWY_ATTR { w.put(hn::Mul(w.get(p), factor), o); });
  }
}

template <typename T>
void write_head(Table in, size_t rows, size_t heads, size_t head, size_t dim, float by, void* x) {
  T* p = static_cast<T*>(x) + head * dim;
  const V factor = hn::Set(D(), by);
  for (size_t r = 0; r < rows; ++r, p += heads * dim) {
    const float* i = in.at + r * in.width;
    each_vector(dim, [&](const auto& w) HWY_ATTR { w.put(hn::Mul(w.get(i), factor), p); });
  }
}

void transpose(Table in, size_t rows, size_t columns, Table out) {
  for (size_t r = 0; r < rows; ++r)
    for (size_t c = 0; c < columns; ++c) out.at[c * out.width + r] = in.at[r * in.width + c];
}

struct Sizes {
  size_t queries, keys, q_heads, kv_heads, kv_head, dim, group;
  float scale;
};

Sizes sizes_of(const Attention& a) {
  Sizes s{static_cast<size_t>(a.queries),  static_cast<size_t>(a.keys),
          static_cast<size_t>(a.q_heads),  static_cast<size_t>(a.kv_heads),
          static_cast<size_t>(a.kv_head),  static_cast<size_t>(a.dim),
          static_cast<size_t>(a.q_heads / a.kv_heads), 0};
  s.scale = 1 / std::sqrt(static_cast<float>(s.dim));
  return s;
}

// The keys a block of queries sees, and of those query i's.
size_t seen_by_block(const Attention& a, size_t first, size_t rows, size_t keys) {
  return a.causal ? std::min(keys, first + rows) : keys;
}

// scores [0, seen) of one row to weights e^(score - log_sum), zeros to `width`.
void exponentials(float* scores, size_t seen, size_t width, float log_sum) {
  const D d;
  const V shift = hn::Set(d, log_sum);
  each_vector(seen, [&](const auto& w) HWY_ATTR {
    w.put(hn::Exp(d, hn::Max(hn::Sub(w.get(scores), shift), hn::Set(d, -87))), scores);
  });
  std::fill(scores + seen, scores + width, 0.0F);
}

float largest(const float* scores, size_t seen) {
  const V nothing = hn::Set(D(), -std::numeric_limits<float>::infinity());
  V most = nothing;
  each_vector(seen, [&](const auto& w) HWY_ATTR {
    most = hn::Max(most, hn::IfThenElse(w.mask(), w.get(scores), nothing));
  });
  return max_of(most);
}

float sum(const float* x, size_t n) {
  V total = hn::Zero(D());
  each_vector(n, [&](const auto& w) HWY_ATTR { total = hn::Add(total, w.get(x)); });
  return sum_of(total);
}

float dot(const float* x, const float* y, size_t n) {
  V total = hn::Zero(D());
  each_vector(n, [&](const auto& w)
                     HWY_ATTR { total = hn::MulAdd(w.get(x), w.get(y), total); });
  return sum_of(total);
}

template <typename T>
void forward(const Attention& a) {
  const Sizes s = sizes_of(a);
  const size_t wide = whole_vectors(s.dim), long_keys = whole_vectors(s.keys);
  Scratch& room = scratch();
  room.begin(s.keys * wide * 2 + s.dim * long_keys + 2 * s.queries * wide + kBlock * long_keys);
  const Table keys = room.table(s.keys, s.dim), values = room.table(s.keys, s.dim);
  const Table turned = room.table(s.dim, s.keys), q = room.table(s.queries, s.dim);
  const Table out = room.table(s.queries, s.dim), scores = room.table(kBlock, s.keys);
  read_head<T>(a.k, s.keys, s.kv_heads, s.kv_head, s.dim, 1, keys);
  read_head<T>(a.v, s.keys, s.kv_heads, s.kv_head, s.dim, 1, values);
  transpose(keys, s.keys, s.dim, turned);
  for (size_t head = s.kv_head * s.group; head < (s.kv_head + 1) * s.group; ++head) {
    read_head<T>(a.q, s.queries, s.q_heads, head, s.dim, s.scale, q);
    for (size_t first = 0; first < s.queries; first += kBlock) {
      const size_t rows = std::min(kBlock, s.queries - first);
      const size_t seen = seen_by_block(a, first, rows, s.keys), width = whole_vectors(seen);
      product({q.at + first * wide, wide, 1}, turned, rows, s.dim, width, scores, false);
      for (size_t r = 0; r < rows; ++r) {
        float* row = scores.at + r * scores.width;
        const size_t mine = a.causal ? std::min(s.keys, first + r + 1) : s.keys;
        const float top = largest(row, mine);
        exponentials(row, mine, width, top);
        const float total = sum(row, mine);
        a.log_sum[(first + r) * s.q_heads + head] = top + std::log(total);
        const V by = hn::Set(D(), 1 / total);
        each_vector(mine, [&](const auto& w) HWY_ATTR { w.put(hn::Mul(w.get(row), by), row); });
      }
      product({scores.at, scores.width, 1}, values, rows, seen, wide,
              {out.at + first * wide, wide}, false);
    }
    write_head<T>(out, s.queries, s.q_heads, head, s.dim, 1, a.out);
  }
}

// P = softmax(S); gP = gO Vᵀ; gS = P (gP - Σ gO O); gQ = gS K, gK = gSᵀ Q, gV = Pᵀ gO.
template <typename T>
void backward(const Attention& a) {
  const Sizes s = sizes_of(a);
  const size_t wide = whole_vectors(s.dim), long_keys = whole_vectors(s.keys);
  Scratch& room = scratch();
  room.begin(s.keys * wide * 4 + 2 * s.dim * long_keys + 4 * s.queries * wide +
             2 * kBlock * long_keys);
  const Table keys = room.table(s.keys, s.dim), values = room.table(s.keys, s.dim);
  const Table gk = room.table(s.keys, s.dim), gv = room.table(s.keys, s.dim);
  const Table keys_turned = room.table(s.dim, s.keys), values_turned = room.table(s.dim, s.keys);
  const Table q = room.table(s.queries, s.dim), out = room.table(s.queries, s.dim);
  const Table gout = room.table(s.queries, s.dim), gq = room.table(s.queries, s.dim);
  const Table p = room.table(kBlock, s.keys), gp = room.table(kBlock, s.keys);
  read_head<T>(a.k, s.keys, s.kv_heads, s.kv_head, s.dim, 1, keys);
  read_head<T>(a.v, s.keys, s.kv_heads, s.kv_head, s.dim, 1, values);
  transpose(keys, s.keys, s.dim, keys_turned);
  transpose(values, s.keys, s.dim, values_turned);
  for (size_t head = s.kv_head * s.group; head < (s.kv_head + 1) * s.group; ++head) {
    read_head<T>(a.q, s.queries, s.q_heads, head, s.dim, s.scale, q);
    read_head<T>(a.out, s.queries, s.q_heads, head, s.dim, 1, out);
    read_head<T>(a.gout, s.queries, s.q_heads, head, s.dim, 1, gout);
    for (size_t first = 0; first < s.queries; first += kBlock) {
      const size_t rows = std::min(kBlock, s.queries - first);
      const size_t seen = seen_by_block(a, first, rows, s.keys), width = whole_vectors(seen);
      const Table q_block{q.at + first * wide, wide}, gout_block{gout.at + first * wide, wide};
      product({q_block.at, wide, 1}, keys_turned, rows, s.dim, width, p, false);
      product({gout_block.at, wide, 1}, values_turned, rows, s.dim, width, gp, false);
      for (size_t r = 0; r < rows; ++r) {
        float *weights = p.at + r * p.width, *slopes = gp.at + r * gp.width;
        const size_t mine = a.causal ? std::min(s.keys, first + r + 1) : s.keys;
        exponentials(weights, mine, width, a.log_sum[(first + r) * s.q_heads + head]);
        const size_t at = (first + r) * wide;
        const V mean = hn::Set(D(), dot(gout.at + at, out.at + at, s.dim));
        each_vector(width, [&](const auto& w) HWY_ATTR {
          w.put(hn::Mul(w.get(weights), hn::Sub(w.get(slopes), mean)), slopes);
        });
      }
      product({p.at, 1, p.width}, gout_block, seen, rows, wide, gv, true);
      product({gp.at, 1, gp.width}, q_block, seen, rows, wide, gk, true);
      product({gp.at, gp.width, 1}, keys, rows, seen, wide, {gq.at + first * wide, wide}, false);
    }
    write_head<T>(gq, s.queries, s.q_heads, head, s.dim, s.scale, a.gq);
  }
  write_head<T>(gk, s.keys, s.kv_heads, s.kv_head, s.dim, 1, a.gk);
  write_head<T>(gv, s.keys, s.kv_heads, s.kv_head, s.dim, 1, a.gv);
}

void Forward(const Attention& a) {
  a.type == Type::kF32 ? forward<float>(a) : forward<uint16_t>(a);
}
void Backward(const Attention& a) {
  a.type == Type::kF32 ? backward<float>(a) : backward<uint16_t>(a);
}

}  // namespace
}  // namespace cadrecode::model::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cadrecode::model::cpu {

HWY_EXPORT(Forward);
HWY_EXPORT(Backward);

void attention(const Attention& a) { HWY_DYNAMIC_DISPATCH(Forward)(a); }
void attention_backward(const Attention& a) { HWY_DYNAMIC_DISPATCH(Backward)(a); }

}  // namespace cadrecode::model::cpu
#endif
