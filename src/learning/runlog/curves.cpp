#include "learning/runlog/curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/markup.h"
#include "base/nearest_word.h"

namespace cadrecode::runlog {
namespace {

constexpr double kWidth = 460, kHeight = 300;                       // of a panel
constexpr double kLeft = 66, kRight = 16, kTop = 34, kBottom = 38;  // its margins
constexpr const char* kColors[] = {"#0b6e99", "#d1495b", "#3d8361",
                                   "#8f5fbf", "#c77d0a", "#555555"};

struct Point {
  double x = 0, y = 0;
};
using Line = std::vector<Point>;

struct Range {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  void add(double v) { low = std::min(low, v), high = std::max(high, v); }
  void widen() {
    if (low == high)
      low -= low == 0 ? 1 : std::abs(low) * 0.1, high += high == 0 ? 1 : std::abs(high) * 0.1;
  }
};

std::vector<std::string> names_in(const std::vector<Run>& runs) {
  std::vector<std::string> names;
  for (const Run& run : runs) {
    for (const Row& row : run.rows) {
      for (const Scalar& s : row.scalars) {
        if (!std::isfinite(s.value)) continue;
        if (std::find(names.begin(), names.end(), s.name) == names.end()) names.push_back(s.name);
      }
    }
  }
  return names;
}

Line line_of(const Run& run, const std::string& name) {
  Line line;
  for (const Row& row : run.rows) {
    for (const Scalar& s : row.scalars) {
      if (s.name == name && std::isfinite(s.value)) {
        line.push_back({static_cast<double>(row.step), s.value});
      }
    }
  }
  return line;
}

// Exponential mean, corrected for its start (as Adam corrects its moments).
Line smoothed(const Line& line, double keep) {
  Line out;
  double mean = 0, weight = 0;
  for (const Point& p : line) {
    mean = keep * mean + (1 - keep) * p.y;
    weight = keep * weight + (1 - keep);
    out.push_back({p.x, mean / weight});
  }
  return out;
}

// Round steps of 1, 2 or 5 times a power of ten; about five of them.
std::vector<double> ticks(Range r) {
  const double raw = (r.high - r.low) / 5, power = std::pow(10, std::floor(std::log10(raw)));
  const double step = power * (raw / power < 1.5   ? 1
                               : raw / power < 3.5 ? 2
                               : raw / power < 7.5 ? 5
                                                   : 10);
  std::vector<double> at;
  for (double k = std::ceil(r.low / step - 1e-9); k * step <= r.high + step * 1e-9; ++k)
    at.push_back(k * step);
  return at;
}

std::vector<double> decades(Range r) {  // of logarithms
  std::vector<double> at;
  for (double k = std::floor(r.low); k <= std::ceil(r.high); ++k) {
    for (double factor : {1., 2., 5.}) {
      const double v = k + std::log10(factor);
      if (v >= r.low - 1e-9 && v <= r.high + 1e-9) at.push_back(v);
    }
  }
  return at;
}

class Panel {
 public:
  Panel(double x, double y, Range steps, Range values, bool log)
      : x_(x), y_(y), steps_(steps), values_(values), log_(log) {
    steps_.widen(), values_.widen();
  }

  std::string frame(const std::string& title) const {
    std::string out = fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"title\">{}</text>\n",
                                  x_ + kLeft, y_ + 20, escape_markup(title));
    for (double v : log_ ? decades(values_) : ticks(values_)) out += y_tick(v);
    for (double s : ticks(steps_)) out += x_tick(s);
    return out;
  }

  std::string path(const Line& line, const char* color, double opacity) const {
    std::string out = "<path d=\"";
    for (size_t i = 0; i < line.size(); ++i) {
      out += fmt::format("{}{:.1f},{:.1f}", i ? " L" : "M", px(line[i].x), py(line[i].y));
    }
    if (line.size() == 1) out += " h0.1";
    return out + fmt::format("\" stroke=\"{}\" stroke-opacity=\"{}\"/>\n", color, opacity);
  }

