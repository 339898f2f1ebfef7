#include "evaluation/report/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/markup.h"

namespace cadrecode::report {
namespace {

constexpr double kWidth = 460, kHeight = 250, kLeft = 46, kRight = 22, kTop = 10, kBottom = 40;
constexpr double kInnerWidth = kWidth - kLeft - kRight, kInnerHeight = kHeight - kTop - kBottom;

// In [0, 1] along an axis; outside it the nearer end.
double place(const Axis& a, double v) {
  const double t = a.logarithmic ? std::log(std::max(v, a.lo) / a.lo) / std::log(a.hi / a.lo)
                                 : (v - a.lo) / (a.hi - a.lo);
  return std::clamp(t, 0.0, 1.0);
}
double at_x(const Axis& a, double v) { return kLeft + kInnerWidth * place(a, v); }
double at_y(const Axis& a, double v) { return kTop + kInnerHeight * (1 - place(a, v)); }

std::vector<double> ticks(const Axis& a) {
  std::vector<double> out;
  if (a.logarithmic) {
    for (int e = static_cast<int>(std::floor(std::log10(a.lo))); std::pow(10.0, e) <= a.hi * 1.0001;
         ++e)
      if (std::pow(10.0, e) >= a.lo * 0.9999) out.push_back(std::pow(10.0, e));
    if (out.size() >= 2) return out;
    return {a.lo, a.hi};
  }
  const double rough = (a.hi - a.lo) / 5, power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double m : {1.0, 2.0, 2.5, 5.0})
    if (m * power >= rough * 0.999) {
      step = m * power;
      break;
    }
  for (int i = static_cast<int>(std::ceil(a.lo / step - 1e-9)); i * step <= a.hi + 1e-9 * step; ++i)
    out.push_back(i * step);
  return out;
}

std::string frame(const Axis& x, const Axis& y) {
  std::string out;
  for (const double t : ticks(x)) {
    out += fmt::format(
        "<line class='grid' x1='{0:.1f}' x2='{0:.1f}' y1='{1}' y2='{2}'/>"
        "<text x='{0:.1f}' y='{3}' text-anchor='middle'>{4:.6g}</text>",
        at_x(x, t), kTop, kTop + kInnerHeight, kTop + kInnerHeight + 14, t);
  }
  for (const double t : ticks(y)) {
    out += fmt::format(
        "<line class='grid' x1='{0}' x2='{1}' y1='{2:.1f}' y2='{2:.1f}'/>"
        "<text x='{3}' y='{4:.1f}' text-anchor='end'>{5:.6g}</text>",
        kLeft, kLeft + kInnerWidth, at_y(y, t), kLeft - 5, at_y(y, t) + 4, t);
  }
  out += fmt::format("<text x='{}' y='{}' text-anchor='middle'>{}</text>", kLeft + kInnerWidth / 2,
                     kHeight - 6, escape_markup(x.title));
  out += fmt::format("<text transform='rotate(-90)' x='{}' y='11' text-anchor='middle'>{}</text>",
                     -(kTop + kInnerHeight / 2), escape_markup(y.title));
  return out;
}

std::string legend(const std::vector<std::pair<std::string, std::string>>& names) {
  std::string out = "<figcaption>";
  for (const auto& [name, style] : names)
    out += fmt::format(
        "<span class='key'><svg width='22' height='10'><line x1='1' x2='21' y1='5' "
        "y2='5' stroke-width='2.5' {}/></svg> {}</span> ",
        style, escape_markup(name));
  return out + "</figcaption>";
}

std::string wrapped(const std::string& inside, const std::string& caption) {
  return fmt::format(
      "<figure><svg viewBox='0 0 {0} {1}' width='{0}' height='{1}' "
      "role='img'>{2}</svg>{3}</figure>\n",
      kWidth, kHeight, inside, caption);
}

std::string stroke(size_t i, bool dashed = false) {
  static const char* const kDashes[] = {"", " stroke-dasharray='6 3'", " stroke-dasharray='2 3'",
                                        " stroke-dasharray='8 3 2 3'"};
  return fmt::format("stroke='{}'{}", series_color(i),
                     dashed ? " stroke-dasharray='5 4'" : kDashes[i / 7 % 4]);
}

std::string path(const std::vector<std::pair<double, double>>& points, const std::string& style) {
  std::string d;
  for (const auto& [x, y] : points)
    d += fmt::format("{}{:.1f} {:.1f}", d.empty() ? "M" : "L", x, y);
  return fmt::format("<path d='{}' fill='none' stroke-width='2' {}/>", d, style);
}

}  // namespace

