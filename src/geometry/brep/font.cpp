// Which font file a name stands for, and the metrics of a font.
#include "geometry/brep/font.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <vector>

#include "base/error.h"

namespace cadrecode::brep {
namespace {

namespace fs = std::filesystem;

FT_Library library() {
  static FT_Library instance = [] {
    FT_Library made = nullptr;
    if (FT_Init_FreeType(&made) != 0) {
      throw Error(ErrorKind::kInternal, "the font library cannot be started");
    }
    return made;
  }();
  return instance;
}

std::string lower(std::string s) {
  for (char& c : s) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return s;
}

struct FontFile {
  std::string name;  // family and what the style adds beyond weight and slant, lower case
  bool bold = false, italic = false;
  std::string path;
};

// "DejaVu Sans" in style "Condensed Bold" is the font "DejaVu Sans Condensed".
std::string full_name(const FT_Face face) {
  static const std::array<const char*, 8> kCommon = {"regular", "book",   "roman",   "normal",
                                                     "bold",    "italic", "oblique", "medium"};
  std::string name = lower(face->family_name);
  std::istringstream style(lower(face->style_name ? face->style_name : ""));
  for (std::string word; style >> word;) {
    bool common = std::find(kCommon.begin(), kCommon.end(), word) != kCommon.end();
    if (!common && name.find(word) == std::string::npos) name += " " + word;
  }
  return name;
}

void add_font(const fs::path& path, std::vector<FontFile>& fonts) {
  FT_Face face = nullptr;
  if (FT_New_Face(library(), path.c_str(), 0, &face) != 0) return;
  if (face->family_name != nullptr && FT_IS_SCALABLE(face) &&
      FT_Select_Charmap(face, FT_ENCODING_UNICODE) == 0) {
    fonts.push_back({full_name(face), (face->style_flags & FT_STYLE_FLAG_BOLD) != 0,
                     (face->style_flags & FT_STYLE_FLAG_ITALIC) != 0, path.string()});
  }
  FT_Done_Face(face);
}

std::vector<FontFile> scan() {
  std::vector<fs::path> folders = {"/usr/share/fonts", "/usr/local/share/fonts"};
  if (const char* home = std::getenv("HOME")) {
    folders.push_back(fs::path(home) / ".local/share/fonts");
    folders.push_back(fs::path(home) / ".fonts");
  }
  std::vector<fs::path> files;
  for (const fs::path& folder : folders) {
    std::error_code ignored;
    for (fs::recursive_directory_iterator it(folder, ignored), end; it != end;
         it.increment(ignored)) {
      std::string ending = lower(it->path().extension());
      for (const char* known : {".ttf", ".otf", ".ttc", ".pfa", ".pfb"}) {
        if (ending == known) files.push_back(it->path());
      }
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<FontFile> fonts;
  for (const fs::path& file : files) add_font(file, fonts);
  return fonts;
}

const std::vector<FontFile>& installed() {
  static const std::vector<FontFile> fonts = scan();
  return fonts;
}

// The file of that family, with the wanted weight and slant if there is one.
const FontFile* find_family(const std::string& name, bool bold, bool italic) {
  const FontFile* plain = nullptr;
  const FontFile* any = nullptr;
  for (const FontFile& font : installed()) {
    if (font.name != name) continue;
    if (font.bold == bold && font.italic == italic) return &font;
    if (!font.bold && !font.italic && plain == nullptr) plain = &font;
    if (any == nullptr) any = &font;
  }
  return plain != nullptr ? plain : any;
}

// The kernel's substitutes for families that are not installed: by kind of letter,
// first what Windows has, then what Debian has.
std::vector<std::string> substitutes(const std::string& name) {
  for (const char* word : {"mono", "courier"}) {
    if (name.find(word) != std::string::npos) {
      return {"courier new", "dejavu sans mono", "liberation mono"};
    }
  }
  for (const char* word : {"serif", "times"}) {
    if (name.find(word) != std::string::npos && name.find("sans") == std::string::npos) {
      return {"times new roman", "dejavu serif", "liberation serif"};
    }
  }
  return {"arial", "dejavu sans", "liberation sans"};
}

bool is_usable(const std::string& path) {
  std::vector<FontFile> one;
  add_font(path, one);
  return !one.empty();
}

}  // namespace

std::string find_font_file(const TextOptions& options) {
  if (!options.font_path.empty() && is_usable(options.font_path)) return options.font_path;
  bool bold = options.kind == TextOptions::Kind::kBold;
  bool italic = options.kind == TextOptions::Kind::kItalic;
  std::vector<std::string> names = substitutes(lower(options.font));
  names.insert(names.begin(), lower(options.font));
  names.push_back("dejavu sans");
  for (const std::string& name : names) {
    if (const FontFile* font = find_family(name, bold, italic)) return font->path;
  }
  return installed().empty() ? "" : installed().front().path;
}

FontFace::FontFace(const std::string& path) {
  if (FT_New_Face(library(), path.c_str(), 0, &face_) != 0) {
    throw Error(ErrorKind::kInput, "cannot read the font file '" + path + "'");
  }
  if (FT_Select_Charmap(face_, FT_ENCODING_UNICODE) != 0 ||
      FT_Set_Char_Size(face_, 0, 72 * 64, 4800, 4800) != 0) {
    FT_Done_Face(face_);
    throw Error(ErrorKind::kInput, "the font file '" + path + "' is not a scalable Unicode font");
  }
}

FontFace::~FontFace() { FT_Done_Face(face_); }

float FontFace::ascender() const {
  return static_cast<float>(face_->ascender) * (static_cast<float>(face_->size->metrics.y_ppem) /
                                                static_cast<float>(face_->units_per_EM));
}

float FontFace::line_spacing() const {
  return static_cast<float>(face_->height) * (static_cast<float>(face_->size->metrics.y_ppem) /
                                              static_cast<float>(face_->units_per_EM));
}

float FontFace::advance(char32_t symbol, char32_t next) {
  if (FT_Load_Char(face_, symbol, FT_LOAD_NO_HINTING | FT_LOAD_TARGET_NORMAL) != 0) return 0;
  FT_Pos units = face_->glyph->advance.x;
  FT_Vector kerning{};
  if (FT_HAS_KERNING(face_) && next != 0 &&
      FT_Get_Kerning(face_, FT_Get_Char_Index(face_, symbol), FT_Get_Char_Index(face_, next),
                     FT_KERNING_UNFITTED, &kerning) == 0) {
    units += kerning.x;
  }
  return static_cast<float>(units) / 64.0f;
}

}  // namespace cadrecode::brep
