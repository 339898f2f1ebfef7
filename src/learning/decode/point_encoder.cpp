#include "learning/decode/point_encoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "learning/checkpoint/names.h"

namespace cadrecode::decode {
namespace {

constexpr size_t kFeatures = static_cast<size_t>(checkpoint::kPointFeatures);
constexpr float kEps = 1e-6f;

EncoderBlock load_block(const std::string& name, int64_t width, const EncoderSource& source) {
  EncoderBlock b;
  b.norm1 = source.vector(name + ".norm1.weight", width);
  b.norm2 = source.vector(name + ".norm2.weight", width);
  b.q = source.matrix(name + ".q_proj.weight", width, width, false);
  b.k = source.matrix(name + ".k_proj.weight", width, width, false);
  b.v = source.matrix(name + ".v_proj.weight", width, width, false);
  b.o = source.matrix(name + ".o_proj.weight", width, width, false);
  b.gate_up = source.matrix(name + ".gate_up_proj.weight", 6 * width, width, false);
  b.down = source.matrix(name + ".down_proj.weight", width, 3 * width, false);
  return b;
}

// Keys and values of one head in pages, as the attention kernel reads them.
class Pages {
 public:
  Pages(size_t positions, size_t head_dim)
      : head_dim_(head_dim),
        pages_((positions + kPagePositions - 1) / kPagePositions),
        data_(2 * pages_ * head_dim * kPagePositions) {
    for (size_t p = 0; p < pages_; ++p) {
      keys_.push_back(data_.data() + 2 * p * head_dim * kPagePositions);
      values_.push_back(keys_.back() + head_dim * kPagePositions);
    }
  }

  void put(size_t position, const float* key, const float* value) {
    const size_t page = position / kPagePositions, at = position % kPagePositions;
    for (size_t i = 0; i < head_dim_; ++i) keys_[page][i * kPagePositions + at] = key[i];
    std::copy_n(value, head_dim_, values_[page] + at * head_dim_);
  }

  AttendArguments arguments(size_t positions, const float* query, float* scores, float* out) const {
    const float scale = static_cast<float>(1 / std::sqrt(static_cast<double>(head_dim_)));
    return {keys_.data(), values_.data(), positions, head_dim_, query, 1, scale, scores, out};
  }
  size_t scores() const { return pages_ * kPagePositions; }

 private:
  size_t head_dim_, pages_;
  std::vector<float> data_;
  std::vector<float*> keys_, values_;
};

// The pooled encoder at work on one cloud.
class Pooling {
 public:
  Pooling(const PointEncoder& encoder, const Kernels& kernels, Pool& pool)
      : e_(encoder),
        kernels_(kernels),
        pool_(pool),
        width_(encoder.input_bias.size()),
        tokens_(static_cast<size_t>(encoder.config.tokens)) {}

  std::vector<float> run(std::span<const Point> points) {
    std::vector<float> features;
    for (const Point& p : points) {
      const auto f = point_features(p);
      features.insert(features.end(), f.begin(), f.end());
    }
    const std::vector<float> context =
        norm(linear(features, points.size(), e_.input, e_.input_bias), e_.context_norm);
    features.resize(tokens_ * kFeatures);
    std::vector<float> x = linear(features, tokens_, e_.query, e_.query_bias);
    attend(e_.cross, norm(x, e_.cross.norm1), context, x);
    feed_forward(e_.cross, x);
    for (const EncoderBlock& block : e_.blocks) {
      const std::vector<float> h = norm(x, block.norm1);
      attend(block, h, h, x);
      feed_forward(block, x);
    }
    return linear(norm(x, e_.output_norm), tokens_, e_.output, e_.output_bias);
  }

 private:
  std::vector<float> product(const std::vector<float>& x, size_t rows, const Matrix& matrix) {
    std::vector<float> y(rows * matrix.rows);
    input_.set(x.data(), rows, matrix.k);
    const Product one{&matrix, y.data(), matrix.rows};
    multiply({&one, 1}, input_, kernels_, pool_);
    return y;
  }

  std::vector<float> linear(const std::vector<float>& x, size_t rows, const Matrix& matrix,
                            const std::vector<float>& bias) {
    std::vector<float> y = product(x, rows, matrix);
    for (size_t r = 0; r < rows; ++r)
      kernels_.add(y.data() + r * bias.size(), bias.data(), bias.size());
    return y;
  }

  std::vector<float> norm(const std::vector<float>& x, const std::vector<float>& weight) {
    std::vector<float> y(x.size());
    const size_t n = weight.size();
    pool_.run(x.size() / n, x.size(), [&](size_t r, size_t) {
      kernels_.rms_norm(x.data() + r * n, weight.data(), kEps, n, y.data() + r * n);
    });
    return y;
  }

