// Points to tokens.
//
// Fourier (CAD-Recode): a point p in [-1, 1]³ becomes 51 features
//   x y z | sin(x 2⁰) … sin(x 2⁷) sin(y 2⁰) … sin(z 2⁷) | cos likewise
// (no π), and one biased linear layer 51 → C makes its token. Tensors
// point_encoder.projection.{weight,bias}.
//
// Pooled (ours): many points, few tokens. Points come in farthest-first order,
// so the first `tokens` of them are spread over the surface; their features are
// the queries of one cross-attention to all points, `layers` transformer blocks
// let the tokens talk, and a linear layer leads to C. With normals, the three
// components follow the 51 features.
//
// Features and the layers that read them are always fp32: at the top frequency
// bf16 would round the phase by up to 0.25 rad. The pooled encoder's blocks run in
// `compute`.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "learning/checkpoint/config.h"
#include "learning/model/tensor.h"

namespace cadrecode::model {

// points [..., 3] fp32 -> [..., 51] fp32.
Tensor fourier_features(const Tensor& points);

// One block of the pooled encoder: x += o(attention(norm1 x)), x += mlp(norm2 x).
struct EncoderBlock {
  Tensor norm1, norm2;   // [W]: RMS norms
  Tensor q, k, v, o;     // [W, W]
  Tensor gate_up, down;  // [2·3W, W], [W, 3W]: SwiGLU
};

struct PointEncoder {
  checkpoint::PointEncoderConfig config;
  Tensor weight, bias;  // Fourier: [C, 51], [C]; undefined: the model has no points
  // Pooled:
  Tensor input_weight, input_bias;  // [W, 51 or 54], [W]
  Tensor query_weight, query_bias;  // [W, 51 or 54], [W]
  EncoderBlock cross;               // its norm1 is of the queries
  Tensor context_norm;              // [W]
  std::vector<EncoderBlock> blocks;
  Tensor output_norm;                 // [W]
  Tensor output_weight, output_bias;  // [C, W], [C]

  bool defined() const { return weight.defined() || output_weight.defined(); }
};

// Fresh weights; `draw(name, shape, deviation)` makes a tensor (model.cpp's).
using Draw = std::function<Tensor(const std::string&, const std::vector<int64_t>&, double)>;
PointEncoder make_point_encoder(const checkpoint::ModelConfig& config, const Draw& draw);

// Every tensor as "point_encoder.<…>".
void for_each_tensor(PointEncoder& encoder,
                     const std::function<void(const std::string&, Tensor&)>& visit);

// points [B, P, 3 or 6] fp32 -> [B, tokens, C], fp32 or, pooled, `compute`; tokens = P
// with Fourier. Errors: kValue when the columns do not suit, or fewer points than
// tokens.
Tensor encode_points(const PointEncoder& encoder, const Tensor& points,
                     at::ScalarType compute = at::kFloat);

}  // namespace cadrecode::model
