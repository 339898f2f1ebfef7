#include "learning/model/operations.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "learning/model/cpu_kernels.h"

namespace cadrecode::model {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

constexpr int64_t kRowsAtOnce = 256;  // fixed, so that sums do not depend on threads

bool fused(const Tensor& x) {
  return x.is_cpu() && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
}

cpu::Type type_of(const Tensor& x) {
  return x.scalar_type() == at::kFloat ? cpu::Type::kF32 : cpu::Type::kBf16;
}

// Of row `row` of a contiguous tensor whose rows are `width` long.
const void* in(const Tensor& x, int64_t row, int64_t width) {
  return static_cast<const char*>(x.data_ptr()) + row * width * x.element_size();
}
void* out(const Tensor& x, int64_t row, int64_t width) {
  return static_cast<char*>(x.data_ptr()) + row * width * x.element_size();
}
float* floats(const Tensor& x) { return static_cast<float*>(x.data_ptr()); }

// f(chunk, first row, rows) for all rows, in chunks of kRowsAtOnce.
template <typename F>
void by_rows(int64_t rows, const F& f) {
  const int64_t chunks = (rows + kRowsAtOnce - 1) / kRowsAtOnce;
  at::parallel_for(0, chunks, 1, [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; ++c) {
      f(c, c * kRowsAtOnce, std::min(kRowsAtOnce, rows - c * kRowsAtOnce));
    }
  });
}

struct RmsNorm : Function<RmsNorm> {
  static Tensor forward(AutogradContext* ctx, const Tensor& given, const Tensor& weight,
                        double eps) {
    const Tensor x = given.contiguous(), w = weight.to(at::kFloat).contiguous();
    const int64_t width = x.size(-1), rows = x.numel() / std::max<int64_t>(1, width);
    const Tensor y = at::empty_like(x), scale = at::empty({rows}, w.options());
    by_rows(rows, [&](int64_t, int64_t row, int64_t count) {
      cpu::rms_norm(type_of(x), in(x, row, width), floats(w), eps, count, width, out(y, row, width),
                    floats(scale) + row);
    });
    ctx->save_for_backward({x, weight, scale});
    return y;
  }
  static variable_list backward(AutogradContext* ctx, const variable_list& grads) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &x = saved[0], w = saved[1].to(at::kFloat).contiguous();
    const Tensor gy = grads[0].to(x.scalar_type()).contiguous(), gx = at::empty_like(x);
    const int64_t width = x.size(-1), rows = x.numel() / std::max<int64_t>(1, width);
    const Tensor parts = at::zeros({(rows + kRowsAtOnce - 1) / kRowsAtOnce, width}, w.options());
    by_rows(rows, [&](int64_t chunk, int64_t row, int64_t count) {
      cpu::rms_norm_backward(type_of(x), in(x, row, width), floats(w), floats(saved[2]) + row,
                             in(gy, row, width), count, width, out(gx, row, width),
                             floats(parts) + chunk * width);
    });
    return {gx, parts.sum(0).to(saved[1].scalar_type()), Tensor()};
  }
};

struct SiluProduct : Function<SiluProduct> {
  static Tensor forward(AutogradContext* ctx, const Tensor& gate, const Tensor& up) {
    const Tensor g = gate.contiguous(), u = up.contiguous(), y = at::empty_like(g);
    const int64_t width = g.size(-1);
    by_rows(g.numel() / std::max<int64_t>(1, width), [&](int64_t, int64_t row, int64_t count) {
      cpu::silu_product(type_of(g), in(g, row, width), in(u, row, width), count * width,
                        out(y, row, width));
    });
    ctx->save_for_backward({g, u});
    return y;
  }
  static variable_list backward(AutogradContext* ctx, const variable_list& grads) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &g = saved[0], &u = saved[1], gy = grads[0].to(g.scalar_type()).contiguous();
    const Tensor gg = at::empty_like(g), gu = at::empty_like(u);
    const int64_t width = g.size(-1);
    by_rows(g.numel() / std::max<int64_t>(1, width), [&](int64_t, int64_t row, int64_t count) {
      cpu::silu_product_backward(type_of(g), in(g, row, width), in(u, row, width),
                                 in(gy, row, width), count * width, out(gg, row, width),
                                 out(gu, row, width));
    });
    return {gg, gu};
  }
};

