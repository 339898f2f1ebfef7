// The standard modules a program may import. Each is built when first used.
#pragma once

#include "language/interpreter/object.h"

namespace cadrecode::interpreter {

const Module& math_module();
const Module& random_module();
const Module& itertools_module();
const Module& functools_module();
const Module& typing_module();       // names for annotations; they do nothing
const Module& collections_module();  // namedtuple, defaultdict, OrderedDict, Counter, deque
const Module& dataclasses_module();
const Module& enum_module();
const Module& copy_module();
const Module& operator_module();
const Module& future_module();
const Module& numpy_module();  // a small subset, see module_numpy.cpp
const Module& numpy_linalg_module();

}  // namespace cadrecode::interpreter
