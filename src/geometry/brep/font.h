// Inside brep only: fonts found on the machine, and their glyphs as wires (FreeType).
#pragma once

#include <TopoDS_Shape.hxx>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "geometry/brep/text.h"

struct FT_FaceRec_;

namespace cadrecode::brep {

// One font file at CadQuery's rendering size: 72 points at 4800 dots an inch without
// hinting, so that one em is 4800 of its units; lengths here are those units.
class FontFace {
 public:
  explicit FontFace(const std::string& path);  // kInput if it cannot be used
  ~FontFace();
  FontFace(const FontFace&) = delete;
  FontFace& operator=(const FontFace&) = delete;

  static constexpr double kUnitsPerEm = 4800;
  float ascender() const;
  float line_spacing() const;
  // Pen advance from `symbol` to `next` (0: none), kerning included.
  float advance(char32_t symbol, char32_t next);
  // The glyph as a face or a compound of faces in the XY plane, an em being `size`;
  // null if it has no outline.
  TopoDS_Shape glyph(char32_t symbol, double size);

 private:
  FT_FaceRec_* face_ = nullptr;
  std::map<char32_t, TopoDS_Shape> glyphs_;  // of one size
  double size_ = 0;
};

}  // namespace cadrecode::brep
