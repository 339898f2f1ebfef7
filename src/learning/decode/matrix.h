// A weight matrix in one of the formats decoding knows, and its product with a
// batch of columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "learning/decode/kernels.h"
#include "learning/decode/pool.h"

namespace cadrecode::decode {

enum class WeightFormat { kFloat32, kBfloat16, kInt8, kInt4 };

// "fp32", "bf16", "int8", "int4"; the inverse throws Error(kValue) listing them.
const char* to_string(WeightFormat format);
WeightFormat weight_format_from_string(const std::string& word);

// Memory for weights: on 64-byte boundaries, in large pages where the system
// gives them.
class WeightMemory {
 public:
  explicit WeightMemory(size_t bytes);
  ~WeightMemory();
  WeightMemory(const WeightMemory&) = delete;
  WeightMemory& operator=(const WeightMemory&) = delete;
  uint8_t* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  uint8_t* data_;
  size_t size_;
};

// W [rows, k].
//   kFloat32, kBfloat16  row-major as stored; may point into a mapped file
//   kInt8, kInt4         panels of 16 rows, blocks of 64 values, groups of 32
//                        with a bf16 scale: 8.5 and 4.5 bits a weight
struct Matrix {
  WeightFormat format = WeightFormat::kFloat32;
  size_t rows = 0, k = 0;
  const uint8_t* data = nullptr;
  std::shared_ptr<const void> owner;  // keeps `data` alive

  size_t bytes() const;  // read by one product
};

// Fills [rows][k] floats of the rows from `first` on; called from several
// threads.
using RowSource = std::function<void(size_t first, size_t rows, float* out)>;

// Quantises or converts rows as they come: the whole in f32 never exists.
Matrix make_matrix(WeightFormat format, size_t rows, size_t k, const RowSource& source, Pool& pool);

// One row back as floats: what the product uses.
void read_row(const Matrix& matrix, size_t row, float* out);

// Activations, [cols, k], in every format that some matrix asked for. One object
// serves product after product: its memory only grows.
class Columns {
 public:
  Columns() = default;
  Columns(const float* x, size_t cols, size_t k) { set(x, cols, k); }
  // `x` must live until the next call.
  void set(const float* x, size_t cols, size_t k);
  void prepare(WeightFormat format, const Kernels& kernels, Pool& pool);

  size_t size() const { return cols_; }
  size_t k() const { return k_; }
  const float* floats() const { return x_; }
  const uint16_t* bf16() const { return bf16_.data(); }
  std::span<const QuantizedTile> quantized() const { return quantized_; }

 private:
  void quantize(const Kernels& kernels, Pool& pool);

  const float* x_ = nullptr;
  size_t cols_ = 0, k_ = 0;
  bool has_bf16_ = false, has_codes_ = false;
  std::vector<uint16_t> bf16_;
  std::vector<int8_t> codes_;
  std::vector<float> scales_;
  std::vector<int32_t> offsets_;
  std::vector<QuantizedTile> quantized_;
};

struct Product {
  const Matrix* matrix;
  float* y;  // [cols, ldy]
  size_t ldy;
};

// All products of the same columns in one parallel stretch. Each y[c][r] is one
// fixed chain of additions (kernels.h), so neither threads nor the number of
// columns change a bit.
void multiply(std::span<const Product> products, Columns& columns, const Kernels& kernels,
              Pool& pool);

}  // namespace cadrecode::decode
