// Constructors: the loops, extrusions and steps everybody writes.
#pragma once

#include <vector>

#include "geometry/part/part.h"

namespace cadrecode::part {

Loop rectangle(Vec2 center, double width, double height);  // counter-clockwise
Loop circle(Vec2 center, double radius);
Loop polygon(const std::vector<Vec2>& corners);  // at least 3, not repeated at the end
Profile profile(Loop outer, std::vector<Loop> inner = {});

// Extrusion by a signed distance from the frame's plane, as programs write it.
Extrusion extrude(const Frame& frame, Profile profile, double distance);
Step join(Extrusion e);
Step cut(Extrusion e);
Step intersect(Extrusion e);

// Axis-aligned box between two corners (extruded along z).
Extrusion box(Vec3 lo, Vec3 hi);
// Cylinder of `height` from `frame.origin` along `frame.normal`.
Extrusion cylinder(const Frame& frame, double radius, double height);

// CadQuery's named planes: "XY", "YZ", "ZX", "XZ", "YX", "ZY", "front", "back",
// "left", "right", "top", "bottom". Throws Error(kValue) for another name.
Frame named_plane(const char* name, Vec3 origin = {});

}  // namespace cadrecode::part
