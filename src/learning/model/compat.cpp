#include "learning/model/compat.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/custom_class.h>
#include <torch/version.h>

#include <cmath>
#include <limits>
#include <optional>

#include "base/error.h"

#define CADRECODE_TORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) ||            \
   (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

namespace cadrecode::model {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Key-value heads repeated so that there is one for each query head.
Tensor repeated(const Tensor& x, int64_t times) {
  if (times == 1) return x;
  const auto b = x.size(0), h = x.size(1), l = x.size(2), d = x.size(3);
  return x.unsqueeze(2).expand({b, h, times, l, d}).reshape({b, h * times, l, d});
}

// A C++ function carried by an autograd node.
template <typename F>
struct Held : torch::CustomClassHolder {
  explicit Held(F function) : f(std::move(function)) {}
  F f;
};

template <typename F>
void hold(AutogradContext* ctx, const F& f) {
  ctx->saved_data["f"] = c10::IValue::make_capsule(c10::make_intrusive<Held<F>>(f));
}

template <typename F>
const F& held(AutogradContext* ctx) {
  return c10::static_intrusive_pointer_cast<Held<F>>(ctx->saved_data["f"].toCapsule())->f;
}

using Piece = std::function<Tensor(const Tensor&)>;

struct Checkpoint : torch::autograd::Function<Checkpoint> {
  static Tensor forward(AutogradContext* ctx, const Tensor& x, const Piece& f) {
    hold(ctx, f);
    ctx->save_for_backward({x});
    return f(x);  // grad mode is off in here: nothing is kept
  }
  static variable_list backward(AutogradContext* ctx, const variable_list& grads) {
    const at::AutoGradMode with_grad(true);
    const Tensor x = ctx->get_saved_variables()[0].detach().set_requires_grad(true);
    const Tensor y = held<Piece>(ctx)(x);
    torch::autograd::backward({y}, {grads[0]});
    return {x.grad(), Tensor()};
  }
};

using Unpack = std::function<Tensor()>;

struct FrozenLinear : torch::autograd::Function<FrozenLinear> {
  static Tensor forward(AutogradContext* ctx, const Tensor& x, const Unpack& unpack) {
    hold(ctx, unpack);
    return at::linear(x, unpack());
  }
  static variable_list backward(AutogradContext* ctx, const variable_list& grads) {
    return {at::matmul(grads[0], held<Unpack>(ctx)()), Tensor()};
  }
};

}  // namespace

std::string torch_version() {
  return std::to_string(TORCH_VERSION_MAJOR) + "." + std::to_string(TORCH_VERSION_MINOR) + "." +
         std::to_string(TORCH_VERSION_PATCH);
}

at::Device device_from_name(const std::string& name) {
  const bool cuda = at::hasCUDA();
  if (name == "auto") return cuda ? at::Device(at::kCUDA) : at::Device(at::kCPU);
  if (name == "cpu") return at::kCPU;
  if (name.rfind("cuda", 0) != 0) {
    throw Error(ErrorKind::kValue, "device '" + name + "' is not auto, cpu, cuda or cuda:N");
  }
  if (!cuda) {
    throw Error(ErrorKind::kUnsupported, "no CUDA device: libtorch " + torch_version() +
                                             " was built without, or none is visible");
  }
  try {
    return at::Device(name);
  } catch (const std::exception&) {
    throw Error(ErrorKind::kValue, "device '" + name + "' is not auto, cpu, cuda or cuda:N");
  }
}

// Debian's libtorch multiplies with the system's BLAS, whose threads are its own
// and, when there are too many for the cores, wait by spinning.
void set_threads(int count) {
  at::set_num_threads(count);
  using SetThreads = void (*)(int);
  if (const auto set =
          reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) {
    set(count);
  }
}

Tensor attention_by_products(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& mask,
                             bool causal) {
  const int64_t times = q.size(1) / k.size(1);
  const Tensor keys = repeated(k, times), values = repeated(v, times);
  const double scale = 1 / std::sqrt(static_cast<double>(q.size(3)));
  Tensor scores = at::matmul(q, keys.transpose(2, 3)).to(at::kFloat) * scale;
  Tensor allowed = mask;
  if (causal) {
    allowed = at::ones({q.size(2), k.size(2)}, q.options().dtype(at::kBool)).tril_();
  }
  if (allowed.defined()) {
    scores = scores.masked_fill(allowed.logical_not(), -std::numeric_limits<float>::infinity());
  }
  return at::matmul(at::softmax(scores, -1).to(v.scalar_type()), values);
}

Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& mask,
                 bool causal) {
#if CADRECODE_TORCH_AT_LEAST(2, 0)
  const int64_t times = q.size(1) / k.size(1);
  const std::optional<Tensor> allowed = mask.defined() ? std::optional<Tensor>(mask) : std::nullopt;
  // On a CPU libtorch's fused kernels take bf16 up and down block by block, and then
  // need 2.5 times as long as in fp32.
  const at::ScalarType type =
      q.is_cpu() && q.scalar_type() == at::kBFloat16 ? at::kFloat : q.scalar_type();
  const Tensor y = at::scaled_dot_product_attention(q.to(type), repeated(k.to(type), times),
                                                    repeated(v.to(type), times), allowed, 0.0,
                                                    causal);
  return y.to(q.scalar_type());
#else
  return attention_by_products(q, k, v, mask, causal);
#endif
}

Tensor checkpointed(const Piece& f, const Tensor& x) {
  // Gradients may be wanted of captured weights alone; the node still needs an
  // input that requires one.
  const Tensor input = x.requires_grad() ? x : x.detach().set_requires_grad(true);
  return Checkpoint::apply(input, f);
}

Tensor frozen_linear(const Tensor& x, const Unpack& unpack) {
  return FrozenLinear::apply(x, unpack);
}

Tensor seeded_dropout(const Tensor& x, double p, uint64_t seed) {
  at::Generator generator = at::globalContext().defaultGenerator(x.device()).clone();
  generator.set_current_seed(seed);
  const Tensor keep = at::empty_like(x).bernoulli_(1 - p, generator);
  return x * keep * (1 / (1 - p));
}

}  // namespace cadrecode::model
