#include "geometry/brep/drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/markup.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

struct Box2 {
  Vec2 lo{1e300, 1e300}, hi{-1e300, -1e300};
  void add(const std::vector<std::vector<Vec2>>& lines) {
    for (const auto& line : lines) {
      for (Vec2 p : line) {
        lo = {std::min(lo.x, p.x), std::min(lo.y, p.y)};
        hi = {std::max(hi.x, p.x), std::max(hi.y, p.y)};
      }
    }
  }
  bool empty() const { return lo.x > hi.x; }
  Vec2 size() const { return hi - lo; }
};

Box2 extent(const ViewLines& lines) {
  Box2 box;
  box.add(lines.visible);
  box.add(lines.hidden);
  if (box.empty()) fail_value("the shape has no edges to draw");
  return box;
}

std::string path(const std::vector<Vec2>& line, const char* format) {
  std::string d;
  for (size_t i = 0; i < line.size(); ++i) {
    d += i == 0 ? "M" : " L";
    d += fmt::format(fmt::runtime(format), line[i].x, line[i].y);
  }
  return d;
}

std::string paths(const std::vector<std::vector<Vec2>>& lines, const char* format) {
  std::string out;
  for (const auto& line : lines) out += "<path d=\"" + path(line, format) + "\"/>\n";
  return out;
}

std::string rgb(const std::array<int, 3>& c) {
  return fmt::format("rgb({},{},{})", c[0], c[1], c[2]);
}

std::string axes_indicator(double height) {
  return fmt::format(
      "<g transform=\"translate(20,{})\" stroke=\"#000\" stroke-width=\"3\">\n"
      "<line x1=\"30\" y1=\"-30\" x2=\"75\" y2=\"-33\"/><line x1=\"30\" y1=\"-30\" x2=\"30\" "
      "y2=\"-75\"/><line x1=\"30\" y1=\"-30\" x2=\"58\" y2=\"-15\"/></g>\n"
      "<g transform=\"translate(20,{})\" font-family=\"sans-serif\"><text x=\"80\" y=\"-30\">X"
      "</text><text x=\"25\" y=\"-85\">Y</text><text x=\"65\" y=\"-5\">Z</text></g>\n",
      height - 30, height - 30);
}

// A view of the sheet, in the shape's units until placed.
struct View {
  const char* title;
  ViewLines lines;
  Box2 box;
};

View view(const char* title, const Shape& shape, Vec3 direction, Vec3 x_direction) {
  View v{title, project_view(shape, direction, x_direction), {}};
  v.box = extent(v.lines);
  return v;
}

// 1, 2 or 5 times a power of ten, at most `scale`: the scales drawings are made to.
double standard_scale(double scale) {
  double power = std::pow(10, std::floor(std::log10(scale)));
  for (double step : {5.0, 2.0}) {
    if (step * power <= scale) return step * power;
  }
  return power;
}

std::string scale_text(double scale) {
  return scale >= 1 ? fmt::format("{:g}:1", scale) : fmt::format("1:{:g}", 1 / scale);
}

std::vector<std::vector<Vec2>> placed(std::vector<std::vector<Vec2>> lines, const Box2& box,
                                      double scale, Vec2 at) {
  Vec2 middle = (box.lo + box.hi) / 2;
  for (auto& line : lines) {
    for (Vec2& p : line) p = {at.x + (p.x - middle.x) * scale, at.y - (p.y - middle.y) * scale};
  }
  return lines;
}

std::string dimension(Vec2 a, Vec2 b, const std::string& text, bool vertical) {
  Vec2 middle = (a + b) / 2;
  std::string turn =
      vertical ? fmt::format(" transform=\"rotate(-90 {:.2f} {:.2f})\"", middle.x, middle.y) : "";
  return fmt::format(
      "<path d=\"M{:.2f},{:.2f} L{:.2f},{:.2f}\" stroke-width=\"0.13\" marker-start=\"url(#a)\" "
      "marker-end=\"url(#a)\"/><text x=\"{:.2f}\" y=\"{:.2f}\" "
      "text-anchor=\"middle\"{}>{}</text>\n",
      a.x, a.y, b.x, b.y, middle.x, middle.y - 0.8, turn, text);
}

std::string draw(const View& v, double scale, Vec2 at, bool sizes) {
  Vec2 half = v.box.size() * (scale / 2);
  std::string out = "<g class=\"hidden\">\n" +
                    paths(placed(v.lines.hidden, v.box, scale, at), "{:.3f},{:.3f}") +
                    "</g>\n<g class=\"visible\">\n" +
                    paths(placed(v.lines.visible, v.box, scale, at), "{:.3f},{:.3f}") + "</g>\n";
  out += fmt::format(
      "<g class=\"note\"><text x=\"{:.2f}\" y=\"{:.2f}\" text-anchor=\"middle\">{}"
      "</text>\n",
      at.x, at.y - half.y - 2.5, v.title);
  if (sizes) {
    out += dimension({at.x - half.x, at.y + half.y + 5}, {at.x + half.x, at.y + half.y + 5},
                     fmt::format("{:.4g}", v.box.size().x), false);
    out += dimension({at.x + half.x + 5, at.y + half.y}, {at.x + half.x + 5, at.y - half.y},
                     fmt::format("{:.4g}", v.box.size().y), true);
  }
  return out + "</g>\n";
}

}  // namespace

