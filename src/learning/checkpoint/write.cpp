// Writing safetensors files as the reference implementation lays them out.
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "learning/checkpoint/safetensors.h"

namespace cadrecode::checkpoint {
namespace {

namespace fs = std::filesystem;

uint64_t size_of(const TensorSource& t) {
  uint64_t size = bytes_of(t.dtype);
  for (const int64_t n : t.shape) {
    if (n < 0 || __builtin_mul_overflow(size, static_cast<uint64_t>(n), &size)) {
      throw Error(ErrorKind::kValue,
                  "tensor '" + t.name + "' has no such shape: " + to_string(t.shape));
    }
  }
  return size;
}

// Length and JSON, padded to 8 bytes; the tensors are sorted already.
std::string header_bytes(const std::vector<TensorSource>& tensors, const Metadata& metadata) {
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!metadata.empty()) header["__metadata__"] = metadata;
  uint64_t offset = 0;
  for (const TensorSource& t : tensors) {
    if (t.name == "__metadata__" || header.contains(t.name)) {
      throw Error(ErrorKind::kValue, "tensor name '" + t.name + "' is taken");
    }
    const uint64_t end = offset + size_of(t);
    header[t.name] = {
        {"dtype", name_of(t.dtype)}, {"shape", t.shape}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string text;
  try {
    text = header.dump();
  } catch (const nlohmann::json::exception&) {
    throw Error(ErrorKind::kValue, "a tensor name or metadata text is not UTF-8");
  }
  text.resize((text.size() + 7) / 8 * 8, ' ');
  std::string out;
  for (int i = 0; i < 8; ++i) out += static_cast<char>(text.size() >> (8 * i) & 0xFF);
  return out + text;
}

// A file under a scratch name that vanishes unless committed.
class Scratch {
 public:
  explicit Scratch(const std::string& path) : path_(path), scratch_(scratch_name(path)) {
    file_ = std::fopen(scratch_.c_str(), "wbx");
    if (!file_) fail();
  }
  ~Scratch() {
    if (file_) std::fclose(file_), ::unlink(scratch_.c_str());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  void write(std::span<const std::byte> bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) fail();
  }
  void commit() {
    if (std::fflush(file_) != 0 || (::fsync(::fileno(file_)) != 0 && errno != EINVAL)) fail();
    std::fclose(file_);
    file_ = nullptr;
    commit_file(scratch_, path_);
  }

 private:
  [[noreturn]] void fail() const {
    const int code = errno;
    throw Error(ErrorKind::kInput, "cannot write '" + path_ + "': " + std::strerror(code),
                {path_, 0, 0});
  }
  std::string path_, scratch_;
  std::FILE* file_ = nullptr;
};

std::string shard_name(size_t index, size_t count) {
  char name[64];
  std::snprintf(name, sizeof name, "model-%05zu-of-%05zu.safetensors", index + 1, count);
  return name;
}

// Removes what an earlier save left: shards not in `keep`, and the other layout's entry.
void remove_stale(const std::string& folder, const std::set<std::string>& keep) {
  static const std::regex ours(
      "model(-[0-9]{5}-of-[0-9]{5})?\\.safetensors|model\\.safetensors\\.index\\.json");
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    const std::string name = entry.path().filename().string();
    if (std::regex_match(name, ours) && !keep.contains(name)) fs::remove(entry.path(), code);
  }
}

}  // namespace

void write_safetensors(const std::string& path, std::vector<TensorSource> tensors,
                       const Metadata& metadata) {
  std::stable_sort(tensors.begin(), tensors.end(),
                   [](const TensorSource& a, const TensorSource& b) {
                     return a.dtype != b.dtype ? a.dtype > b.dtype : a.name < b.name;
                   });
  const std::string header = header_bytes(tensors, metadata);
  Scratch file(path);
  file.write(std::as_bytes(std::span(header)));
  for (const TensorSource& t : tensors) {
    const auto bytes = t.bytes();
    if (bytes.size() != size_of(t)) {
      throw Error(ErrorKind::kValue, "tensor '" + t.name + "' of shape " + to_string(t.shape) +
                                         " came with " + std::to_string(bytes.size()) + " bytes, " +
                                         std::to_string(size_of(t)) + " are due");
    }
    file.write(bytes);
  }
  file.commit();
}

void write_weights(const std::string& folder, std::vector<TensorSource> tensors,
                   size_t max_shard_bytes, const Metadata& metadata) {
  std::vector<std::vector<TensorSource>> shards(1);
  uint64_t total = 0, filled = 0;
  for (TensorSource& t : tensors) {
    const uint64_t size = size_of(t);
    if (filled + size > max_shard_bytes && !shards.back().empty())
      shards.emplace_back(), filled = 0;
    filled += size, total += size;
    shards.back().push_back(std::move(t));
  }
  if (shards.size() == 1) {
    write_safetensors(folder + "/model.safetensors", std::move(shards[0]), metadata);
    return remove_stale(folder, {"model.safetensors"});
  }
  nlohmann::json map = nlohmann::json::object();
  std::set<std::string> names = {"model.safetensors.index.json"};
  for (size_t i = 0; i < shards.size(); ++i) {
    const std::string name = shard_name(i, shards.size());
    for (const TensorSource& t : shards[i]) {
      if (map.contains(t.name))
        throw Error(ErrorKind::kValue, "tensor name '" + t.name + "' is taken");
      map[t.name] = name;
    }
    names.insert(name);
    write_safetensors(folder + "/" + name, std::move(shards[i]), metadata);
  }
  const nlohmann::json index = {{"metadata", {{"total_size", total}}}, {"weight_map", map}};
  write_file(folder + "/model.safetensors.index.json", index.dump(2) + "\n");
  remove_stale(folder, names);
}

}  // namespace cadrecode::checkpoint
