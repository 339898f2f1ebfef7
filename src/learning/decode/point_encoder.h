// Points to embeddings, without libtorch: the two encoders of
// learning/model/point_encoder.h, to the same numbers within rounding.
//
// Fourier: one token a point. Pooled: `tokens` of them, whatever the number of
// points; it is worked out in fp32 or, where the model is stored in fewer bits, with
// bf16 products, as it was trained. Points come in farthest-first order.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <vector>

#include "learning/checkpoint/config.h"
#include "learning/decode/matrix.h"

namespace cadrecode::decode {

using Point = std::array<float, 3>;

struct EncoderBlock {
  std::vector<float> norm1, norm2;  // [W]
  Matrix q, k, v, o;                // [W, W]
  Matrix gate_up, down;             // [6 W, W], [W, 3 W]
};

struct PointEncoder {
  checkpoint::PointEncoderConfig config;
  std::vector<float> weight, bias;  // Fourier: [hidden][51], [hidden]
  // Pooled, width W:
  Matrix input, query;                                                   // [W, 51]
  std::vector<float> input_bias, query_bias, context_norm, output_norm;  // [W]
  EncoderBlock cross;
  std::vector<EncoderBlock> blocks;
  Matrix output;                   // [hidden, W]
  std::vector<float> output_bias;  // [hidden]

  bool pooled() const { return !output_bias.empty(); }
  bool defined() const { return pooled() || !weight.empty(); }
  // Positions that so many points take in the sequence.
  size_t tokens(size_t points) const;
};

// Reads the encoder's tensors: `matrix(name, rows, k)` and `vector(name, size)`
// as the model's loader has them.
struct EncoderSource {
  std::function<Matrix(const std::string&, int64_t rows, int64_t k, bool exact)> matrix;
  std::function<std::vector<float>(const std::string&, int64_t size)> vector;
};
PointEncoder load_point_encoder(const checkpoint::ModelConfig& config, const EncoderSource& source);

// [tokens][hidden]. Errors: kValue for fewer points than a pooled encoder has tokens.
std::vector<float> encode_points(const PointEncoder& encoder, std::span<const Point> points,
                                 const Kernels& kernels, Pool& pool);

// The 51 features of a point: x y z, then for each coordinate the sines of
// 2^0 … 2^7 times it, then likewise the cosines (CAD-Recode, Rukhovich et al.
// 2024, and its published weights).
std::array<float, 51> point_features(const Point& point);

}  // namespace cadrecode::decode
