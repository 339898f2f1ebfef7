// Features of any text that is a program of the dialect: finite numbers.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "evaluation/distribution/features.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace cadrecode;
  const std::string code(reinterpret_cast<const char*>(data), size);
  if (const auto row = distribution::measure(code)) {
    for (const double v : *row) {
      if (!std::isfinite(v)) std::abort();
    }
  }
  return 0;
}
