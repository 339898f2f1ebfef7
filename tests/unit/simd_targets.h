// Runs the same check on every instruction set this machine and build have.
#pragma once

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cstdint>

namespace cadrecode {

template <typename Check>
void on_each_simd_target(const Check& check) {
  constexpr int64_t kPortable = HWY_SCALAR | HWY_EMU128;  // whichever was built
  for (const int64_t target : {int64_t{HWY_AVX3}, int64_t{HWY_AVX2}, kPortable}) {
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().DeInit();
    if (target != kPortable && !(hwy::SupportedTargets() & target)) continue;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().DeInit();
    SCOPED_TRACE(target == kPortable ? "portable" : hwy::TargetName(target));
    check();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().DeInit();
}

}  // namespace cadrecode
