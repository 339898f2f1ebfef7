// Drawings of a report as SVG: small, static, readable without colour alone.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cadrecode::report {

struct Series {
  std::string name;
  std::vector<double> values;
};

struct Axis {
  std::string title;
  double lo = 0, hi = 1;
  bool logarithmic = false;
};

// Shares of values in bins, one line of steps a series; what lies beyond an end is
// in the bin there.
std::string histogram_svg(const std::vector<Series>& series, const Axis& axis, int bins);

// Shares of values at or below x: one curve a series.
std::string cumulative_svg(const std::vector<Series>& series, const Axis& axis);

// (x, y) points; points of one place are drawn once, larger the more they are,
// so that a page stays small whatever the number of parts.
std::string scatter_svg(const std::vector<std::pair<double, double>>& points, const Axis& x,
                        const Axis& y, size_t color);

// y over x, a curve a series, with dots; dashed where the name ends in "(by input)".
struct Curve {
  std::string name;
  std::vector<std::pair<double, double>> points;
  size_t color = 0;
  bool dashed = false;
};
std::string curves_svg(const std::vector<Curve>& curves, const Axis& x, const Axis& y);

// CSS colour number i of a palette that people with colour blindness can tell apart
// (Okabe and Ito 2008), repeated beyond seven.
const char* series_color(size_t i);

}  // namespace cadrecode::report
