// Any bytes as a safetensors file or one of the JSON files beside it: a result
// whose every byte may be touched, or an Error. The first byte chooses.
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "learning/checkpoint/adapter.h"
#include "learning/checkpoint/config.h"
#include "learning/checkpoint/names.h"
#include "learning/checkpoint/safetensors.h"

using namespace cadrecode;
using namespace cadrecode::checkpoint;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void read_tensors(const uint8_t* data, size_t size) {
  const Header header = parse_safetensors(std::as_bytes(std::span(data, size)), "fuzz.safetensors");
  size_t covered = 0;
  for (const Tensor& t : header.tensors) {
    uint64_t count = 1;
    for (const int64_t n : t.shape) count *= static_cast<uint64_t>(n);
    require(count == t.count());
    unsigned sum = 0;
    for (const std::byte b : t.data) sum += static_cast<unsigned>(b);
    covered += t.data.size() + (sum & 0);
  }
  require(covered < size);
}

void read_json(int which, const std::string& text) {
  if (which == 1) {
    const ModelConfig config = parse_config(text, "fuzz.json");
    const std::string written = config_text(config);
    require(config_text(parse_config(written, "fuzz.json")) == written);
    require(parameter_count(config) > 0);
  } else if (which == 2) {
    const GenerationConfig config = parse_generation_config(text, "fuzz.json");
    parse_generation_config(generation_config_text(config), "fuzz.json");
  } else {
    const AdapterConfig config = parse_adapter_config(text, "fuzz.json");
    require(parse_adapter_config(adapter_config_text(config), "fuzz.json").r == config.r);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  try {
    if (data[0] % 4 == 0) {
      read_tensors(data + 1, size - 1);
    } else {
      read_json(data[0] % 4, std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
    }
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::kInput || error.kind() == ErrorKind::kUnsupported ||
            error.kind() == ErrorKind::kSyntax);
    require(!error.place().file.empty());
  }
  return 0;
}