std::string svg(const Shape& shape, const SvgOptions& options) {
  ViewLines lines = project_view(shape, options.projection_dir, {}, options.focus);
  Box2 box = extent(lines);
  Vec2 size = box.size();
  double width, height, scale;
  if (!options.width && !options.height) fail_value("an SVG needs a width or a height");
  if (options.width && options.height) {
    width = *options.width, height = *options.height;
    scale = std::min(width / size.x * 0.75, height / size.y * 0.75);
  } else {
    double x = 2 * options.margin_left, y = 2 * options.margin_top;
    width = options.width ? *options.width : (*options.height - y) * (size.x / size.y) + x;
    height = options.height ? *options.height : (width - x) * (size.y / size.x) + y;
    scale = (width - x) / size.x;
  }
  double stroke = options.stroke_width == -1 ? 1 / scale : options.stroke_width;
  Vec2 shift{-box.lo.x + options.margin_left / scale, -box.hi.y - options.margin_top / scale};
  bool axes = options.show_axes && options.projection_dir == Vec3{-1.75, 1.1, 5};
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\">\n"
      "<g transform=\"scale({}, -{}) translate({},{})\" stroke-width=\"{}\" fill=\"none\">\n"
      "<!-- hidden lines -->\n<g stroke=\"{}\" stroke-dasharray=\"{},{}\">\n{}</g>\n"
      "<!-- solid lines -->\n<g stroke=\"{}\">\n{}</g>\n</g>\n{}</svg>\n",
      width, height, scale, scale, shift.x, shift.y, stroke, rgb(options.hidden_color), stroke,
      stroke, options.show_hidden ? paths(lines.hidden, "{},{}") : "", rgb(options.stroke_color),
      paths(lines.visible, "{},{}"), axes ? axes_indicator(height) : "");
}

std::string drawing_sheet(const Shape& shape, const std::string& title) {
  // A4 across, in mm; first-angle: the top view below the front view, the view from
  // the left to its right.
  constexpr double kWidth = 297, kHeight = 210, kMargin = 10, kGap = 22;
  View front = view("FRONT", shape, {0, -1, 0}, {1, 0, 0});
  View top = view("TOP", shape, {0, 0, 1}, {1, 0, 0});
  View left = view("LEFT", shape, {-1, 0, 0}, {0, -1, 0});
  View iso = view("ISOMETRIC", shape, {1, -1, 1}, {1, 1, 0});
  double column1 = std::max(front.box.size().x, top.box.size().x);
  double column2 = std::max(left.box.size().x, iso.box.size().x);
  double row1 = std::max(front.box.size().y, left.box.size().y);
  double row2 = std::max(top.box.size().y, iso.box.size().y);
  double free_x = kWidth - 2 * kMargin - 3 * kGap, free_y = kHeight - 2 * kMargin - 3 * kGap;
  double scale = standard_scale(
      std::min(free_x / std::max(column1 + column2, 1e-9), free_y / std::max(row1 + row2, 1e-9)));
  double left_edge = (kWidth - kGap - (column1 + column2) * scale) / 2;
  double top_edge = (kHeight - kGap - (row1 + row2) * scale) / 2;
  double x1 = left_edge + column1 * scale / 2;
  double x2 = left_edge + column1 * scale + kGap + column2 * scale / 2;
  double y1 = top_edge + row1 * scale / 2;
  double y2 = top_edge + row1 * scale + kGap + row2 * scale / 2;
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
      "width=\"{0}mm\" height=\"{1}mm\" viewBox=\"0 0 {0} {1}\">\n<style>"
      "path{{fill:none;stroke-linecap:round;stroke-linejoin:round}}"
      ".visible path{{stroke:#000;stroke-width:.35}}"
      ".hidden path{{stroke:#666;stroke-width:.18;stroke-dasharray:1.4 .8}}"
      ".note path{{stroke:#236}}text{{font:3px sans-serif;fill:#236}}</style>\n"
      "<defs><marker id=\"a\" viewBox=\"0 0 6 4\" refX=\"6\" refY=\"2\" markerWidth=\"12\" "
      "markerHeight=\"8\" orient=\"auto-start-reverse\"><path d=\"M0,0 L6,2 L0,4 z\" "
      "style=\"fill:#236;stroke:none\"/></marker></defs>\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n"
      "<rect x=\"5\" y=\"5\" width=\"{2}\" height=\"{3}\" fill=\"none\" stroke=\"#236\" "
      "stroke-width=\".25\"/>\n",
      kWidth, kHeight, kWidth - 10, kHeight - 10);
  out += draw(front, scale, {x1, y1}, true) + draw(left, scale, {x2, y1}, true) +
         draw(top, scale, {x1, y2}, true) + draw(iso, scale, {x2, y2}, false);
  out += fmt::format(
      "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{} &#183; scale {} &#183; first angle</text>\n",
      kWidth - 8, kHeight - 8, escape_markup(title), scale_text(scale));
  return out + "</svg>\n";
}

}  // namespace cadrecode::brep
