// The font arguments that Workplane.text, Compound.makeText and func.text share.
#pragma once

#include <string_view>

#include "geometry/brep/text.h"
#include "language/interpreter/arguments.h"

namespace cadrecode::cadquery {

// From `font`, `kind`, `halign`, `valign` and the path argument named `path`. A value error for an
// unknown kind.
brep::TextOptions text_options(const interpreter::Arguments& a, std::string_view path);

}  // namespace cadrecode::cadquery
