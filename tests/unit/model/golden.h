// The golden models of tools/reference/model_goldens.py, made by formula.
#pragma once

#include <ATen/ATen.h>

#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/files.h"
#include "learning/checkpoint/names.h"
#include "learning/model/model.h"
#include "unit/checkpoint/formula.h"

namespace cadrecode::model {

inline constexpr int64_t kGoldenPoints = 6;
inline const std::vector<int64_t> kGoldenLengths = {15, 20, 10};

inline at::Tensor tensor_of(const std::vector<float>& values, const std::vector<int64_t>& shape) {
  const at::Tensor out = at::empty(shape, at::kFloat);
  std::memcpy(out.data_ptr(), values.data(), values.size() * sizeof(float));
  return out;
}

inline at::Tensor golden_values(const std::string& name, const std::vector<int64_t>& shape) {
  int64_t count = 1;
  for (const int64_t n : shape) count *= n;
  const at::Tensor v = tensor_of(testing::formula_values(name, static_cast<size_t>(count)), shape);
  if (name.ends_with("norm.weight") || name.find("layernorm") != std::string::npos)
    return v * 0.5 + 1;
  return v * (shape.size() == 1 ? 0.5 : 0.25);
}

inline const nlohmann::json& goldens() {
  static const auto json = nlohmann::json::parse(read_file("tests/unit/model/data/goldens.json"));
  return json;
}

inline Model golden_model(const std::string& name) {
  const auto config = checkpoint::parse_config(goldens()[name]["config"].dump(), name);
  Model model = make_model(config, 1, at::kFloat, at::kFloat, at::kCPU);
  for_each_tensor(model, [](const std::string& tensor, at::Tensor& t) {
    t.copy_(golden_values(tensor, t.sizes().vec()));
  });
  return model;
}

inline void want_gradients(Model& model) {
  for_each_tensor(model, [](const std::string&, at::Tensor& t) { t.set_requires_grad(true); });
}

inline std::map<std::string, at::Tensor> gradients(Model& model) {
  std::map<std::string, at::Tensor> out;
  for_each_tensor(model, [&](const std::string& name, at::Tensor& t) {
    out[name] = t.grad().defined() ? t.grad().clone() : at::zeros_like(t);
    t.mutable_grad() = at::Tensor();
  });
  return out;
}

inline std::vector<Sample> golden_samples(int64_t vocab) {
  std::vector<Sample> out;
  const auto points = testing::formula_values("points", 3 * kGoldenPoints * kGoldenLengths.size());
  for (size_t i = 0; i < kGoldenLengths.size(); ++i) {
    const auto text = static_cast<size_t>(kGoldenLengths[i] - kGoldenPoints);
    Sample sample;
    sample.tokens.assign(kGoldenPoints, kPointSlot);
    for (const float v : testing::formula_values("tokens" + std::to_string(i), text)) {
      sample.tokens.push_back(static_cast<int64_t>((v + 1.0) * 0.5 * static_cast<double>(vocab)));
    }
    const auto begin = points.begin() + static_cast<std::ptrdiff_t>(i * 3 * kGoldenPoints);
    sample.points.assign(begin, begin + 3 * kGoldenPoints);
    sample.first_target = kGoldenPoints + 1;
    out.push_back(std::move(sample));
  }
  return out;
}

inline double largest(const at::Tensor& difference) {
  return difference.numel() ? difference.abs().max().item().toDouble() : 0;
}

}  // namespace cadrecode::model
