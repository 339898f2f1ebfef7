// Text on a picture: DejaVu Sans from a small built-in atlas, so that a label
// looks the same on every machine.
#pragma once

#include <string>

#include "geometry/render/picture.h"

namespace cadrecode::render {

// Pixels from the first to the last advance. UTF-8; printable ASCII and
// ° ± ² ³ µ × – are known, anything else shows as '?'.
double text_width(const std::string& text, double size);

enum class Align { kLeft, kCenter, kRight };

// `size` is the em in pixels; (x, y) the baseline's left end, middle or right.
void draw_text(Picture& picture, double x, double y, double size, const std::string& text,
               Color color, Align align = Align::kLeft);

// Shortened by "..." until it fits.
std::string fitted(const std::string& text, double size, double width);

}  // namespace cadrecode::render
