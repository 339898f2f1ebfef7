// Construction sequences of the public archives as Parts.
//
//   DeepCAD       JSON parsed from Onshape (Wu et al. 2021), metres
//   Fusion 360    Gallery reconstruction JSON (Willis et al. 2021), centimetres
//
// Both say the same things: `sequence` names extrusions, an extrusion names
// profiles of sketches, a profile's loops hold trimmed curves in the sketch's
// plane. A Part is in millimetres, for that is what a CadQuery program means.
//
// How they are read
//   profiles    the loop with the largest area is the outer one (both archives
//               mark every loop as outer); several profiles of one extrusion are
//               joined in the plane, so that neighbours share no wall
//   chains      curves in any order and direction; ends that differ by less than
//               1e-5 of the sketch's size are made one point
//   arcs        by centre, reference vector and angles, held against both ends
//   OneSide     0 ... d along the sketch's normal, d of either sign
//   Symmetric   DeepCAD: -d ... d (its own code makes it so); Fusion 360: the
//               same, or -d/2 ... d/2 where `is_full_length`
//   TwoSides    -d2 ... d1
//   NewBody     joins, as a solid is a set of points here
//   start       Fusion 360's OffsetStartDefinition moves both planes
// Refused: tapered extrusions, ellipses and splines, sketches not flat or whose
// axes are not square, profiles that do not close, and extrusions without height
// or profile. Extrusions without a profile stand in some DeepCAD files; what
// they made is not in the file, so neither is the part.
#pragma once

#include <string>
#include <string_view>

#include "base/vec.h"
#include "geometry/part/part.h"

namespace cadrecode::convert {

enum class Archive { kDeepcad, kFusion360 };

struct Sequence {
  part::Part part;  // millimetres, as drawn
  Box3 box;         // the file's own bounding box, millimetres; empty if it has none
};

// `name` is for messages. Errors: kInput with line and column for text that is
// no JSON; kInput for a key that is missing or of another type; kUnsupported and
// kGeometry for what cannot be said as a Part. Beyond the text, messages begin
// with where in it: "entities.F1_0.profiles.JGC.loops[0]: ...".
Sequence read_sequence(std::string_view json, Archive archive, const std::string& name);

}  // namespace cadrecode::convert
