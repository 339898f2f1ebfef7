#include "geometry/brep/text.h"

#include <BRepPrimAPI_MakePrism.hxx>
#include <BRep_Builder.hxx>
#include <TopoDS_Compound.hxx>
#include <algorithm>
#include <gp_Trsf.hxx>

#include "geometry/brep/boolean.h"
#include "geometry/brep/curve.h"
#include "geometry/brep/face.h"
#include "geometry/brep/font.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/ops.h"
#include "geometry/brep/ops_detail.h"
#include "geometry/brep/transform.h"

namespace cadrecode::brep {
namespace {

std::vector<char32_t> decode(const std::string& utf8) {
  std::vector<char32_t> symbols;
  for (size_t i = 0; i < utf8.size();) {
    auto lead = static_cast<unsigned char>(utf8[i++]);
    int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    char32_t symbol = more == 0 ? lead : lead & (0x3F >> more);
    for (; more > 0 && i < utf8.size(); --more) {
      symbol = symbol << 6 | (static_cast<unsigned char>(utf8[i++]) & 0x3F);
    }
    symbols.push_back(symbol);
  }
  return symbols;
}

bool is_control(char32_t c) {
  return c == '\r' || c == '\a' || c == '\f' || c == '\b' || c == '\v';
}

struct Placed {
  char32_t symbol;
  float x, y;
};

// Pen positions on one endless line, then lines cut at line feeds and aligned, all in
// single precision as in the kernel's formatter.
class Layout {
 public:
  Layout(const std::string& text, FontFace& font, const TextOptions& options)
      : ascender_(font.ascender()), spacing_(font.line_spacing()), options_(options) {
    for (char32_t symbol : decode(text)) {
      if (!is_control(symbol)) symbols_.push_back({symbol, 0, 0});
    }
    run_pen(font);
    align();
  }

  const std::vector<Placed>& symbols() const { return symbols_; }

 private:
  void run_pen(FontFace& font) {
    int column = 0;
    float pen = 0;
    for (size_t i = 0; i < symbols_.size(); ++i) {
      char32_t symbol = symbols_[i].symbol;
      // After the last symbol the formatter still looks at it as the next one,
      // unless it is the only one.
      char32_t next = i + 1 < symbols_.size() ? symbols_[i + 1].symbol : i == 0 ? 0 : symbol;
      float advance = 0;
      if (symbol == '\n') {
        column = 0;
        line_ends_.push_back(pen);
      } else if (symbol == '\t') {
        int spaces = 8 - (column - 1) % 8;
        advance = font.advance(' ', next) * static_cast<float>(spaces);
        column += spaces;
      } else {
        advance = font.advance(symbol, next);
      }
      ++column;
      symbols_[i].x = pen;
      pen += advance;
    }
    line_ends_.push_back(pen);
  }

  float widest() const {
    float width = line_ends_[0];
    for (size_t i = 1; i < line_ends_.size(); ++i) {
      width = std::max(width, line_ends_[i] - line_ends_[i - 1]);
    }
    return width;
  }

  void align() {
    float width = widest(), pen_y = -ascender_;
    size_t first = 0;
    for (float end : line_ends_) {
      size_t last = first;
      while (last < symbols_.size() && symbols_[last].symbol != '\n') ++last;
      if (first < symbols_.size()) {
        last = std::min(last + 1, symbols_.size());
        float left = symbols_[first].x, shift = -left;
        if (options_.halign == TextOptions::Horizontal::kRight) {
          shift = -left + (width - (end - left)) - width;
        } else if (options_.halign == TextOptions::Horizontal::kCenter) {
          shift = -left + 0.5f * (width - (end - left)) - 0.5f * width;
        }
        for (size_t i = first; i < last; ++i) symbols_[i].x += shift, symbols_[i].y += pen_y;
        first = last;
      }
      pen_y -= spacing_;
    }
    float up = 0;
    if (options_.valign == TextOptions::Vertical::kBottom) up = -spacing_ - pen_y;
    if (options_.valign == TextOptions::Vertical::kCenter) {
      up = 0.5f * (spacing_ * static_cast<float>(line_ends_.size()));
    }
    for (Placed& symbol : symbols_) symbol.y += up;
  }

  std::vector<Placed> symbols_;
  std::vector<float> line_ends_;  // pen position where each line ends
  float ascender_, spacing_;
  const TextOptions& options_;
};

Shape glyph_faces(const std::string& text, double size, const TextOptions& options) {
  checked(size, "the text size");
  std::string file = find_font_file(options);
  if (file.empty()) {
    throw Error(ErrorKind::kInput,
                "text needs a font and none is installed; install one (for example the Debian "
                "package fonts-dejavu-core)");
  }
  FontFace font(file);
  TopoDS_Compound result;
  BRep_Builder builder;
  builder.MakeCompound(result);
  if (size <= 1e-5) return wrap(result);  // the kernel's smallest font
  Layout layout(text, font, options);
  double scale = size / FontFace::kUnitsPerEm;
  for (const Placed& placed : layout.symbols()) {
    if (placed.symbol == '\n' || placed.symbol == ' ' || placed.symbol == '\t') continue;
    TopoDS_Shape glyph = font.glyph(placed.symbol, size);
    if (glyph.IsNull()) continue;
    gp_Trsf shift;
    shift.SetTranslation(gp_Vec(placed.x * scale, placed.y * scale, 0));
    builder.Add(result, glyph.Moved(shift));
  }
  check_size(result, "make text");
  return wrap(result);
}

}  // namespace

Shape make_text(const std::string& text, double size, double height, const TextOptions& options,
                const Frame& position) {
  return guarded("make text", [&] {
    Shape flat = glyph_faces(text, size, options);
    Transform place = Transform::to_world(position);
    if (checked(height, "the height") == 0) return transform_shape(flat, place);
    std::vector<Shape> faces = flat.faces();
    if (faces.empty()) fail_value("the text has no visible letters to extrude");
    gp_Vec along = to_vec(normal_at(faces[0]) * height);
    return transform_shape(wrap(BRepPrimAPI_MakePrism(occ(flat), along).Shape()), place);
  });
}

Shape flat_text(const std::string& text, double size, const TextOptions& options) {
  return guarded("make text", [&] {
    Shape faces = make_compound(normalized_shape(glyph_faces(text, size, options)).faces());
    return ops::clean(fuse(faces, {}));
  });
}

Shape text_on_spine(const std::string& text, double size, const Shape& spine, bool planar,
                    const TextOptions& options) {
  Shape wire = ops::get_one_wire(spine);
  double whole = length(wire);
  std::vector<Shape> placed;
  for (const Shape& face : flat_text(text, size, options).faces()) {
    double x = bounding_box(face).center().x;
    Shape turned = moved(moved(face, Location(Vec3{-x, 0, 0}, Vec3{})),
                         Location(Vec3{}, Vec3{planar ? -90.0 : 0.0, -90.0, 0}));
    placed.push_back(moved(turned, location_at(wire, x / whole)));
  }
  return normalized_shape(make_compound(placed));
}

Shape text_on_face(const std::string& text, double size, const Shape& spine, const Shape& base,
                   const TextOptions& options) {
  Shape target = ops::get_one(base, {Kind::kFace});
  std::vector<Shape> projected;
  for (const Shape& face : text_on_spine(text, size, spine, false, options).faces()) {
    projected.push_back(face_project(face, target, normal_at(face)));
  }
  return normalized_shape(make_compound(projected));
}

}  // namespace cadrecode::brep