  // x += o(softmax(q k^T) v), queries of `from` [tokens, W], keys and values of `to`.
  void attend(const EncoderBlock& block, const std::vector<float>& from,
              const std::vector<float>& to, std::vector<float>& x) {
    const size_t heads = static_cast<size_t>(e_.config.heads), d = width_ / heads;
    const size_t seen = to.size() / width_;
    const std::vector<float> q = product(from, tokens_, block.q);
    const std::vector<float> k = product(to, seen, block.k), v = product(to, seen, block.v);
    std::vector<float> mixed(tokens_ * width_);
    pool_.run(heads, 2 * heads * tokens_ * seen * d, [&](size_t head, size_t) {
      Pages pages(seen, d);
      for (size_t p = 0; p < seen; ++p)
        pages.put(p, k.data() + p * width_ + head * d, v.data() + p * width_ + head * d);
      std::vector<float> scores(pages.scores());
      for (size_t t = 0; t < tokens_; ++t) {
        const size_t at = t * width_ + head * d;
        kernels_.attend(pages.arguments(seen, q.data() + at, scores.data(), mixed.data() + at));
      }
    });
    const std::vector<float> y = product(mixed, tokens_, block.o);
    kernels_.add(x.data(), y.data(), x.size());
  }

  void feed_forward(const EncoderBlock& block, std::vector<float>& x) {
    const size_t inner = block.down.k;
    const std::vector<float> both =
        product(norm(x, block.norm2), tokens_, block.gate_up);  // gate, then up
    std::vector<float> h(tokens_ * inner);
    for (size_t t = 0; t < tokens_; ++t) {
      const float* row = both.data() + 2 * t * inner;
      std::copy_n(row, inner, h.data() + t * inner);
      kernels_.silu_mul(h.data() + t * inner, row + inner, inner);
    }
    const std::vector<float> y = product(h, tokens_, block.down);
    kernels_.add(x.data(), y.data(), x.size());
  }

  const PointEncoder& e_;
  const Kernels& kernels_;
  Pool& pool_;
  size_t width_, tokens_;
  Columns input_;
};

std::vector<float> encode_fourier(const PointEncoder& e, std::span<const Point> points) {
  const size_t hidden = e.bias.size();
  std::vector<float> x(points.size() * hidden);
  for (size_t p = 0; p < points.size(); ++p) {
    const std::array<float, kFeatures> features = point_features(points[p]);
    for (size_t h = 0; h < hidden; ++h) {
      const float* weight = e.weight.data() + h * kFeatures;
      float sum = e.bias[h];
      for (size_t i = 0; i < kFeatures; ++i) sum += weight[i] * features[i];
      x[p * hidden + h] = sum;
    }
  }
  return x;
}

}  // namespace

size_t PointEncoder::tokens(size_t points) const {
  return pooled() && points > 0 ? static_cast<size_t>(config.tokens) : points;
}

PointEncoder load_point_encoder(const checkpoint::ModelConfig& config,
                                const EncoderSource& source) {
  PointEncoder e;
  e.config = config.point_encoder;
  const int64_t hidden = config.hidden_size, features = checkpoint::kPointFeatures;
  if (e.config.type == checkpoint::PointEncoderConfig::Type::kFourier) {
    e.weight = source.vector(std::string(checkpoint::kPointWeight), hidden * features);
    e.bias = source.vector(std::string(checkpoint::kPointBias), hidden);
    return e;
  }
  const int64_t width = e.config.width ? e.config.width : hidden;
  const std::string prefix = "point_encoder.";
  e.input = source.matrix(prefix + "input.weight", width, features, true);
  e.input_bias = source.vector(prefix + "input.bias", width);
  e.query = source.matrix(prefix + "query.weight", width, features, true);
  e.query_bias = source.vector(prefix + "query.bias", width);
  e.context_norm = source.vector(prefix + "context_norm.weight", width);
  e.cross = load_block(prefix + "cross", width, source);
  for (int64_t i = 0; i < e.config.layers; ++i)
    e.blocks.push_back(load_block(prefix + "blocks." + std::to_string(i), width, source));
  e.output_norm = source.vector(prefix + "output_norm.weight", width);
  e.output = source.matrix(std::string(checkpoint::kPooledOutput), hidden, width, false);
  e.output_bias = source.vector(prefix + "output.bias", hidden);
  return e;
}

std::vector<float> encode_points(const PointEncoder& e, std::span<const Point> points,
                                 const Kernels& kernels, Pool& pool) {
  if (points.empty()) return {};
  if (!e.pooled()) return encode_fourier(e, points);
  if (points.size() < static_cast<size_t>(e.config.tokens)) {
    throw Error(ErrorKind::kValue, fmt::format("{} points for the model's {} point tokens",
                                               points.size(), e.config.tokens));
  }
  return Pooling(e, kernels, pool).run(points);
}

std::array<float, 51> point_features(const Point& point) {
  std::array<float, 51> features{};
  for (size_t axis = 0; axis < 3; ++axis) {
    features[axis] = point[axis];
    for (size_t f = 0; f < 8; ++f) {
      const float angle = point[axis] * static_cast<float>(1 << f);
      features[3 + axis * 8 + f] = std::sin(angle);
      features[27 + axis * 8 + f] = std::cos(angle);
    }
  }
  return features;
}

}  // namespace cadrecode::decode
