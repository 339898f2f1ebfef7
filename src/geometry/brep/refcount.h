#pragma once

namespace cadrecode::brep {

// From now on the kernel may run on several threads: its reference counts
// become atomic (refcount.cpp). Call before the first such thread starts.
void count_for_threads();

}  // namespace cadrecode::brep
