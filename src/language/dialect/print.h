// Part to program text: the inverse of recognise().
//
//   recognise(print(p)).part == canonical(p)     without rounding; where no
//     double gives an extrusion's far plane exactly from either near one, that
//     plane moves by one unit in the last place, and is exact from then on
//     (but for parts of which a step before the last leaves nothing: CadQuery makes
//     something else of their text, so it is not recognised)
//   print(p) == print(q)                         if canonical(p) == canonical(q)
//
// The compact form is the dialect of CAD-Recode v1.5: one line a workplane, one
// line `r=`; rectangles, circles, boxes and cylinders are written as such;
// loops start at their smallest corner and run counter-clockwise. A workplane
// lies at an extrusion's start, or at its end (and extrudes backwards) where
// that lets more steps share it.
//
//   import cadquery as cq
//   w0=cq.Workplane('YZ',origin=(-91,0,0))
//   r=w0.sketch().circle(61).push([(4,5)]).rect(6,7,mode='s').finalize().extrude(9)
//
// The readable form names dimensions at the top and gives each step a line and
// a comment; it recognises back to the same part.
#pragma once

#include <string>
#include <vector>

#include "geometry/part/part.h"

namespace cadrecode::dialect {

// Throws Error(kGeometry) for a part without steps, and Error(kUnsupported) for
// one whose first step is not a join.
std::string print(const part::Part& part);
// The same with the plane of each step given: at its end (and extruded
// backwards) where `at_end[i]`, else at its start. Data sets choose it at
// random. Steps off the world axes, and those whose far plane no double gives
// exactly from there, lie where print() puts them.
std::string print(const part::Part& part, const std::vector<bool>& at_end);
std::string print_readable(const part::Part& part);

// The part with every length a multiple of `grid` (1: integers; 0: unchanged):
// corners, centres, radii, planes along world axes. Curves that shrink to
// nothing go, arcs that become straight become lines, loops and steps without
// an inside go too. Oblique axes stay as they are.
part::Part rounded(const part::Part& part, double grid);

}  // namespace cadrecode::dialect
