#include "learning/decode/matrix.h"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <new>

#include "base/error.h"
#include "learning/decode/pack.h"

namespace cadrecode::decode {
namespace {

size_t round_up(size_t n, size_t step) { return (n + step - 1) / step * step; }

size_t block_bytes(WeightFormat format) {
  return format == WeightFormat::kInt8 ? kInt8BlockBytes : kInt4BlockBytes;
}

bool is_packed(WeightFormat format) {
  return format == WeightFormat::kInt8 || format == WeightFormat::kInt4;
}

size_t panel_bytes(const Matrix& m) {
  return round_up(m.k, kBlock) / kBlock * block_bytes(m.format);
}

constexpr const char* kNames[] = {"fp32", "bf16", "int8", "int4"};

}  // namespace

const char* to_string(WeightFormat format) { return kNames[static_cast<size_t>(format)]; }

WeightFormat weight_format_from_string(const std::string& word) {
  for (size_t i = 0; i < 4; ++i) {
    if (word == kNames[i]) return static_cast<WeightFormat>(i);
  }
  throw Error(ErrorKind::kValue,
              "no weight format is called '" + word + "': use fp32, bf16, int8 or int4");
}

WeightMemory::WeightMemory(size_t bytes) : size_(bytes) {
  constexpr size_t kLargePage = size_t{2} << 20;
  const size_t alignment = bytes >= kLargePage ? kLargePage : 64;
  data_ = static_cast<uint8_t*>(::operator new (round_up(std::max<size_t>(bytes, 1), alignment),
                                                std::align_val_t{alignment}));
  if (bytes >= kLargePage) madvise(data_, round_up(bytes, alignment), MADV_HUGEPAGE);
}

WeightMemory::~WeightMemory() {
  constexpr size_t kLargePage = size_t{2} << 20;
  ::operator delete (data_, std::align_val_t{size_ >= kLargePage ? kLargePage : 64});
}

size_t Matrix::bytes() const {
  if (is_packed(format)) return round_up(rows, kPanelRows) / kPanelRows * panel_bytes(*this);
  return rows * k * (format == WeightFormat::kFloat32 ? 4 : 2);
}

Matrix make_matrix(WeightFormat format, size_t rows, size_t k, const RowSource& source,
                   Pool& pool) {
  Matrix m{format, rows, k, nullptr, nullptr};
  auto memory = std::make_shared<WeightMemory>(m.bytes());
  uint8_t* out = memory->data();
  m.data = out;
  m.owner = memory;
  const Kernels& kernel = kernels();
  pool.run((rows + kPanelRows - 1) / kPanelRows, rows * k, [&](size_t panel, size_t) {
    const size_t first = panel * kPanelRows, count = std::min(kPanelRows, rows - first);
    std::vector<float> values(kPanelRows * k);
    source(first, count, values.data());
    if (format == WeightFormat::kFloat32) {
      std::memcpy(out + first * k * 4, values.data(), count * k * 4);
    } else if (format == WeightFormat::kBfloat16) {
      kernel.to_bf16(values.data(), count * k, reinterpret_cast<uint16_t*>(out) + first * k);
    } else {
      uint8_t* to = out + panel * panel_bytes(m);
      format == WeightFormat::kInt8 ? pack_int8(values.data(), count, k, to)
                                    : pack_int4(values.data(), count, k, to);
    }
  });
  return m;
}

void read_row(const Matrix& m, size_t row, float* out) {
  if (m.format == WeightFormat::kFloat32) {
    std::memcpy(out, m.data + row * m.k * 4, m.k * 4);
  } else if (m.format == WeightFormat::kBfloat16) {
    for (size_t i = 0; i < m.k; ++i) {
      uint16_t bits;
      std::memcpy(&bits, m.data + 2 * (row * m.k + i), 2);
      out[i] = std::bit_cast<float>(uint32_t{bits} << 16);
    }
  } else {
    const uint8_t* panel = m.data + row / kPanelRows * panel_bytes(m);
    m.format == WeightFormat::kInt8 ? unpack_int8(panel, row % kPanelRows, m.k, out)
                                    : unpack_int4(panel, row % kPanelRows, m.k, out);
  }
}

void Columns::set(const float* x, size_t cols, size_t k) {
  x_ = x, cols_ = cols, k_ = k;
  has_bf16_ = has_codes_ = false;
}

namespace {
template <typename T>
T* at_least(std::vector<T>& memory, size_t size) {
  if (memory.size() < size) memory.resize(size);
  return memory.data();
}
}  // namespace

void Columns::prepare(WeightFormat format, const Kernels& kernels, Pool& pool) {
  if (format == WeightFormat::kBfloat16 && !has_bf16_) {
    uint16_t* out = at_least(bf16_, cols_ * k_);
    pool.run(cols_, k_ * cols_,
             [&](size_t c, size_t) { kernels.to_bf16(x_ + c * k_, k_, out + c * k_); });
    has_bf16_ = true;
  }
  if (is_packed(format) && !has_codes_) quantize(kernels, pool);
}

void Columns::quantize(const Kernels& kernels, Pool& pool) {
  const size_t padded = round_up(k_, kBlock), groups = padded / kGroup;
  int8_t* codes = at_least(codes_, cols_ * padded);
  float* scales = at_least(scales_, cols_ * groups);
  int32_t* offsets = at_least(offsets_, cols_ * groups);
  quantized_.assign((cols_ + kTileColumns - 1) / kTileColumns, {});
  for (size_t t = 0; t < quantized_.size(); ++t) {
    const size_t first = t * kTileColumns;
    quantized_[t] = {std::min(kTileColumns, cols_ - first), codes + first * padded,
                     scales + first * groups, offsets + first * groups};
  }
  pool.run(cols_, k_ * cols_, [&](size_t c, size_t) {
    thread_local std::vector<int8_t> column_codes;
    thread_local std::vector<float> column_scales;
    thread_local std::vector<int32_t> column_offsets;
    kernels.quantize(x_ + c * k_, k_, at_least(column_codes, padded),
                     at_least(column_scales, groups), at_least(column_offsets, groups));
    const size_t first = c / kTileColumns * kTileColumns, at = c - first;
    const size_t width = std::min(kTileColumns, cols_ - first);
    for (size_t q = 0; q < padded / 4; ++q)
      std::memcpy(codes + first * padded + 4 * (q * width + at), column_codes.data() + 4 * q, 4);
    for (size_t g = 0; g < groups; ++g) {
      scales[first * groups + g * width + at] = column_scales[g];
      offsets[first * groups + g * width + at] = column_offsets[g];
    }
  });
  has_codes_ = true;
}

namespace {

// Rows one thread takes at a time: enough bytes to be worth it, few enough
// that threads end together.
size_t rows_of_piece(const Matrix& m, size_t cols, size_t threads) {
  const size_t row_bytes = std::max<size_t>(1, m.bytes() / std::max<size_t>(1, m.rows));
  const size_t by_bytes = (size_t{96} << 10) / row_bytes / (cols > 32 ? 4 : 1);
  const size_t by_share = m.rows / (4 * threads);
  return round_up(std::max<size_t>(1, std::min(std::max(by_bytes, size_t{1}), by_share)),
                  cols > 32 ? 64 : kPanelRows);
}

void multiply_rows(const Product& p, size_t first, size_t rows, const Columns& x,
                   const Kernels& kernels) {
  const Matrix& m = *p.matrix;
  float* y = p.y + first;
  if (m.format == WeightFormat::kFloat32) {
    kernels.dot_f32(reinterpret_cast<const float*>(m.data) + first * m.k, rows, m.k, x.floats(),
                    m.k, x.size(), y, p.ldy);
  } else if (m.format == WeightFormat::kBfloat16) {
    kernels.dot_bf16(reinterpret_cast<const uint16_t*>(m.data) + first * m.k, rows, m.k, x.bf16(),
                     m.k, x.size(), y, p.ldy);
  } else {
    const auto dot = m.format == WeightFormat::kInt8 ? kernels.dot_int8 : kernels.dot_int4;
    const size_t blocks = round_up(m.k, kBlock) / kBlock;
    for (size_t r = 0; r < rows; r += kPanelRows) {
      const uint8_t* panel = m.data + (first + r) / kPanelRows * panel_bytes(m);
      for (size_t t = 0; t < x.quantized().size(); ++t) {
        dot(panel, blocks, x.quantized()[t], y + t * kTileColumns * p.ldy + r, p.ldy,
            std::min(kPanelRows, rows - r));
      }
    }
  }
}

}  // namespace

void multiply(std::span<const Product> products, Columns& columns, const Kernels& kernels,
              Pool& pool) {
  struct Piece {
    const Product* product;
    size_t first, rows;
  };
  std::vector<Piece> pieces;
  size_t work = 0;
  for (const Product& p : products) {
    columns.prepare(p.matrix->format, kernels, pool);
    work += p.matrix->rows * p.matrix->k * columns.size();
    const size_t step = rows_of_piece(*p.matrix, columns.size(), pool.threads());
    for (size_t r = 0; r < p.matrix->rows; r += step)
      pieces.push_back({&p, r, std::min(step, p.matrix->rows - r)});
  }
  pool.run(pieces.size(), work, [&](size_t i, size_t) {
    multiply_rows(*pieces[i].product, pieces[i].first, pieces[i].rows, columns, kernels);
  });
}

}  // namespace cadrecode::decode
