#include "learning/checkpoint/quant.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace cadrecode::checkpoint {

// The published table (QLoRA, appendix E), as bitsandbytes stores it.
const std::array<float, 16> kNf4Values = {-1.0f,
                                          -0.6961928009986877f,
                                          -0.5250730514526367f,
                                          -0.39491748809814453f,
                                          -0.28444138169288635f,
                                          -0.18477343022823334f,
                                          -0.09105003625154495f,
                                          0.0f,
                                          0.07958029955625534f,
                                          0.16093020141124725f,
                                          0.24611230194568634f,
                                          0.33791524171829224f,
                                          0.44070982933044434f,
                                          0.5626170039176941f,
                                          0.7229568362236023f,
                                          1.0f};

namespace {

// For exponents 10^-6 … 10^0 the fraction [0.1, 1] is cut into 1, 2, … 64 equal
// pieces whose middles are the values, with both signs; then 0 and 1. The steps
// count from both ends, in float with fused steps, as torch's linspace does: the table is equal
// to the last bit.
std::array<float, 256> make_dynamic_table() {
  constexpr std::array<float, 7> kDecades = {1e-6f, 1e-5f, 1e-4f, 1e-3f, 1e-2f, 1e-1f, 1.0f};
  std::vector<float> values = {0.0f, 1.0f};
  for (int i = 0; i < 7; ++i) {
    const int pieces = 1 << i;
    const float step = (1.0f - 0.1f) / static_cast<float>(pieces);
    const auto boundary = [&](int k) {
      return k < (pieces + 1) / 2 ? std::fma(step, static_cast<float>(k), 0.1f)
                                  : std::fma(-step, static_cast<float>(pieces - k), 1.0f);
    };
    for (int k = 0; k < pieces; ++k) {
      const float value = kDecades[static_cast<size_t>(i)] * ((boundary(k) + boundary(k + 1)) / 2);
      values.push_back(value);
      values.push_back(-value);
    }
  }
  std::sort(values.begin(), values.end());
  std::array<float, 256> out{};
  std::copy(values.begin(), values.end(), out.begin());
  return out;
}

// Index of the nearest value; a tie goes to the lower one.
template <size_t N>
uint8_t nearest(const std::array<float, N>& table, float value) {
  size_t lo = 0, hi = N - 1;
  while (lo < hi) {
    const size_t middle = (lo + hi) / 2;
    if (value <= (table[middle] + table[middle + 1]) / 2) {
      hi = middle;
    } else {
      lo = middle + 1;
    }
  }
  return static_cast<uint8_t>(lo);
}

float largest(std::span<const float> values) {
  float out = 0;
  for (const float v : values) out = std::max(out, std::abs(v));
  return out;
}

float unit_scaled(float value, float inverse) { return std::clamp(value * inverse, -1.0f, 1.0f); }

void quantise_scales(Nf4& out) {
  double sum = 0;
  for (const float s : out.scales) sum += s;
  out.scale_mean = static_cast<float>(sum / static_cast<double>(out.scales.size()));
  std::vector<float> rest(out.scales);
  for (float& s : rest) s -= out.scale_mean;
  for (size_t begin = 0; begin < rest.size(); begin += kScaleBlock) {
    const auto block = std::span(rest).subspan(begin, std::min(kScaleBlock, rest.size() - begin));
    const float scale = largest(block), inverse = 1.0f / std::max(scale, 1e-38f);
    out.scale_scales.push_back(scale);
    for (const float v : block) {
      out.scale_codes.push_back(nearest(dynamic_table(), unit_scaled(v, inverse)));
    }
  }
  out.scales.clear();
}

}  // namespace

const std::array<float, 256>& dynamic_table() {
  static const std::array<float, 256> table = make_dynamic_table();
  return table;
}

Nf4 quantise_nf4(std::span<const float> values, bool double_quantise) {
  Nf4 out;
  out.count = values.size();
  out.codes.assign((values.size() + 1) / 2, 0);
  for (size_t begin = 0; begin < values.size(); begin += kNf4Block) {
    const auto block = values.subspan(begin, std::min(kNf4Block, values.size() - begin));
    const float scale = largest(block), inverse = 1.0f / std::max(scale, 1e-38f);
    out.scales.push_back(scale);
    for (size_t i = 0; i < block.size(); ++i) {
      const unsigned code = nearest(kNf4Values, unit_scaled(block[i], inverse));
      uint8_t& byte = out.codes[(begin + i) / 2];
      byte = static_cast<uint8_t>(byte | ((begin + i) % 2 ? code : code << 4));
    }
  }
  if (values.size() % 2) out.codes.back() |= 7;
  if (double_quantise && !values.empty()) quantise_scales(out);
  return out;
}

float nf4_scale(const Nf4& packed, size_t index) {
  if (!packed.is_double()) return packed.scales[index];
  return dynamic_table()[packed.scale_codes[index]] * packed.scale_scales[index / kScaleBlock] +
         packed.scale_mean;
}

void dequantise_nf4(const Nf4& packed, std::span<float> out) {
  if (out.size() != packed.count) {
    throw Error(ErrorKind::kInternal,
                "dequantise_nf4 wants room for " + std::to_string(packed.count) + " values");
  }
  for (size_t begin = 0; begin < out.size(); begin += kNf4Block) {
    const float scale = nf4_scale(packed, begin / kNf4Block);
    for (size_t i = begin; i < std::min(out.size(), begin + kNf4Block); ++i) {
      const uint8_t byte = packed.codes[i / 2];
      out[i] = kNf4Values[i % 2 ? byte & 15 : byte >> 4] * scale;
    }
  }
}

Int8Rows quantise_int8(std::span<const float> values, size_t rows) {
  if (rows == 0 || values.size() % rows != 0) {
    throw Error(ErrorKind::kInternal, std::to_string(values.size()) + " values make no " +
                                          std::to_string(rows) + " rows");
  }
  Int8Rows out{rows, values.size() / rows, std::vector<int8_t>(values.size()), {}};
  for (size_t r = 0; r < rows; ++r) {
    const auto row = values.subspan(r * out.columns, out.columns);
    const float top = largest(row), inverse = top > 0 ? 127.0f / top : 0.0f;
    out.scales.push_back(top / 127.0f);
    for (size_t c = 0; c < out.columns; ++c) {
      const float code = std::nearbyint(row[c] * inverse);
      out.codes[r * out.columns + c] = static_cast<int8_t>(std::clamp(code, -127.0f, 127.0f));
    }
  }
  return out;
}

void dequantise_int8(const Int8Rows& packed, std::span<float> out) {
  if (out.size() != packed.codes.size()) {
    throw Error(ErrorKind::kInternal, "dequantise_int8 wants room for " +
                                          std::to_string(packed.codes.size()) + " values");
  }
  for (size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<float>(packed.codes[i]) * packed.scales[i / packed.columns];
  }
}

}  // namespace cadrecode::checkpoint
