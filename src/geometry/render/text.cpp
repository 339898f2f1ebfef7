#include "geometry/render/text.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace cadrecode::render {
namespace {

struct Glyph {
  uint32_t code;
  int advance64, left, top, width, height;
  std::string_view coverage;  // [height * width] hex digits, rows from the top

  double at(int x, int y) const {
    const char c = coverage[static_cast<size_t>(y * width + x)];
    return (c <= '9' ? c - '0' : c - 'a' + 10) / 15.0;
  }
};

constexpr double kAtlasEm = 32;
constexpr Glyph kGlyphs[] = {
#include "geometry/render/font_atlas.inc"
};

const Glyph& glyph(uint32_t code) {
  for (const Glyph& g : kGlyphs) {
    if (g.code == code) return g;
  }
  return glyph('?');
}

// Code points of UTF-8; a byte that is none becomes U+FFFD.
std::vector<uint32_t> decode(const std::string& text) {
  std::vector<uint32_t> codes;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<uint8_t>(text[i++]);
    int more = lead < 0x80 ? 0 : lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : -1;
    uint32_t code = more <= 0 ? lead : lead & (0x3Fu >> more);
    if (more < 0) code = 0xFFFD;
    for (; more > 0 && i < text.size() && (static_cast<uint8_t>(text[i]) & 0xC0) == 0x80; --more) {
      code = code << 6 | (static_cast<uint8_t>(text[i++]) & 0x3F);
    }
    codes.push_back(more > 0 ? 0xFFFD : code);
  }
  return codes;
}

// The part of the glyph's ink under [x0, x1) x [y0, y1) in its own pixels.
double covered(const Glyph& g, double x0, double x1, double y0, double y1) {
  double sum = 0;
  const int i0 = std::max(0, static_cast<int>(std::floor(x0)));
  const int i1 = std::min(g.width - 1, static_cast<int>(std::ceil(x1)) - 1);
  const int j0 = std::max(0, static_cast<int>(std::floor(y0)));
  const int j1 = std::min(g.height - 1, static_cast<int>(std::ceil(y1)) - 1);
  for (int j = j0; j <= j1; ++j) {
    const double v = std::min(y1, j + 1.0) - std::max(y0, double(j));
    for (int i = i0; i <= i1; ++i) {
      sum += g.at(i, j) * v * (std::min(x1, i + 1.0) - std::max(x0, double(i)));
    }
  }
  return sum / ((x1 - x0) * (y1 - y0));
}

void draw_glyph(Picture& picture, const Glyph& g, double x, double y, double scale, Color color) {
  const double left = x + g.left * scale, top = y - g.top * scale;
  const int x1 = static_cast<int>(std::ceil(left + g.width * scale));
  const int y1 = static_cast<int>(std::ceil(top + g.height * scale));
  for (int py = static_cast<int>(std::floor(top)); py < y1; ++py) {
    for (int px = static_cast<int>(std::floor(left)); px < x1; ++px) {
      if (px < 0 || py < 0 || px >= picture.width || py >= picture.height) continue;
      const double c = covered(g, (px - left) / scale, (px + 1 - left) / scale, (py - top) / scale,
                               (py + 1 - top) / scale);
      Color& at = picture.at(px, py);
      const auto blend = [c](uint8_t a, uint8_t b) {
        return static_cast<uint8_t>(a + (b - a) * std::clamp(c, 0.0, 1.0) + 0.5);
      };
      at = {blend(at.r, color.r), blend(at.g, color.g), blend(at.b, color.b)};
    }
  }
}

}  // namespace

double text_width(const std::string& text, double size) {
  double width = 0;
  for (uint32_t code : decode(text)) width += glyph(code).advance64 / 64.0;
  return width * size / kAtlasEm;
}

void draw_text(Picture& picture, double x, double y, double size, const std::string& text,
               Color color, Align align) {
  const double scale = size / kAtlasEm;
  if (align != Align::kLeft) {
    x -= text_width(text, size) * (align == Align::kCenter ? 0.5 : 1);
  }
  for (uint32_t code : decode(text)) {
    const Glyph& g = glyph(code);
    draw_glyph(picture, g, x, y, scale, color);
    x += g.advance64 / 64.0 * scale;
  }
}

std::string fitted(const std::string& text, double size, double width) {
  if (text_width(text, size) <= width) return text;
  std::string head = text;
  while (!head.empty() && text_width(head + "...", size) > width) head.pop_back();
  return head + "...";
}

}  // namespace cadrecode::render
