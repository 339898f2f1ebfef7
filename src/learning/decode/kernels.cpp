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
  (void)target;
  return 0;
}

// The kernels of the Highway target that is chosen now; `extras`: with the
// instructions Highway does not know.
Kernels fill(int64_t target, bool extras) {
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
  return kernels;
}

Kernels fill_chosen(int64_t target, bool extras) {
  hwy::SetSupportedTargetsForTest(target);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  Kernels kernels = fill(target, extras);
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  return kernels;
}

int64_t runnable_targets() { return hwy::SupportedTargets() & HWY_TARGETS; }

}  // namespace

std::vector<Kernels> all_kernels() {
  std::vector<Kernels> sets;
  const int64_t runnable = runnable_targets();
  for (int bit = 0; bit < 63; ++bit) {  // lower bits are better targets
    const int64_t target = int64_t{1} << bit;
    if (!(runnable & target)) continue;
    if (target <= HWY_AVX3) sets.push_back(fill_chosen(target, true));
    Kernels plain = fill_chosen(target, false);
    if (sets.empty() || sets.back().name != plain.name) sets.push_back(std::move(plain));
  }
  return sets;
}

const Kernels& kernels() {
  // Lower bits are better targets; Highway chooses the best by itself.
  static const Kernels best = fill(runnable_targets() & -runnable_targets(), true);
  return best;
}

}  // namespace cadrecode::decode
