#include "pipeline/reconstruct/dress.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace cadrecode::reconstruct {
namespace {

constexpr const char* kColour = "0.56,0.69,0.82";  // of the pages' parts

// The number after the '#' at `at`; 0 where there is none.
int reference(std::string_view text, size_t at) {
  int id = 0;
  if (at < text.size() && text[at] == '#')
    std::from_chars(text.data() + at + 1, text.data() + text.size(), id);
  return id;
}

std::vector<int> references(std::string_view text) {
  std::vector<int> out;
  for (size_t at = 0; (at = text.find('#', at)) != std::string_view::npos; ++at)
    out.push_back(reference(text, at));
  return out;
}

// Entities that style `solids`, from number `next` on.
std::string styles(const std::vector<int>& solids, int context, int& next) {
  const int rgb = next;
  std::string out = fmt::format(
      "#{} = COLOUR_RGB('',{});\n#{} = FILL_AREA_STYLE_COLOUR('',#{});\n"
      "#{} = FILL_AREA_STYLE('',(#{}));\n#{} = SURFACE_STYLE_FILL_AREA(#{});\n"
      "#{} = SURFACE_SIDE_STYLE('',(#{}));\n#{} = SURFACE_STYLE_USAGE(.BOTH.,#{});\n"
      "#{} = PRESENTATION_STYLE_ASSIGNMENT((#{}));\n",
      rgb, kColour, rgb + 1, rgb, rgb + 2, rgb + 1, rgb + 3, rgb + 2, rgb + 4, rgb + 3, rgb + 5,
      rgb + 4, rgb + 6, rgb + 5);
  next += 7;
  std::string items;
  for (const int solid : solids) {
    out += fmt::format("#{} = STYLED_ITEM('colour',(#{}),#{});\n", next, rgb + 6, solid);
    items += fmt::format("{}#{}", items.empty() ? "" : ",", next++);
  }
  return out + fmt::format(
                   "#{} = MECHANICAL_DESIGN_GEOMETRIC_PRESENTATION_REPRESENTATION('',({}),#{});\n",
                   next++, items, context);
}

}  // namespace

std::string coloured_step(std::string step) {
  int next = 1;
  for (size_t at = step.find("\n#"); at != std::string::npos; at = step.find("\n#", at + 1))
    next = std::max(next, reference(step, at + 1) + 1);
  std::string added;
  constexpr std::string_view kHolder = "ADVANCED_BREP_SHAPE_REPRESENTATION(";
  for (size_t at = 0; (at = step.find(kHolder, at)) != std::string::npos; ++at) {
    const size_t end = step.find(';', at);
    if (end == std::string::npos) break;
    std::vector<int> ids = references(std::string_view(step).substr(at, end - at));
    if (ids.size() < 2) continue;
    const int context = ids.back();
    ids.pop_back();
    std::erase_if(ids, [&](int id) {
      return step.find(fmt::format("\n#{} = MANIFOLD_SOLID_BREP(", id)) == std::string::npos;
    });
    if (!ids.empty()) added += styles(ids, context, next);
  }
  const size_t close = step.rfind("ENDSEC;");
  if (close != std::string::npos) step.insert(close, added);
  return step;
}

std::string drawing_with_table(std::string svg,
                               const std::vector<std::pair<std::string, std::string>>& rows) {
  // the sheet is A4 across (brep/drawing.cpp): 297 by 210 mm
  constexpr std::string_view kSize = "height=\"210mm\" viewBox=\"0 0 297 210\"";
  constexpr int kColumns = 3;
  const size_t at = svg.find(kSize), close = svg.rfind("</svg>");
  if (rows.empty() || at == std::string::npos || close == std::string::npos) return svg;
  const size_t lines = (rows.size() + kColumns - 1) / kColumns;
  const double height = 210 + 5.0 * static_cast<double>(lines) + 12;
  std::string table = fmt::format(
      "<rect y=\"210\" width=\"297\" height=\"{}\" fill=\"#fff\"/>\n"
      "<text x=\"8\" y=\"214\" style=\"font-weight:bold\">dimensions</text>\n",
      height - 210);
  for (size_t i = 0; i < rows.size(); ++i) {
    const double x = 8 + 95.0 * static_cast<double>(i / lines);
    const double y = 220 + 5.0 * static_cast<double>(i % lines);
    table += fmt::format(
        "<text x=\"{}\" y=\"{}\">{}</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
        x, y, rows[i].first, x + 82, y, rows[i].second);
  }
  svg.insert(close, table);
  svg.replace(at, kSize.size(), fmt::format("height=\"{0}mm\" viewBox=\"0 0 297 {0}\"", height));
  return svg;
}

}  // namespace cadrecode::reconstruct