Tensor turned(const Tensor& x, const Tensor& cos, const Tensor& sin, bool inverse) {
  const Tensor y = at::empty_like(x);
  const int64_t heads = x.size(1), dim = x.size(2), width = heads * dim;
  by_rows(x.size(0), [&](int64_t, int64_t row, int64_t count) {
    cpu::rotate(type_of(x), in(x, row, width), in(cos, row, dim), in(sin, row, dim), count, heads,
                dim, inverse, out(y, row, width));
  });
  return y;
}

struct Rotation : Function<Rotation> {
  static Tensor forward(AutogradContext* ctx, const Tensor& x, const Tensor& cos,
                        const Tensor& sin) {
    ctx->save_for_backward({cos, sin});
    return turned(x.contiguous(), cos, sin, false);
  }
  static variable_list backward(AutogradContext* ctx, const variable_list& grads) {
    const auto saved = ctx->get_saved_variables();
    const Tensor g = grads[0].to(saved[0].scalar_type()).contiguous();
    return {turned(g, saved[0], saved[1], true), Tensor(), Tensor()};
  }
};

struct LogProbability : Function<LogProbability> {
  static Tensor forward(AutogradContext* ctx, const Tensor& given, const Tensor& targets) {
    const Tensor scores = given.contiguous(), wanted = targets.contiguous();
    const int64_t rows = scores.size(0), width = scores.size(1);
    const Tensor y = at::empty({rows}, scores.options().dtype(at::kFloat));
    const Tensor log_sum = at::empty_like(y);
    const auto* t = static_cast<const int64_t*>(wanted.data_ptr());
    by_rows(rows, [&](int64_t, int64_t row, int64_t count) {
      cpu::log_probability(type_of(scores), in(scores, row, width), t + row, count, width,
                           floats(y) + row, floats(log_sum) + row);
    });
    ctx->save_for_backward({scores, wanted, log_sum});
    return y;
  }
  static variable_list backward(AutogradContext* ctx, const variable_list& grads) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &scores = saved[0], g = grads[0].contiguous(), gx = at::empty_like(scores);
    const int64_t rows = scores.size(0), width = scores.size(1);
    const auto* t = static_cast<const int64_t*>(saved[1].data_ptr());
    by_rows(rows, [&](int64_t, int64_t row, int64_t count) {
      cpu::log_probability_backward(type_of(scores), in(scores, row, width), t + row,
                                    floats(saved[2]) + row, floats(g) + row, count, width,
                                    out(gx, row, width));
    });
    return {gx, Tensor()};
  }
};

// f(segment, key/value head, what the kernel is told) for all of them.
template <typename F>
void by_segments(const Tensor& q, const Tensor& k, const std::vector<int64_t>& q_starts,
                 const std::vector<int64_t>& k_starts, bool causal, const F& f) {
  const auto segments = static_cast<int64_t>(q_starts.size()) - 1;
  const int64_t heads = k.size(1);
  at::parallel_for(0, segments * heads, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const auto s = static_cast<size_t>(i / heads);
      cpu::Attention a;
      a.type = type_of(q);
      a.queries = q_starts[s + 1] - q_starts[s];
      a.keys = k_starts[s + 1] - k_starts[s];
      a.q_heads = q.size(1);
      a.kv_heads = heads;
      a.kv_head = i % heads;
      a.dim = q.size(2);
      a.causal = causal;
      if (a.queries > 0 && a.keys > 0) f(a, q_starts[s], k_starts[s]);
    }
  });
}

