// Workplane._extrude: solids from the faces of a Workplane, by a distance or up to a face.
#pragma once

#include "language/cadquery/workplane.h"

namespace cadrecode::cadquery {

struct Extent {
  double distance = 0;   // along the plane's normal, unless `until`
  bool until = false;    // up to faces of the chain's solid:
  int index = 0;         //   the index-th one met by the normal through the face's centre,
  brep::Shape face;      //   or this one where it is not null
  bool both = false;     // to both sides
  double taper = 0;      // degrees
  bool additive = true;  // material is added, else taken away
};

// By distance: the new solids as a compound. Until: the chain's solid with the prisms added or
// removed. Uses up the pending wires (take_faces).
brep::Shape extruded(WorkplaneObject& self, const Extent& extent);

}  // namespace cadrecode::cadquery
