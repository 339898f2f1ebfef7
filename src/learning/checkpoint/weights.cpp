// A model's files, mapped and looked up by name.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "learning/checkpoint/safetensors.h"

namespace cadrecode::checkpoint {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& file, const std::string& what) {
  throw Error(ErrorKind::kInput, file + ": " + what, {file, 0, 0});
}

// The folder's part of `path` must be a plain name: an index is data from a
// stranger and has no business elsewhere on the disk.
void check_plain(const std::string& index, const std::string& shard) {
  if (shard.empty() || shard == "." || shard == ".." || shard.find('/') != std::string::npos ||
      shard.find('\0') != std::string::npos) {
    fail(index, "shard '" + shard + "' is not the name of a file beside the index");
  }
}

// name -> shard of model.safetensors.index.json.
std::map<std::string, std::string> read_index(const std::string& path) {
  const nlohmann::json index =
      nlohmann::json::parse(read_file(path, size_t{100'000'000}), nullptr, false);
  if (!index.is_object() || !index.contains("weight_map") || !index["weight_map"].is_object()) {
    fail(path, "no JSON object with a weight_map");
  }
  std::map<std::string, std::string> out;
  for (const auto& [name, shard] : index["weight_map"].items()) {
    if (!shard.is_string()) fail(path, "tensor '" + name + "' has no file name");
    check_plain(path, shard.get<std::string>());
    out[name] = shard.get<std::string>();
  }
  if (out.empty()) fail(path, "an empty weight_map");
  return out;
}

}  // namespace

struct Weights::File {
  explicit File(const std::string& name) : path(name) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) fail(path, std::string("cannot be opened: ") + std::strerror(errno));
    struct stat info {};
    const bool regular = ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    size = regular ? static_cast<size_t>(info.st_size) : 0;
    void* mapped = size ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0) : nullptr;
    const int code = errno;
    ::close(fd);
    if (!regular) fail(path, "not a regular file");
    if (mapped == MAP_FAILED) fail(path, std::string("cannot be mapped: ") + std::strerror(code));
    data = static_cast<const std::byte*>(mapped);
  }
  ~File() {
    if (data) ::munmap(const_cast<std::byte*>(data), size);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  std::string path;
  const std::byte* data = nullptr;
  size_t size = 0;
};

void Weights::add(const std::string& path) {
  files_.push_back(std::make_shared<const File>(path));
  const File& file = *files_.back();
  Header header = parse_safetensors({file.data, file.size}, file.path);
  if (files_.size() == 1) metadata_ = std::move(header.metadata);
  std::move(header.tensors.begin(), header.tensors.end(), std::back_inserter(tensors_));
}

void Weights::finish() {
  std::sort(tensors_.begin(), tensors_.end(),
            [](const Tensor& a, const Tensor& b) { return a.name < b.name; });
  for (size_t i = 1; i < tensors_.size(); ++i) {
    if (tensors_[i].name == tensors_[i - 1].name) {
      fail(std::string(tensors_[i].file), "tensor '" + tensors_[i].name + "' stands in " +
                                              std::string(tensors_[i - 1].file) + " too");
    }
  }
}

Weights Weights::open(const std::string& path) {
  Weights out;
  out.path_ = path;
  std::error_code code;
  if (!fs::is_directory(path, code)) {
    out.add(path);
    out.finish();
    return out;
  }
  const std::string single = path + "/model.safetensors", index = single + ".index.json",
                    adapter = path + "/adapter_model.safetensors";
  if (fs::exists(single, code)) {
    out.add(single);
  } else if (fs::exists(index, code)) {
    const auto map = read_index(index);
    std::set<std::string> shards;
    for (const auto& [name, shard] : map) shards.insert(shard);
    for (const std::string& shard : shards) out.add(path + "/" + shard);
    out.finish();
    for (const auto& [name, shard] : map) {
      const Tensor* tensor = out.find(name);
      if (!tensor || tensor->file != path + "/" + shard) {
        fail(path + "/" + shard, "tensor '" + name + "' is missing, " + index + " places it here");
      }
    }
    return out;
  } else if (fs::exists(adapter, code)) {
    out.add(adapter);
  } else {
    fail(path,
         "holds no model.safetensors, model.safetensors.index.json or "
         "adapter_model.safetensors (a .bin checkpoint must be converted first)");
  }
  out.finish();
  return out;
}

const Tensor* Weights::find(const std::string& name) const {
  const auto it =
      std::lower_bound(tensors_.begin(), tensors_.end(), name,
                       [](const Tensor& t, const std::string& n) { return t.name < n; });
  return it != tensors_.end() && it->name == name ? &*it : nullptr;
}

const Tensor& Weights::at(const std::string& name, const Shape& shape) const {
  const Tensor* tensor = find(name);
  if (!tensor) fail(path_, "tensor '" + name + "' is missing");
  if (tensor->shape != shape) {
    fail(std::string(tensor->file), "tensor '" + name + "' has shape " + to_string(tensor->shape) +
                                        ", " + to_string(shape) + " is wanted");
  }
  return *tensor;
}

void Weights::forget(const Tensor& tensor) const {
  const auto page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<uintptr_t>(tensor.data.data());
  const uintptr_t first = (begin + page - 1) / page * page;  // whole pages of this tensor only
  const uintptr_t last = (begin + tensor.data.size()) / page * page;
  if (last > first) ::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
}

}  // namespace cadrecode::checkpoint
