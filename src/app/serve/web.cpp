#include "app/serve/web.h"

#include "pipeline/page/assets.h"

__asm__(
    ".section .rodata\n.global cadrecode_serve_html\ncadrecode_serve_html:\n.incbin "
    "\"" CADRECODE_SERVE_FOLDER
    "/viewer.html\"\n.global cadrecode_serve_html_end\ncadrecode_serve_html_end:\n.byte 0\n"
    ".global cadrecode_serve_js\ncadrecode_serve_js:\n.incbin \"" CADRECODE_SERVE_FOLDER
    "/app.js\"\n.global cadrecode_serve_js_end\ncadrecode_serve_js_end:\n.byte 0\n"
    ".global cadrecode_serve_css\ncadrecode_serve_css:\n.incbin \"" CADRECODE_SERVE_FOLDER
    "/app.css\"\n.global cadrecode_serve_css_end\ncadrecode_serve_css_end:\n.byte 0\n"
    ".global cadrecode_serve_api\ncadrecode_serve_api:\n.incbin \"" CADRECODE_SERVE_FOLDER
    "/openapi.json\"\n.global cadrecode_serve_api_end\ncadrecode_serve_api_end:\n.byte "
    "0\n.previous\n");

extern "C" {
extern const char cadrecode_serve_html[], cadrecode_serve_html_end[];
extern const char cadrecode_serve_js[], cadrecode_serve_js_end[];
extern const char cadrecode_serve_css[], cadrecode_serve_css_end[];
extern const char cadrecode_serve_api[], cadrecode_serve_api_end[];
}

namespace cadrecode::serve {

std::string openapi() { return {cadrecode_serve_api, cadrecode_serve_api_end}; }

std::string viewer_page() {
  const auto text = [](std::string_view t) { return std::string(t); };
  return page::filled(
      {cadrecode_serve_html, static_cast<size_t>(cadrecode_serve_html_end - cadrecode_serve_html)},
      {{"style",
        text(page::asset("style.css")) + std::string(cadrecode_serve_css, cadrecode_serve_css_end)},
       {"three", text(page::asset("three.js"))},
       {"viewer", text(page::asset("viewer.js"))},
       {"script", std::string(cadrecode_serve_js, cadrecode_serve_js_end)}});
}

}  // namespace cadrecode::serve
