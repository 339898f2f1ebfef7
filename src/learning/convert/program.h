// A converted part as a program, in the two forms.
#pragma once

#include <optional>
#include <string>

#include "geometry/part/part.h"
#include "learning/dataset/row.h"

namespace cadrecode::convert {

// exact      its own millimetres and place; lengths rounded to a decimal grid of
//            at most 1e-7 of the part's size, so that the text stays readable
// quantised  as CAD-Recode v1.5: the box centred at the origin, the longest side
//            200, every length an integer
enum class Form { kExact, kQuantised };

struct Program {
  std::string code;  // v1.5 dialect; recognises back to `part`
  part::Part part;   // canonical
  Box3 box;
  double volume = 0;
  // Of the quantised form with the part as it was, in its scale; 1 for exact.
  double iou = 1;
};

// Errors: kGeometry, saying which step, where the part (or its rounded form) is
// not a valid solid, or rounding loses more than half of it; kUnsupported where
// the text does not read back as the part.
Program to_program(const part::Part& part, Form form);

// The row of a program somebody else wrote, with its text as it is. A program of
// the sketch-and-extrude kind gets box, volume and hash and is refused
// (kGeometry) if it is no valid solid; any other comes without them, for the
// kernel to measure. Throws kSyntax for text that is no program.
dataset::Row read_program(const std::string& code, std::string id, std::string source);

// The row of a program: facts and hash; id and source from the caller.
dataset::Row to_row(const Program& program, std::string id, std::string source);

}  // namespace cadrecode::convert
