// Parts made buildable: profiles whose loops touch, taken apart.
#pragma once

#include "geometry/part/part.h"

namespace cadrecode::fit {

// The same solid with sound profiles (part::check) where it can be had:
// regions that touch become steps of their own, holes that touch their outer
// loop or each other become cuts right after it. Loops that are faulty in
// themselves are tidied at `tolerance` and, if that does not help, left out.
// Joins that need such cuts come first, so that the cuts meet nothing else.
part::Part sound(const part::Part& part, double tolerance);

}  // namespace cadrecode::fit
