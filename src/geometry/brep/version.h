#pragma once

#include <string>

namespace cadrecode::brep {

// Of the kernel this was compiled against, e.g. "7.6.3".
std::string kernel_version();

}  // namespace cadrecode::brep
