// Text as faces or solids: CadQuery's Compound.makeText and func.text.
//
// A font is found as CadQuery finds it: `font_path` if it names a readable font
// file, else the installed font of the given name and kind, else OCCT's fallbacks.
// Without any font installed: kInput with the remedy.
#pragma once

#include <string>

#include "geometry/brep/shape.h"

namespace cadrecode::brep {

struct TextOptions {
  enum class Kind { kRegular, kBold, kItalic };
  enum class Horizontal { kLeft, kCenter, kRight };
  enum class Vertical { kBottom, kCenter, kTop };
  std::string font = "Arial";
  std::string font_path;
  Kind kind = Kind::kRegular;
  Horizontal halign = Horizontal::kCenter;
  Vertical valign = Vertical::kCenter;
};

// Text of letter size `size`, extruded by `height` along the plane's normal
// (flat faces if 0), in `position`. The result is a compound.
Shape make_text(const std::string& text, double size, double height,
                const TextOptions& options = {}, const Frame& position = {});
// Flat text in the XY plane, its glyphs' faces fused and cleaned (func.text).
Shape flat_text(const std::string& text, double size, const TextOptions& options = {});
// Along an edge or wire, and optionally projected on a face (func.text with a spine).
Shape text_on_spine(const std::string& text, double size, const Shape& spine, bool planar = false,
                    const TextOptions& options = {});
Shape text_on_face(const std::string& text, double size, const Shape& spine, const Shape& base,
                   const TextOptions& options = {});

// The font file that would be used; empty if none.
std::string find_font_file(const TextOptions& options);

}  // namespace cadrecode::brep
