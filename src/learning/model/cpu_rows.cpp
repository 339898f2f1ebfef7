// Norms, activations, rotary embedding and the loss, row by row.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "learning/model/cpu_rows.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <cmath>
#include <limits>

#include "learning/model/cpu_kernels.h"
#include "learning/model/cpu_lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cadrecode::model::cpu::HWY_NAMESPACE {
namespace {

template <typename T>
void norm_rows(const T* x, const float* weight, double eps, int64_t rows, size_t width, T* y,
               float* scale) {
  for (int64_t r = 0; r < rows; ++r, x += width, y += width) {
    V squares = hn::Zero(D());
    each_vector(width, [&](const auto& w) HWY_ATTR {
      const V a = w.get(x);
      squares = hn::MulAdd(a, a, squares);
    });
    const float mean = sum_of(squares) / static_cast<float>(width);
    scale[r] = 1 / std::sqrt(mean + static_cast<float>(eps));
    const V by = hn::Set(D(), scale[r]);
    each_vector(width, [&](const auto& w) HWY_ATTR {
      w.put(hn::Mul(hn::Mul(w.get(x), by), w.get(weight)), y);
    });
  }
}

// With n = x scale: gx = scale (g w - n mean(g w n)).
template <typename T>
void norm_rows_backward(const T* x, const float* weight, const float* scale, const T* gy,
                        int64_t rows, size_t width, T* gx, float* gweight) {
  for (int64_t r = 0; r < rows; ++r, x += width, gy += width, gx += width) {
    const V by = hn::Set(D(), scale[r]);
    V sum = hn::Zero(D());
    each_vector(width, [&](const auto& w) HWY_ATTR {
      const V gn = hn::Mul(w.get(gy), hn::Mul(w.get(x), by));
      sum = hn::MulAdd(gn, w.get(weight), sum);
      w.put(hn::Add(w.get(gweight), gn), gweight);
    });
    const V mean = hn::Set(D(), sum_of(sum) / static_cast<float>(width));
    each_vector(width, [&](const auto& w) HWY_ATTR {
      const V n = hn::Mul(w.get(x), by);
      w.put(hn::Mul(by, hn::NegMulAdd(n, mean, hn::Mul(w.get(gy), w.get(weight)))), gx);
    });
  }
}

HWY_INLINE V sigmoid(V x) {
  const D d;
  const V least = hn::Set(d, -80), bounded = hn::Clamp(x, least, hn::Set(d, 80));
  const V one = hn::Set(d, 1);
  const V value = hn::Div(one, hn::Add(one, hn::Exp(d, hn::Neg(bounded))));
  return hn::IfThenElseZero(hn::Gt(x, least), value);
}

template <typename T>
void silu_rows(const T* gate, const T* up, size_t count, T* y) {
  each_vector(count, [&](const auto& w) HWY_ATTR {
    const V g = w.get(gate);
    w.put(hn::Mul(hn::Mul(g, sigmoid(g)), w.get(up)), y);
  });
}

template <typename T>
void silu_rows_backward(const T* gate, const T* up, const T* gy, size_t count, T* ggate, T* gup) {
  const V one = hn::Set(D(), 1);
  each_vector(count, [&](const auto& w) HWY_ATTR {
    const V g = w.get(gate), s = sigmoid(g), outer = w.get(gy);
    w.put(hn::Mul(outer, hn::Mul(g, s)), gup);
    const V slope = hn::Mul(s, hn::MulAdd(g, hn::Sub(one, s), one));
    w.put(hn::Mul(hn::Mul(outer, w.get(up)), slope), ggate);
  });
}

template <typename T>
void rotate_rows(const T* x, const T* cos, const T* sin, int64_t rows, int64_t heads, size_t dim,
                 bool inverse, T* y) {
  const size_t half = dim / 2;
  const V sign = hn::Set(D(), inverse ? -1.0F : 1.0F);
  for (int64_t r = 0; r < rows; ++r, cos += dim, sin += dim) {
    for (int64_t h = 0; h < heads; ++h, x += dim, y += dim) {
      each_vector(half, [&](const auto& w) HWY_ATTR {
        const V a = w.get(x), b = w.get(x + half), s = hn::Mul(w.get(sin), sign), c = w.get(cos);
        w.put(hn::NegMulAdd(b, s, hn::Mul(a, c)), y);
        w.put(hn::MulAdd(a, s, hn::Mul(b, c)), y + half);
      });
    }
  }
}

template <typename T>
void log_rows(const T* scores, const int64_t* targets, int64_t rows, size_t width, float* out,
              float* log_sum) {
  const D d;
  for (int64_t r = 0; r < rows; ++r, scores += width) {
    const V nothing = hn::Set(d, -std::numeric_limits<float>::infinity());
    V most = nothing;
    each_vector(width, [&](const auto& w) HWY_ATTR {
      most = hn::Max(most, hn::IfThenElse(w.mask(), w.get(scores), nothing));
    });
    const float top = max_of(most);
    V sum = hn::Zero(d);
    each_vector(width, [&](const auto& w) HWY_ATTR {
      const V below = hn::Max(hn::Sub(w.get(scores), hn::Set(d, top)), hn::Set(d, -87));
      sum = hn::Add(sum, hn::IfThenElseZero(w.mask(), hn::Exp(d, below)));
    });
    const float total = sum_of(sum);
    log_sum[r] = top + std::log(total);
    out[r] = hn::GetLane(get_some(scores + targets[r], 1)) - log_sum[r];
  }
}

template <typename T>
void log_rows_backward(const T* scores, const int64_t* targets, const float* log_sum,
                       const float* gout, int64_t rows, size_t width, T* gscores) {
  const D d;
  for (int64_t r = 0; r < rows; ++r, scores += width, gscores += width) {
    const V by = hn::Set(d, -gout[r]), shift = hn::Set(d, log_sum[r]);
    const auto probability = [&](V score) HWY_ATTR {
      return hn::Exp(d, hn::Max(hn::Sub(score, shift), hn::Set(d, -87)));
    };
    each_vector(width, [&](const auto& w)
                           HWY_ATTR { w.put(hn::Mul(probability(w.get(scores)), by), gscores); });
    const V at_target = probability(get_some(scores + targets[r], 1));
    put_some(hn::MulAdd(at_target, by, hn::Set(d, gout[r])), gscores + targets[r], 1);
  }
}

// The functions behind the dispatch: T for Type.
#define CADRECODE_BY_TYPE(call)        \
  if (type == Type::kF32) {            \
    using T = float;                   \
    call;                              \
  } else {                             \
    using T = uint16_t;                \
    call;                              \
  }

template <typename T>
const T* in(const void* p) {
  return static_cast<const T*>(p);
}
template <typename T>
T* to(void* p) {
  return static_cast<T*>(p);
}

void RmsNorm(Type type, const void* x, const float* weight, double eps, int64_t rows, int64_t width,
             void* y, float* scale) {
  CADRECODE_BY_TYPE(
      norm_rows(in<T>(x), weight, eps, rows, static_cast<size_t>(width), to<T>(y), scale))
}
void RmsNormBackward(Type type, const void* x, const float* weight, const float* scale, const void* gy,
                     int64_t rows, int64_t width, void* gx, float* gw) {
  CADRECODE_BY_TYPE(norm_rows_backward(in<T>(x), weight, scale, in<T>(gy), rows,
                                       static_cast<size_t>(width), to<T>(gx), gw))
}
void SiluProduct(Type type, const void* gate, const void* up, int64_t count, void* y) {
  CADRECODE_BY_TYPE(silu_rows(in<T>(gate), in<T>(up), static_cast<size_t>(count), to<T>(y)))
}
void SiluProductBackward(Type type, const void* gate, const void* up, const void* gy,
                         int64_t count, void* ggate, void* gup) {
  CADRECODE_BY_TYPE(silu_rows_backward(in<T>(gate), in<T>(up), in<T>(gy),
                                       static_cast<size_t>(count), to<T>(ggate), to<T>(gup)))
}
void Rotate(Type type, const void* x, const void* cos, const void* sin, int64_t rows,
            int64_t heads, int64_t dim, bool inverse, void* y) {
  CADRECODE_BY_TYPE(rotate_rows(in<T>(x), in<T>(cos), in<T>(sin), rows, heads,
                                static_cast<size_t>(dim), inverse, to<T>(y)))
}
void LogProbability(Type type, const void* scores, const int64_t* targets, int64_t rows,
                    int64_t width, float* out, float* log_sum) {
  CADRECODE_BY_TYPE(
      log_rows(in<T>(scores), targets, rows, static_cast<size_t>(width), out, log_sum))
}
void LogProbabilityBackward(Type type, const void* scores, const int64_t* targets,
                            const float* log_sum, const float* gout, int64_t rows, int64_t width,
                            void* gscores) {
  CADRECODE_BY_TYPE(log_rows_backward(in<T>(scores), targets, log_sum, gout, rows,
                                      static_cast<size_t>(width), to<T>(gscores)))
}

}  // namespace
}  // namespace cadrecode::model::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cadrecode::model::cpu {

