// Units of length as mesh files state them. Readers report the unit and never
// rescale; whoever needs millimetres multiplies.
#pragma once

#include <string>
#include <string_view>

namespace cadrecode::mesh {

enum class Unit { kUnknown, kMicron, kMillimeter, kCentimeter, kMeter, kInch, kFoot };

// "", "micron", "mm", "cm", "m", "inch", "foot": as printed beside a number.
const char* to_string(Unit unit);

// Accepts the names and abbreviations of every format read here, in any case
// ("millimeter", "mm", "inches", "in", …); anything else is kUnknown.
Unit unit_from_string(std::string_view word);

// Millimetres in one unit; 1 for kUnknown.
double millimeters(Unit unit);

// A unit named in a file's name or header text: "counter.unitsmm.STL",
// "bracket_mm.stl", "units=inch", "UNITS=mm". kUnknown when none is.
Unit unit_hint(std::string_view text);

}  // namespace cadrecode::mesh