const char* series_color(size_t i) {
  static const char* const kColors[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                        "#e69f00", "#56b4e9", "#7f7f7f"};
  return kColors[i % 7];
}

std::string histogram_svg(const std::vector<Series>& series, const Axis& axis, int bins) {
  std::vector<std::vector<double>> shares;
  double most = 0;
  for (const Series& s : series) {
    std::vector<double> share(static_cast<size_t>(bins));
    for (const double v : s.values) {
      const auto bin = static_cast<size_t>(std::min(place(axis, v) * bins, bins - 1.0));
      share[bin] += 100 / static_cast<double>(s.values.size());
    }
    for (const double v : share) most = std::max(most, v);
    shares.push_back(std::move(share));
  }
  const Axis y{"% of parts", 0, most > 0 ? most * 1.05 : 1, false};
  std::string inside = frame(axis, y);
  std::vector<std::pair<std::string, std::string>> names;
  for (size_t s = 0; s < series.size(); ++s) {
    std::vector<std::pair<double, double>> points;
    const double step = kInnerWidth / bins;
    for (int b = 0; b < bins; ++b) {
      const double height = at_y(y, shares[s][static_cast<size_t>(b)]);
      points.emplace_back(kLeft + step * b, height);
      points.emplace_back(kLeft + step * (b + 1), height);
    }
    inside += path(points, stroke(s));
    names.emplace_back(series[s].name, stroke(s));
  }
  return wrapped(inside, legend(names));
}

std::string cumulative_svg(const std::vector<Series>& series, const Axis& axis) {
  constexpr int kSteps = 240;
  const Axis y{"% of parts", 0, 100, false};
  std::string inside = frame(axis, y);
  std::vector<std::pair<std::string, std::string>> names;
  for (size_t s = 0; s < series.size(); ++s) {
    std::vector<double> sorted = series[s].values;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::pair<double, double>> points;
    size_t below = 0;
    for (int i = 0; i <= kSteps; ++i) {
      const double t = static_cast<double>(i) / kSteps;
      while (below < sorted.size() && place(axis, sorted[below]) <= t) ++below;
      const double share =
          sorted.empty() ? 0
                         : 100 * static_cast<double>(below) / static_cast<double>(sorted.size());
      points.emplace_back(kLeft + kInnerWidth * t, at_y(y, share));
    }
    inside += path(points, stroke(s));
    names.emplace_back(series[s].name, stroke(s));
  }
  return wrapped(inside, legend(names));
}

std::string scatter_svg(const std::vector<std::pair<double, double>>& points, const Axis& x,
                        const Axis& y, size_t color) {
  constexpr double kCell = 4;
  std::map<std::pair<int, int>, size_t> cells;
  for (const auto& [a, b] : points)
    ++cells[{static_cast<int>(std::floor(at_x(x, a) / kCell)),
             static_cast<int>(std::floor(at_y(y, b) / kCell))}];
  std::string inside = frame(x, y);
  inside += fmt::format("<g fill='{}' fill-opacity='.55'>", series_color(color));
  for (const auto& [cell, n] : cells) {
    const double radius = std::min(1.6 + 0.55 * std::log2(static_cast<double>(n) + 1), 6.0);
    inside += fmt::format("<circle cx='{:.0f}' cy='{:.0f}' r='{:.1f}'/>",
                          (cell.first + 0.5) * kCell, (cell.second + 0.5) * kCell, radius);
  }
  return wrapped(inside + "</g>", "");
}

std::string curves_svg(const std::vector<Curve>& curves, const Axis& x, const Axis& y) {
  std::string inside = frame(x, y);
  std::vector<std::pair<std::string, std::string>> names;
  for (const Curve& c : curves) {
    std::vector<std::pair<double, double>> points;
    for (const auto& [a, b] : c.points) points.emplace_back(at_x(x, a), at_y(y, b));
    inside += path(points, stroke(c.color, c.dashed));
    for (const auto& [a, b] : points)
      inside += fmt::format("<circle cx='{:.1f}' cy='{:.1f}' r='3' fill='{}'/>", a, b,
                            series_color(c.color));
    names.emplace_back(c.name, stroke(c.color, c.dashed));
  }
  return wrapped(inside, legend(names));
}

}  // namespace cadrecode::report