HWY_EXPORT(RmsNorm);
HWY_EXPORT(RmsNormBackward);
HWY_EXPORT(SiluProduct);
HWY_EXPORT(SiluProductBackward);
HWY_EXPORT(Rotate);
HWY_EXPORT(LogProbability);
HWY_EXPORT(LogProbabilityBackward);

void rms_norm(Type type, const void* x, const float* weight, double eps, int64_t rows,
              int64_t width, void* y, float* scale) {
  HWY_DYNAMIC_DISPATCH(RmsNorm)(type, x, weight, eps, rows, width, y, scale);
}
void rms_norm_backward(Type type, const void* x, const float* weight, const float* scale,
                       const void* gy, int64_t rows, int64_t width, void* gx, float* gweight) {
  HWY_DYNAMIC_DISPATCH(RmsNormBackward)(type, x, weight, scale, gy, rows, width, gx, gweight);
}
void silu_product(Type type, const void* gate, const void* up, int64_t count, void* y) {
  HWY_DYNAMIC_DISPATCH(SiluProduct)(type, gate, up, count, y);
}
void silu_product_backward(Type type, const void* gate, const void* up, const void* gy,
                           int64_t count, void* ggate, void* gup) {
  HWY_DYNAMIC_DISPATCH(SiluProductBackward)(type, gate, up, gy, count, ggate, gup);
}
void rotate(Type type, const void* x, const void* cos, const void* sin, int64_t rows,
            int64_t heads, int64_t dim, bool inverse, void* y) {
  HWY_DYNAMIC_DISPATCH(Rotate)(type, x, cos, sin, rows, heads, dim, inverse, y);
}
void log_probability(Type type, const void* scores, const int64_t* targets, int64_t rows,
                     int64_t width, float* out, float* log_sum) {
  HWY_DYNAMIC_DISPATCH(LogProbability)(type, scores, targets, rows, width, out, log_sum);
}
void log_probability_backward(Type type, const void* scores, const int64_t* targets,
                              const float* log_sum, const float* gout, int64_t rows,
                              int64_t width, void* gscores) {
  HWY_DYNAMIC_DISPATCH(LogProbabilityBackward)
  (type, scores, targets, log_sum, gout, rows, width, gscores);
}

}  // namespace cadrecode::model::cpu
#endif
