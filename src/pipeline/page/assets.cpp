#include "pipeline/page/assets.h"

#include <map>

#include "base/error.h"

// The assembler reads the files; each is text[NAME] to text_end[NAME].
#define CADRECODE_ASSET(symbol, file)                                               \
  __asm__(".section .rodata\n.balign 16\n.global cadrecode_asset_" symbol           \
          "\ncadrecode_asset_" symbol ":\n.incbin \"" file                          \
          "\"\n.global cadrecode_asset_end_" symbol "\ncadrecode_asset_end_" symbol \
          ":\n.byte 0\n.previous\n");

CADRECODE_ASSET("three", CADRECODE_VENDOR_FOLDER "/three.js")
CADRECODE_ASSET("manifold", CADRECODE_VENDOR_FOLDER "/manifold.js")
CADRECODE_ASSET("wasm", CADRECODE_VENDOR_FOLDER "/manifold.wasm")
CADRECODE_ASSET("viewer", CADRECODE_WEB_FOLDER "/viewer.js")
CADRECODE_ASSET("style", CADRECODE_WEB_FOLDER "/style.css")
CADRECODE_ASSET("sliders_html", CADRECODE_WEB_FOLDER "/sliders.html")
CADRECODE_ASSET("sliders_js", CADRECODE_WEB_FOLDER "/sliders.js")
CADRECODE_ASSET("compare_html", CADRECODE_WEB_FOLDER "/compare.html")
CADRECODE_ASSET("compare_js", CADRECODE_WEB_FOLDER "/compare.js")
CADRECODE_ASSET("index_html", CADRECODE_WEB_FOLDER "/index.html")

#define CADRECODE_DECLARE(symbol)               \
  extern const char cadrecode_asset_##symbol[]; \
  extern const char cadrecode_asset_end_##symbol[];
extern "C" {
CADRECODE_DECLARE(three)
CADRECODE_DECLARE(manifold)
CADRECODE_DECLARE(wasm)
CADRECODE_DECLARE(viewer)
CADRECODE_DECLARE(style)
CADRECODE_DECLARE(sliders_html)
CADRECODE_DECLARE(sliders_js)
CADRECODE_DECLARE(compare_html)
CADRECODE_DECLARE(compare_js)
CADRECODE_DECLARE(index_html)
}
#undef CADRECODE_DECLARE
#undef CADRECODE_ASSET

namespace cadrecode::page {

std::string_view asset(const std::string& name) {
#define CADRECODE_VIEW(symbol)               \
  std::string_view(cadrecode_asset_##symbol, \
                   static_cast<size_t>(cadrecode_asset_end_##symbol - cadrecode_asset_##symbol))
  static const std::map<std::string, std::string_view> kAssets = {
      {"three.js", CADRECODE_VIEW(three)},        {"manifold.js", CADRECODE_VIEW(manifold)},
      {"manifold.wasm", CADRECODE_VIEW(wasm)},    {"viewer.js", CADRECODE_VIEW(viewer)},
      {"style.css", CADRECODE_VIEW(style)},       {"sliders.html", CADRECODE_VIEW(sliders_html)},
      {"sliders.js", CADRECODE_VIEW(sliders_js)}, {"compare.html", CADRECODE_VIEW(compare_html)},
      {"compare.js", CADRECODE_VIEW(compare_js)}, {"index.html", CADRECODE_VIEW(index_html)}};
#undef CADRECODE_VIEW
  const auto at = kAssets.find(name);
  if (at == kAssets.end()) throw Error(ErrorKind::kInternal, "there is no asset '" + name + "'");
  return at->second;
}

std::string filled(std::string_view text,
                   const std::vector<std::pair<std::string, std::string>>& values) {
  std::string out;
  for (size_t at = 0;;) {
    const size_t open = text.find("{{", at), close = text.find("}}", open);
    out += text.substr(at, open == std::string_view::npos ? open : open - at);
    if (open == std::string_view::npos) return out;
    const std::string name(text.substr(open + 2, close - open - 2));
    bool found = false;
    for (const auto& [key, value] : values) {
      if (key != name) continue;
      out += value;
      found = true;
    }
    if (!found) throw Error(ErrorKind::kInternal, "a page has no value for '" + name + "'");
    at = close + 2;
  }
}

std::string in_script(std::string text) {
  // "</script>" and "<!--" would end or bend the element
  for (size_t at = 0; (at = text.find('<', at)) != std::string::npos; at += 6)
    text.replace(at, 1, "\\u003c");
  return text;
}

std::string base64(std::string_view bytes) {
  static constexpr char kLetters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    unsigned word = 0;
    for (size_t k = 0; k < 3; ++k)
      word = word << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (size_t k = 0; k < 4; ++k)
      out += i + k > bytes.size() ? '=' : kLetters[word >> (18 - 6 * k) & 63];
  }
  return out;
}

}  // namespace cadrecode::page
