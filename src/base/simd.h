// Highway for files with run-time dispatch; after HWY_TARGET_INCLUDE is defined.
// Read once a target, so it has no guard.
//
// Built are AVX-512, AVX2 and portable code (with GCC one lane at a time); NEON
// on Arm. In between lie machines that are gone, and vectors without a size at compile time are left
// out because small arrays of registers need one.
#ifndef HWY_DISABLED_TARGETS
#define HWY_DISABLED_TARGETS \
  (HWY_SSSE3 | HWY_SSE4 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#endif

#include <hwy/foreach_target.h>
#include <hwy/highway.h>