 private:
  double px(double s) const {
    return x_ + kLeft + (kWidth - kLeft - kRight) * (s - steps_.low) / (steps_.high - steps_.low);
  }
  double py(double v) const {
    const double u = log_ ? std::log10(v) : v;
    return y_ + kHeight - kBottom -
           (kHeight - kTop - kBottom) * (u - values_.low) / (values_.high - values_.low);
  }
  std::string y_tick(double at) const {
    const double shown = log_ ? std::pow(10, at) : at, y = py(shown);
    return fmt::format(
        "<line x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\" class=\"grid\"/>"
        "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"tick\" text-anchor=\"end\">{:.3g}</text>\n",
        x_ + kLeft, x_ + kWidth - kRight, y, y, x_ + kLeft - 6, y + 3.5,
        std::abs(shown) < 1e-12 ? 0. : shown);
  }
  std::string x_tick(double step) const {
    const std::string label =
        step >= 10000 ? fmt::format("{:g}k", step / 1000) : fmt::format("{:g}", step);
    return fmt::format(
        "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"tick\" text-anchor=\"middle\">{}</text>\n",
        px(step), y_ + kHeight - kBottom + 16, label);
  }

  double x_, y_;
  Range steps_, values_;
  bool log_;
};

std::string draw_panel(const std::vector<Run>& runs, const std::string& name,
                       const CurveOptions& options, double x, double y) {
  std::vector<Line> lines;
  Range steps, values;
  bool positive = true;
  for (const Run& run : runs) {
    lines.push_back(line_of(run, name));
    for (const Point& p : lines.back()) steps.add(p.x), values.add(p.y), positive &= p.y > 0;
  }
  const bool log = options.log_scale && positive;
  if (log) values = {std::log10(values.low), std::log10(values.high)};
  const Panel panel(x, y, steps, values, log);
  std::string out = panel.frame(name);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const char* color = kColors[i % std::size(kColors)];
    const bool smooth = options.smoothing > 0 && lines[i].size() > 2;
    out += panel.path(lines[i], color, smooth ? 0.3 : 1);
    if (smooth) out += panel.path(smoothed(lines[i], options.smoothing), color, 1);
  }
  return out;
}

std::string legend(const std::vector<Run>& runs) {
  std::string out;
  double x = 20;
  for (size_t i = 0; i < runs.size(); ++i) {
    out += fmt::format(
        "<rect x=\"{:.1f}\" y=\"12\" width=\"14\" height=\"4\" fill=\"{}\"/>"
        "<text x=\"{:.1f}\" y=\"18\" class=\"tick\">{}</text>\n",
        x, kColors[i % std::size(kColors)], x + 20, escape_markup(runs[i].name));
    x += 40 + 6.6 * static_cast<double>(runs[i].name.size());
  }
  return out;
}

void require_known(const std::vector<std::string>& wanted, const std::vector<std::string>& known) {
  for (const std::string& name : wanted) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string near = nearest_word(name, known);
    throw Error(ErrorKind::kValue, "no run has a value '" + name + "'" +
                                       (near.empty() ? "" : "; did you mean '" + near + "'?"));
  }
}

}  // namespace

std::string curves_svg(const std::vector<Run>& runs, const CurveOptions& options) {
  const std::vector<std::string> known = names_in(runs);
  if (known.empty()) throw Error(ErrorKind::kValue, "the log has no value to draw yet");
  require_known(options.names, known);
  const auto& names = options.names.empty() ? known : options.names;
  const size_t columns = std::min<size_t>(names.size(), 3),
               rows = (names.size() + columns - 1) / columns;
  const double width = kWidth * static_cast<double>(columns),
               height = 28 + kHeight * static_cast<double>(rows);
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:g} {1:g}\" width=\"{0:g}\" "
      "height=\"{1:g}\">\n"
      "<style>text{{font-family:sans-serif;fill:#333}} .title{{font-size:14px;font-weight:600}} "
      ".tick{{font-size:11px}} .grid{{stroke:#e3e3e3}} "
      "path{{fill:none;stroke-width:1.5;stroke-linejoin:round}}"
      "</style>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
      width, height);
  out += legend(runs);
  for (size_t i = 0; i < names.size(); ++i) {
    out += draw_panel(runs, names[i], options, kWidth * static_cast<double>(i % columns),
                      28 + kHeight * static_cast<double>(i / columns));
  }
  return out + "</svg>\n";
}

}  // namespace cadrecode::runlog
