#include "learning/model/point_encoder.h"

#include <ATen/ATen.h>

#include <cmath>

#include "base/error.h"
#include "learning/checkpoint/names.h"
#include "learning/model/compat.h"
#include "learning/model/operations.h"

namespace cadrecode::model {
namespace {

constexpr int64_t kFrequencies = 8;  // 2^0 … 2^7
const std::string kPrefix = "point_encoder.";

Tensor heads_apart(const Tensor& x, int64_t heads) {  // [B, L, W] -> [B, heads, L, W / heads]
  return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2);
}

// Where the samples of x [B, L, W] begin in its rows, laid end to end.
std::vector<int64_t> equal_starts(const Tensor& x) {
  std::vector<int64_t> starts;
  for (int64_t b = 0; b <= x.size(0); ++b) starts.push_back(b * x.size(1));
  return starts;
}

// In x's type, whatever the weight is stored as.
Tensor product(const Tensor& x, const Tensor& weight) {
  return at::linear(x, weight.to(x.scalar_type()));
}

Tensor attend(const EncoderBlock& block, const Tensor& from, const Tensor& to, int64_t heads) {
  const Tensor q = product(from, block.q), k = product(to, block.k), v = product(to, block.v);
  if (has_segment_attention(q)) {
    const auto apart = [heads](const Tensor& x) {
      return x.reshape({x.size(0) * x.size(1), heads, x.size(2) / heads});
    };
    const Tensor y = segment_attention(apart(q), apart(k), apart(v), equal_starts(q),
                                       equal_starts(k), false);
    return product(y.view_as(from), block.o);
  }
  const Tensor y = attention(heads_apart(q, heads), heads_apart(k, heads), heads_apart(v, heads),
                             {}, false);
  return product(y.transpose(1, 2).reshape_as(from), block.o);
}

Tensor mlp(const EncoderBlock& block, const Tensor& x) {
  const auto parts = product(x, block.gate_up).chunk(2, -1);
  return product(silu_product(parts[0], parts[1]), block.down);
}

// xyz -> 51 features, followed by whatever columns come after xyz.
Tensor features_of(const Tensor& points) {
  const Tensor fourier = fourier_features(points.slice(-1, 0, 3));
  return points.size(-1) == 3 ? fourier : at::cat({fourier, points.slice(-1, 3)}, -1);
}

Tensor encode_pooled(const PointEncoder& e, const Tensor& points, at::ScalarType compute) {
  const int64_t heads = e.config.heads;
  const Tensor features = features_of(points);
  const Tensor context =
      rms_norm(at::linear(features, e.input_weight, e.input_bias), e.context_norm, 1e-6)
          .to(compute);
  Tensor x =
      at::linear(features.slice(1, 0, e.config.tokens), e.query_weight, e.query_bias).to(compute);
  x = x + attend(e.cross, rms_norm(x, e.cross.norm1, 1e-6), context, heads);
  x = x + mlp(e.cross, rms_norm(x, e.cross.norm2, 1e-6));
  for (const EncoderBlock& block : e.blocks) {
    const Tensor h = rms_norm(x, block.norm1, 1e-6);
    x = x + attend(block, h, h, heads);
    x = x + mlp(block, rms_norm(x, block.norm2, 1e-6));
  }
  return product(rms_norm(x, e.output_norm, 1e-6), e.output_weight) + e.output_bias.to(compute);
}

EncoderBlock make_block(const std::string& name, int64_t width, const Draw& draw) {
  const double narrow = 1 / std::sqrt(static_cast<double>(width));
  EncoderBlock b;
  b.norm1 = draw(name + ".norm1.weight", {width}, -1);
  b.norm2 = draw(name + ".norm2.weight", {width}, -1);
  b.q = draw(name + ".q_proj.weight", {width, width}, narrow);
  b.k = draw(name + ".k_proj.weight", {width, width}, narrow);
  b.v = draw(name + ".v_proj.weight", {width, width}, narrow);
  b.o = draw(name + ".o_proj.weight", {width, width}, narrow / 2);
  b.gate_up = draw(name + ".gate_up_proj.weight", {6 * width, width}, narrow);
  b.down = draw(name + ".down_proj.weight", {width, 3 * width}, narrow / 4);
  return b;
}

void make_pooled(PointEncoder& e, int64_t hidden, const Draw& draw) {
  const int64_t width = e.config.width ? e.config.width : hidden;
  const int64_t columns = checkpoint::kPointFeatures + (e.config.normals ? 3 : 0);
  const double in = 1 / std::sqrt(static_cast<double>(columns));
  if (width % e.config.heads != 0) {
    throw Error(ErrorKind::kValue, "point_encoder.width " + std::to_string(width) +
                                       " is no multiple of its heads, " +
                                       std::to_string(e.config.heads));
  }
  e.config.width = width;
  e.input_weight = draw(kPrefix + "input.weight", {width, columns}, in);
  e.input_bias = draw(kPrefix + "input.bias", {width}, 0);
  e.query_weight = draw(kPrefix + "query.weight", {width, columns}, in);
  e.query_bias = draw(kPrefix + "query.bias", {width}, 0);
  e.cross = make_block(kPrefix + "cross", width, draw);
  e.context_norm = draw(kPrefix + "context_norm.weight", {width}, -1);
  for (int64_t i = 0; i < e.config.layers; ++i) {
    e.blocks.push_back(make_block(kPrefix + "blocks." + std::to_string(i), width, draw));
  }
  e.output_norm = draw(kPrefix + "output_norm.weight", {width}, -1);
  e.output_weight = draw(kPrefix + "output.weight", {hidden, width}, 0.02);
  e.output_bias = draw(kPrefix + "output.bias", {hidden}, 0);
}

void visit_block(EncoderBlock& b, const std::string& name,
                 const std::function<void(const std::string&, Tensor&)>& visit) {
  visit(name + ".norm1.weight", b.norm1);
  visit(name + ".norm2.weight", b.norm2);
  visit(name + ".q_proj.weight", b.q);
  visit(name + ".k_proj.weight", b.k);
  visit(name + ".v_proj.weight", b.v);
  visit(name + ".o_proj.weight", b.o);
  visit(name + ".gate_up_proj.weight", b.gate_up);
  visit(name + ".down_proj.weight", b.down);
}

}  // namespace

