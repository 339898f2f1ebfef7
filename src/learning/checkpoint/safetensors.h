// The safetensors format: reading and writing named tensors.
//
// A file is an 8-byte little-endian header length, a JSON header and the bytes
// of all tensors, row-major, little-endian, one after the other without holes
// (https://github.com/huggingface/safetensors). We accept what the reference
// implementation accepts and nothing more; the header is data from a stranger,
// so every number in it is checked before it is used, and every error is an
// Error (kInput, or kUnsupported for an element type we do not know) whose
// message names the tensor and whose place names the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "learning/checkpoint/dtype.h"

namespace cadrecode::checkpoint {

using Shape = std::vector<int64_t>;

// "[8960, 1536]"; "[]" of a scalar.
std::string to_string(const Shape& shape);

// One stored tensor. `data` points into the mapped file (or the caller's
// bytes): it lives as long as those do and need not be aligned.
struct Tensor {
  std::string name;
  DType dtype = DType::kF32;
  Shape shape;
  std::span<const std::byte> data;  // exactly count() * bytes_of(dtype)
  std::string_view file;            // where it came from, for messages

  size_t count() const { return data.size() / bytes_of(dtype); }
};

// All elements of a floating-point tensor as floats. Errors: kUnsupported
// naming tensor and file when it holds integers.
std::vector<float> floats_of(const Tensor& tensor);

// The parsed header of one file: tensors in the order of their bytes.
struct Header {
  std::vector<Tensor> tensors;
  std::map<std::string, std::string> metadata;
};

// Parses a whole file given as bytes; `file` is what messages call it and must
// outlive the result, as must `bytes`.
Header parse_safetensors(std::span<const std::byte> bytes, std::string_view file);

// The tensors of a model: one .safetensors file, or a folder that holds
// model.safetensors or model.safetensors.index.json with its shards (the first
// wins, as in transformers), or adapter_model.safetensors. Files are mapped,
// not read: opening costs the headers only. Changing a file under an open
// Weights is the caller's mistake, as with any mapping.
//
// Errors: kInput when the index names a shard that is missing, a tensor that
// its shard lacks, the same tensor stands in two shards, or a path that leaves
// the folder.
class Weights {
 public:
  static Weights open(const std::string& path);

  // By name, nullptr when absent.
  const Tensor* find(const std::string& name) const;
  // By name, of this shape. Errors: kInput naming tensor, file and both shapes.
  const Tensor& at(const std::string& name, const Shape& shape) const;
  // All, sorted by name.
  const std::vector<Tensor>& tensors() const { return tensors_; }
  // `__metadata__` of the first file.
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  // The path that was opened.
  const std::string& path() const { return path_; }

  // Tells the system that the pages of this tensor will not be read again
  // soon, so that converting a large model does not hold it twice in memory.
  void forget(const Tensor& tensor) const;

 private:
  struct File;
  void add(const std::string& path);
  void finish();

  std::string path_;
  std::vector<std::shared_ptr<const File>> files_;
  std::vector<Tensor> tensors_;
  std::map<std::string, std::string> metadata_;
};

// One tensor to be written. `bytes` is called once, when its turn comes, and
// what it returns must live until the next one is called: so a model can be
// converted while it is written. It must return count * bytes_of(dtype) bytes.
struct TensorSource {
  std::string name;
  DType dtype = DType::kF32;
  Shape shape;
  std::function<std::span<const std::byte>()> bytes;
};

using Metadata = std::map<std::string, std::string>;

// What transformers writes and expects.
inline const Metadata kTorchMetadata = {{"format", "pt"}};

// Writes one file, byte for byte as the reference does: tensors sorted by
// element type (larger first), then name; header padded with spaces to 8 bytes.
// Atomic (base/files.h). Errors: kValue for a repeated name or a wrong size,
// kInput when the system refuses.
void write_safetensors(const std::string& path, std::vector<TensorSource> tensors,
                       const Metadata& metadata = kTorchMetadata);

// Writes model.safetensors, or, when the tensors take more than
// `max_shard_bytes`, model-00001-of-0000N.safetensors … and the index, as
// transformers does (a shard is full when the next tensor would not fit; order
// as given). Every file is atomic; files of an earlier layout in the folder are
// removed last. Only sharded files over as many others are replaced one by one:
// save checkpoints to folders of their own.
void write_weights(const std::string& folder, std::vector<TensorSource> tensors,
                   size_t max_shard_bytes = size_t{5'000'000'000},
                   const Metadata& metadata = kTorchMetadata);

}  // namespace cadrecode::checkpoint
