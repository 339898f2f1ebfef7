// The page and the API's description, as text.
#pragma once

#include <string>

namespace cadrecode::serve {

std::string viewer_page();  // everything inside: three.js, styles, script
std::string openapi();      // OpenAPI 3.1, JSON

}  // namespace cadrecode::serve
