// How the sets of kernels are put together from their files. Private.
#pragma once

#include "learning/decode/kernels.h"

namespace cadrecode::decode {

// Each fills its fields for the Highway target that is chosen when called.
void fill_dense(Kernels& kernels);
void fill_vector(Kernels& kernels);

// Integer products; `level`: 0 portable, 1 AVX2, 2 AVX-512 with VNNI.
void fill_integer(Kernels& kernels, int level);

// Replaces dot_bf16 by the AVX512_BF16 instruction's. False where not built.
bool fill_native_bf16(Kernels& kernels);

}  // namespace cadrecode::decode
