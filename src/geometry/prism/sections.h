// Integrals of scenes that one dimension does not settle: cross-sections are
// integrated themselves.
#pragma once

#include <functional>

#include "geometry/prism/bands.h"

namespace cadrecode::prism {

// Steps along all three axes: at each node of s the cross-section is a scene of
// its own with slab axis q, where profiles along s are curves p(q) and all
// others rectangles; its area is exact. Between events of s the area is smooth
// but for moving corners that cross a curve.
// With oblique steps: by lines on the faces (faces.h).
Overlap overlap_by_sections(const Scene& scene);

// The solid (owner 0) as weighted lines along p; with oblique steps they are cut
// exactly, on a grid of Gauss nodes between the events of s and of q: on_line(weight, s, q, p0,
// p1).
using OnLine = std::function<void(double, double, double, double, double)>;
void moments_by_sections(const Scene& scene, const OnLine& on_line);

// The cross-section of `scene` at s as a scene over (q, p) (no oblique steps).
void cross_section(const Scene& scene, double s, Scene& section);

}  // namespace cadrecode::prism
