// Inside brep only: how cadquery.func unpacks its arguments (_get, _get_wires …).
#pragma once

#include <initializer_list>
#include <vector>

#include "geometry/brep/shape.h"

namespace cadrecode::brep::ops {

// The shape itself, or the members of a compound, all of which must be of `kinds`.
std::vector<Shape> get(const Shape& shape, std::initializer_list<Kind> kinds);
// The shape itself or a compound's first member.
Shape get_one(const Shape& shape, std::initializer_list<Kind> kinds);
Shape get_one_wire(const Shape& shape);
std::vector<Shape> get_wires(const Shape& shape);  // edges become wires; compounds are unpacked
std::vector<Shape> get_edges(const Shape& shape);  // wires become edges; compounds are unpacked
std::vector<Shape> get_faces(const Shape& shape);  // wires and edges become faces

// What the lower-case selectors return without a selector: the one sub-shape of that
// kind, or a compound of all.
Shape all_of(const Shape& shape, Kind kind);
Shape first_of(const Shape& shape, Kind kind);

}  // namespace cadrecode::brep::ops
