// Text inside HTML, SVG and XML.
#pragma once

#include <string>
#include <string_view>

namespace cadrecode {

// Fit for an element's text and for attributes in either quotes: & < > " ' become
// character references.
std::string escape_markup(std::string_view text);

}  // namespace cadrecode
