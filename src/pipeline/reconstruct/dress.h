// The kernel's plain files made presentable: a colour, a table.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cadrecode::reconstruct {

// A STEP file (AP214, as brep::step_text writes it) in which every solid has a
// colour: a styled item each, in its representation's own context. What is not
// recognised stays as it is.
std::string coloured_step(std::string step);

// brep::drawing_sheet's SVG with a table of dimensions below the sheet, in columns.
std::string drawing_with_table(std::string svg,
                               const std::vector<std::pair<std::string, std::string>>& rows);

}  // namespace cadrecode::reconstruct
