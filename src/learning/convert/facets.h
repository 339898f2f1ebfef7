// A part with its circles cut into chords, as mesh writers cut them.
#pragma once

#include "geometry/part/part.h"

namespace cadrecode::convert {

// Circles become polygons of 360 / `degrees` corners, the first on the x axis of
// the sketch; an arc becomes floor(sweep / degrees) + 1 equal chords.
// For comparisons with coarse meshes only: a thin ring and its own mesh of 36
// corners overlap by less than 0.8, which says nothing about the ring.
part::Part faceted(const part::Part& part, double degrees);

}  // namespace cadrecode::convert
