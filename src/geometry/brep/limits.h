// How large a shape may grow.
#pragma once

#include <cstddef>

namespace cadrecode::brep {

// Edges plus faces a single shape may have (counted with repetition) and a boolean
// operation may be given; going beyond throws kLimit. Process-wide; 0 lifts it.
void set_size_limit(size_t edges_and_faces);
size_t size_limit();  // default 200 000

}  // namespace cadrecode::brep
