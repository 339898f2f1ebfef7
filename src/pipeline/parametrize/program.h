// A parametrised model as text people read: a CadQuery function, a notebook.
#pragma once

#include <string>

#include "pipeline/parametrize/model.h"

namespace cadrecode::parametrize {

// A Python module: one function with every parameter and its default, a comment on
// what each is and how far it may go; a step a statement, a call a line; `result` is
// the function called. Runs in CadQuery 2.x and in our own interpreter.
std::string program_text(const Model& model);

// A Jupyter notebook (nbformat 4.5) with that function, a slider for each
// parameter, and the part drawn and measured as they move. Needs cadquery and
// ipywidgets. Its last cell defines `sliders` (by parameter name) and `state`
// ({"solid": …, "volume": …, "error": …}), which `update` keeps.
std::string notebook_text(const Model& model);

}  // namespace cadrecode::parametrize