struct SegmentAttention : Function<SegmentAttention> {
  static Tensor forward(AutogradContext* ctx, const Tensor& q0, const Tensor& k0, const Tensor& v0,
                        const std::vector<int64_t>& q_starts, const std::vector<int64_t>& k_starts,
                        bool causal) {
    const Tensor q = q0.contiguous(), k = k0.contiguous(), v = v0.contiguous();
    const Tensor y = at::empty_like(q);
    const Tensor log_sum = at::empty({q.size(0), q.size(1)}, q.options().dtype(at::kFloat));
    const int64_t q_row = q.size(1) * q.size(2), k_row = k.size(1) * k.size(2);
    by_segments(q, k, q_starts, k_starts, causal, [&](cpu::Attention& a, int64_t i, int64_t j) {
      a.q = in(q, i, q_row), a.k = in(k, j, k_row), a.v = in(v, j, k_row);
      a.out = out(y, i, q_row), a.log_sum = floats(log_sum) + i * q.size(1);
      cpu::attention(a);
    });
    ctx->save_for_backward({q, k, v, y, log_sum});
    ctx->saved_data["q"] = q_starts;
    ctx->saved_data["k"] = k_starts;
    ctx->saved_data["causal"] = causal;
    return y;
  }
  static variable_list backward(AutogradContext* ctx, const variable_list& grads) {
    const auto saved = ctx->get_saved_variables();
    const Tensor &q = saved[0], &k = saved[1], &v = saved[2], &y = saved[3], &log_sum = saved[4];
    const Tensor g = grads[0].to(q.scalar_type()).contiguous();
    const Tensor gq = at::empty_like(q), gk = at::empty_like(k), gv = at::empty_like(v);
    const int64_t q_row = q.size(1) * q.size(2), k_row = k.size(1) * k.size(2);
    by_segments(q, k, ctx->saved_data["q"].toIntVector(), ctx->saved_data["k"].toIntVector(),
                ctx->saved_data["causal"].toBool(), [&](cpu::Attention& a, int64_t i, int64_t j) {
                  a.q = in(q, i, q_row), a.k = in(k, j, k_row), a.v = in(v, j, k_row);
                  a.out = out(y, i, q_row), a.log_sum = floats(log_sum) + i * q.size(1);
                  a.gout = in(g, i, q_row), a.gq = out(gq, i, q_row);
                  a.gk = out(gk, j, k_row), a.gv = out(gv, j, k_row);
                  cpu::attention_backward(a);
                });
    return {gq, gk, gv, Tensor(), Tensor(), Tensor()};
  }
};

// The second half of each head, negated, before the first.
Tensor rotated(const Tensor& x) {
  const auto halves = x.chunk(2, -1);
  return at::cat({halves[1].neg(), halves[0]}, -1);
}

}  // namespace

Tensor rms_norm(const Tensor& x, const Tensor& weight, double eps) {
  if (fused(x)) return RmsNorm::apply(x, weight, eps);
  const Tensor wide = x.to(at::kFloat);
  const Tensor scale = at::rsqrt(wide.square().mean(-1, true) + eps);
  return weight.to(x.scalar_type()) * (wide * scale).to(x.scalar_type());
}

Tensor silu_product(const Tensor& gate, const Tensor& up) {
  return fused(gate) ? SiluProduct::apply(gate, up) : at::silu(gate) * up;
}

Tensor with_rope(const Tensor& x, const Tensor& cos, const Tensor& sin) {
  return fused(x) ? Rotation::apply(x, cos, sin) : x * cos + rotated(x) * sin;
}

Tensor log_probability(const Tensor& scores, const Tensor& targets) {
  if (fused(scores)) return LogProbability::apply(scores, targets);
  const Tensor wide = scores.to(at::kFloat);
  return wide.gather(1, targets.unsqueeze(1)).squeeze(1) - wide.logsumexp(1);
}

bool has_segment_attention(const Tensor& x) { return fused(x); }

Tensor segment_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                         const std::vector<int64_t>& q_starts, const std::vector<int64_t>& k_starts,
                         bool causal) {
  return SegmentAttention::apply(q, k, v, q_starts, k_starts, causal);
}

}  // namespace cadrecode::model
