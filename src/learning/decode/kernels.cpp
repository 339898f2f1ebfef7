#include "learning/decode/kernels.h"

#include <hwy/highway.h>

#include "learning/decode/kernels_parts.h"

namespace cadrecode::decode {
namespace {

bool has_native_bf16() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16");
#else
  return false;
#endif
}

int integer_level(int64_t target) {
#if defined(__x86_64__)
  if (target <= HWY_AVX3 && __builtin_cpu_supports("avx512vnni")) return 2;
  if (target <= HWY_AVX2) return 1;
#endif
  return target == 0 ? 1 : 0;
}

// The kernels of one Highway target; `extras`: with the instructions Highway
// does not know.
Kernels make(int64_t target, bool extras) {
  hwy::SetSupportedTargetsForTest(target);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  Kernels kernels;
  kernels.name = hwy::TargetName(target);
  fill_dense(kernels);
  fill_vector(kernels);
  int level = integer_level(target);
  if (!extras && level > 1) level = 1;
  fill_integer(kernels, level);
  if (extras && target <= HWY_AVX3 && has_native_bf16() && fill_native_bf16(kernels))
    kernels.name += "+BF16";
  if (level > 1) kernels.name += "+VNNI";
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  return kernels;
}

}  // namespace

std::vector<Kernels> all_kernels() {
  std::vector<Kernels> sets;
  const int64_t runnable = hwy::SupportedTargets() & HWY_TARGETS;
  for (int bit = 0; bit < 63; ++bit) {  // lower bits are better targets
    const int64_t target = int64_t{1} << bit;
    if (!(runnable & target)) continue;
    if (target <= HWY_AVX3) sets.push_back(make(target, true));
    sets.push_back(make(target, false));
  }
  return sets;
}

const Kernels& kernels() {
  static const Kernels best = all_kernels().front();
  return best;
}

}  // namespace cadrecode::decode
