// What CadQuery's selectors choose from a list of shapes.
//
// A Selector is a function from a list to the chosen part of it, the classes of
// cadquery/selectors.py (2.8) with their tolerances, defaults and errors. Directions are used as
// given, not normalised, as there. Order: filters keep the list's order, the n-th selectors sort by
// their key (ties keep the list's order). `and`, `or` and `except` give a Python set's arbitrary
// order in CadQuery; here it is that of the left list, then of what the right list adds.
//
// Errors are kValue where CadQuery raises ValueError or IndexError (an index beyond the clusters,
// an n-th selector over an empty list) and kGeometry where the kernel does (a direction of zero
// length).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/vec.h"
#include "geometry/brep/shape.h"

namespace cadrecode::cadquery {

using Shapes = std::vector<brep::Shape>;
using Selector = std::function<Shapes(const Shapes&)>;

constexpr double kSelectorTolerance = 0.0001;

// ">Z", "|X and <Y", …: the whole string language, selector_syntax.h. An unparsable text is a value
// error that quotes it and the column.
Selector parse_selector(const std::string& text);

// The one nearest by its centre; by distance from a shape. A value error when the list is empty.
Selector nearest_to_point(Vec3 point);
Selector nearest_to_shape(const brep::Shape& shape);
// Centre, or with `whole_bound_box` the bounding box, inside the box spanned by two corners.
Selector inside_box(Vec3 corner0, Vec3 corner1, bool whole_bound_box = false);

// Of planar faces (by normal) and straight edges (by tangent).
Selector parallel_to(Vec3 direction, double tolerance = kSelectorTolerance);
Selector aligned_with(Vec3 direction, double tolerance = kSelectorTolerance);
Selector perpendicular_to(Vec3 direction, double tolerance = kSelectorTolerance);

// geom_type() in any case: "PLANE", "circle", …
Selector of_type(const std::string& type);

// The n-th cluster of shapes whose keys differ by no more than the tolerance from the cluster's
// first; n counts from the end when negative, and `ascending` false reverses the order first.
struct Nth {
  long n = 0;
  bool ascending = true;
  double tolerance = kSelectorTolerance;
};
Selector radius_nth(const Nth& nth);  // circular edges and wires; others are left out
Selector length_nth(const Nth& nth);  // edges and wires
Selector area_nth(const Nth& nth);    // faces, shells, solids, closed planar wires
Selector center_nth(Vec3 direction, const Nth& nth);     // centre along the direction
Selector direction_nth(Vec3 direction, const Nth& nth);  // parallel_to, then center_nth
Selector extreme(Vec3 direction, bool ascending = true, double tolerance = kSelectorTolerance);

Selector everything();
Selector both(Selector left, Selector right);        // and
Selector either(Selector left, Selector right);      // or, +
Selector difference(Selector left, Selector right);  // exc, -
Selector inverse(Selector selector);                 // not, unary -

}  // namespace cadrecode::cadquery
