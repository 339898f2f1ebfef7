#include "pipeline/parametrize/expr.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cadrecode::parametrize {
namespace {

// What is left of a factor after numbers that differ in the last bits cancelled.
constexpr double kNoFactor = 1e-12;

}  // namespace

Expr Expr::of(int parameter, double factor) {
  Expr e;
  e.terms.push_back({parameter, factor});
  return e;
}

double Expr::at(std::span<const double> values) const {
  double sum = constant;
  for (const Term& t : terms) sum += t.factor * values[static_cast<size_t>(t.parameter)];
  return sum;
}

Expr operator+(const Expr& a, const Expr& b) {
  Expr out(a.constant + b.constant);
  size_t i = 0, j = 0;
  while (i < a.terms.size() || j < b.terms.size()) {
    const bool from_a =
        j == b.terms.size() || (i < a.terms.size() && a.terms[i].parameter <= b.terms[j].parameter);
    Term t = from_a ? a.terms[i++] : b.terms[j++];
    if (from_a && j < b.terms.size() && b.terms[j].parameter == t.parameter)
      t.factor += b.terms[j++].factor;
    if (std::abs(t.factor) > kNoFactor) out.terms.push_back(t);
  }
  return out;
}

Expr operator*(const Expr& a, double factor) {
  Expr out(a.constant * factor);
  if (factor == 0) return out;
  for (const Term& t : a.terms) out.terms.push_back({t.parameter, t.factor * factor});
  return out;
}

Expr operator-(const Expr& a, const Expr& b) { return a + b * -1; }

std::string plain_number(double value) {
  if (std::abs(value) < 1e-12) return "0";
  const double tolerance = 1e-13 * std::max(1.0, std::abs(value));
  for (int digits = 1; digits < 17; ++digits) {
    const std::string text = fmt::format("{:.{}g}", value, digits);
    if (text.find('e') != std::string::npos) continue;
    if (std::abs(std::strtod(text.c_str(), nullptr) - value) <= tolerance) return text;
  }
  return fmt::format("{}", value);
}

std::string Writing::scale_name(int parameter) const {
  return names_[static_cast<size_t>(parameter)] + "_scale";
}

// "name", "2 * name", "name / 2", "-46 * name_scale": a positive factor only.
std::string Writing::term(double factor, int parameter) {
  const std::string& name = names_[static_cast<size_t>(parameter)];
  if (std::abs(factor - 1) < kNoFactor) return name;
  for (const int share : {2, 3, 4}) {
    if (std::abs(factor * share - 1) < kNoFactor) return fmt::format("{} / {}", name, share);
    if (std::abs(factor - share) < kNoFactor) return fmt::format("{} * {}", share, name);
  }
  if (std::abs(factor - 1.5) < kNoFactor) return "1.5 * " + name;
  const double value = values_[static_cast<size_t>(parameter)];
  if (value == 0) return plain_number(factor) + " * " + name;
  scales_.insert(parameter);
  return plain_number(factor * value) + " * " + scale_name(parameter);
}

std::string Writing::text(const Expr& e) {
  std::string out;
  const auto append = [&](bool negative, const std::string& text) {
    if (out.empty()) {
      out = (negative ? "-" : "") + text;
    } else {
      out += (negative ? " - " : " + ") + text;
    }
  };
  // what counts up first: "-a / 2 + b" reads worse than "b - a / 2"
  for (const bool negative : {false, true}) {
    for (const Term& t : e.terms) {
      if ((t.factor < 0) == negative) {
        const double factor = std::abs(t.factor);
        append(negative, term(factor, t.parameter));
      }
    }
    const bool here = (e.constant < 0) == negative;
    if (here && std::abs(e.constant) > 1e-12) append(negative, plain_number(std::abs(e.constant)));
  }
  return out.empty() ? "0" : out;
}

}  // namespace cadrecode::parametrize
