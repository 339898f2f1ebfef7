// Element types and weights in fewer bits, beside torch and bitsandbytes.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "learning/checkpoint/dtype.h"
#include "learning/checkpoint/quant.h"
#include "unit/checkpoint/formula.h"

namespace cadrecode::checkpoint {
namespace {

nlohmann::json golden(const std::string& name) {
  return nlohmann::json::parse(read_file("tests/unit/checkpoint/data/" + name));
}

TEST(DTypes, NarrowAsTorchDoes) {
  const auto g = golden("narrow.json");
  for (size_t i = 0; i < g["f32"].size(); ++i) {
    const float value = std::bit_cast<float>(g["f32"][i].get<uint32_t>());
    EXPECT_EQ(bf16_from_float(value), g["bf16"][i].get<uint16_t>()) << value;
    EXPECT_EQ(f16_from_float(value), g["f16"][i].get<uint16_t>()) << value;
  }
}

TEST(DTypes, EveryNarrowNumberSurvivesWideningAndBack) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    const uint16_t b = static_cast<uint16_t>(bits);
    if (std::isnan(float_from_f16(b))) {
      EXPECT_TRUE(std::isnan(float_from_f16(f16_from_float(float_from_f16(b)))));
    } else {
      EXPECT_EQ(f16_from_float(float_from_f16(b)), b);
    }
    if (std::isnan(float_from_bf16(b))) {
      EXPECT_TRUE(std::isnan(float_from_bf16(bf16_from_float(float_from_bf16(b)))));
    } else {
      EXPECT_EQ(bf16_from_float(float_from_bf16(b)), b);
    }
  }
}

TEST(DTypes, NamesAreInverse) {
  for (int i = 0; i <= static_cast<int>(DType::kU64); ++i) {
    const auto type = static_cast<DType>(i);
    EXPECT_EQ(dtype_from_name(name_of(type)), type);
    EXPECT_EQ(dtype_from_torch_name(std::string("torch.") + torch_name_of(type)), type);
  }
  EXPECT_FALSE(dtype_from_name("F128").has_value());
}

TEST(DTypes, IntegersAreNoWeights) {
  float out;
  const std::byte in[8] = {};
  EXPECT_THROW(to_floats(DType::kI64, in, 1, &out), Error);
}

TEST(Nf4, EqualsBitsandbytes) {
  const auto file = golden("quant.json");
  for (const auto& g : file["cases"]) {
    const auto values =
        testing::formula_values(g["name"].get<std::string>(), g["count"], g["scale"]);
    const Nf4 plain = quantise_nf4(values, false), packed = quantise_nf4(values, true);
    int64_t sum = 0, weighted = 0;
    for (size_t i = 0; i < plain.codes.size(); ++i) {
      sum += plain.codes[i];
      weighted += static_cast<int64_t>(plain.codes[i]) * static_cast<int64_t>(i % 1009);
    }
    EXPECT_EQ(sum, g["code_sum"].get<int64_t>());
    EXPECT_EQ(weighted, g["code_weighted"].get<int64_t>());
    EXPECT_EQ(plain.codes, packed.codes);
    for (size_t i = 0; i < g["first_codes"].size(); ++i)
      EXPECT_EQ(plain.codes[i], g["first_codes"][i]);
    for (size_t i = 0; i < g["scales"].size(); ++i)
      EXPECT_EQ(plain.scales[i], g["scales"][i].get<float>());
    // The mean of the scales is summed in another order there: last bits differ.
    const float mean = g["scale_mean"];
    EXPECT_NEAR(packed.scale_mean, mean, 1e-6f * mean);
    for (size_t i = 0; i < g["scale_scales"].size(); ++i)
      EXPECT_NEAR(packed.scale_scales[i], g["scale_scales"][i].get<float>(), 1e-6f * mean);
    for (size_t i = 0; i < g["scale_codes"].size(); ++i) {
      if (packed.scale_scales[i / kScaleBlock] == 0) continue;  // any code means zero then
      EXPECT_NEAR(packed.scale_codes[i], g["scale_codes"][i].get<int>(), 1);
    }
    std::vector<float> decoded(values.size());
    dequantise_nf4(packed, decoded);
    double abs_sum = 0;
    for (const float v : decoded) abs_sum += std::abs(v);
    EXPECT_NEAR(abs_sum, g["decoded_abs_sum"].get<double>(), 1e-5 * abs_sum);
    for (size_t i = 0; i < g["decoded"].size(); ++i)
      EXPECT_NEAR(decoded[i], g["decoded"][i].get<double>(), 1e-5 * mean);
  }
}

TEST(Nf4, DynamicTableIsTheReferences) {
  const auto table = golden("quant.json")["table"];
  for (size_t i = 0; i < 256; ++i) EXPECT_EQ(dynamic_table()[i], table[i].get<float>()) << i;
}

TEST(Nf4, ErrorIsWithinHalfAStepAndZerosStay) {
  auto values = testing::formula_values("nf4.odd", 64 * 3 + 17, 0.3f);
  for (size_t i = 64; i < 128; ++i) values[i] = 0;
  const Nf4 packed = quantise_nf4(values, false);
  std::vector<float> decoded(values.size());
  dequantise_nf4(packed, decoded);
  for (size_t i = 0; i < values.size(); ++i) {
    // The widest gap between neighbouring values is 0.304 of the scale.
    EXPECT_LE(std::abs(decoded[i] - values[i]), 0.1525f * packed.scales[i / 64]) << i;
  }
  const Nf4 again = quantise_nf4(decoded, false);
  EXPECT_EQ(again.codes, packed.codes);  // decoded values are their own nearest
}

TEST(Int8, RowsKeepTheirScale) {
  auto values = testing::formula_values("int8", 3 * 50);
  for (size_t i = 50; i < 100; ++i) values[i] = 0;
  for (size_t i = 100; i < 150; ++i) values[i] *= 1000;
  const Int8Rows packed = quantise_int8(values, 3);
  std::vector<float> decoded(values.size());
  dequantise_int8(packed, decoded);
  for (size_t i = 0; i < values.size(); ++i) {
    EXPECT_LE(std::abs(decoded[i] - values[i]), 0.50001f * packed.scales[i / 50]);
  }
  EXPECT_EQ(packed.scales[1], 0);
  EXPECT_THROW(quantise_int8(values, 7), Error);
}

}  // namespace
}  // namespace cadrecode::checkpoint