Tensor fourier_features(const Tensor& points) {
  const Tensor p = points.to(at::kFloat);
  const Tensor powers = at::pow(2.0, at::arange(kFrequencies, p.options()));
  // Coordinate-major: all frequencies of x, then of y, then of z.
  const Tensor phases = (p.unsqueeze(-1) * powers).flatten(-2);
  return at::cat({p, phases.sin(), phases.cos()}, -1);
}

PointEncoder make_point_encoder(const checkpoint::ModelConfig& config, const Draw& draw) {
  PointEncoder e;
  e.config = config.point_encoder;
  if (e.config.type == checkpoint::PointEncoderConfig::Type::kPooled) {
    make_pooled(e, config.hidden_size, draw);
    return e;
  }
  // torch's Linear: uniform in ±1/√51, here by a normal of that deviation / √3.
  const double deviation = 1 / std::sqrt(3.0 * checkpoint::kPointFeatures);
  e.weight = draw(std::string(checkpoint::kPointWeight),
                  {config.hidden_size, checkpoint::kPointFeatures}, deviation);
  e.bias = draw(std::string(checkpoint::kPointBias), {config.hidden_size}, deviation);
  return e;
}

void for_each_tensor(PointEncoder& e,
                     const std::function<void(const std::string&, Tensor&)>& visit) {
  if (e.weight.defined()) {
    visit(std::string(checkpoint::kPointWeight), e.weight);
    visit(std::string(checkpoint::kPointBias), e.bias);
  }
  if (!e.output_weight.defined()) return;
  visit(kPrefix + "input.weight", e.input_weight);
  visit(kPrefix + "input.bias", e.input_bias);
  visit(kPrefix + "query.weight", e.query_weight);
  visit(kPrefix + "query.bias", e.query_bias);
  visit_block(e.cross, kPrefix + "cross", visit);
  visit(kPrefix + "context_norm.weight", e.context_norm);
  for (size_t i = 0; i < e.blocks.size(); ++i) {
    visit_block(e.blocks[i], kPrefix + "blocks." + std::to_string(i), visit);
  }
  visit(kPrefix + "output_norm.weight", e.output_norm);
  visit(kPrefix + "output.weight", e.output_weight);
  visit(kPrefix + "output.bias", e.output_bias);
}

Tensor encode_points(const PointEncoder& e, const Tensor& points, at::ScalarType compute) {
  const int64_t columns = points.size(2), wanted = e.config.normals ? 6 : 3;
  if (columns != wanted) {
    throw Error(ErrorKind::kValue, "points of " + std::to_string(columns) +
                                       " columns, the model takes " + std::to_string(wanted));
  }
  if (e.weight.defined()) return at::linear(fourier_features(points), e.weight, e.bias);
  if (points.size(1) < e.config.tokens) {
    throw Error(ErrorKind::kValue, std::to_string(points.size(1)) + " points for " +
                                       std::to_string(e.config.tokens) + " tokens");
  }
  return encode_pooled(e, points.to(at::kFloat), compute);
}

}  // namespace cadrecode::model
