// Lengths that hang on parameters: affine expressions.
//
// Every coordinate of a parametrised part is a constant plus factors times
// parameters: a hole's place "plate_length / 2 - inset", a wall's inner side
// "length / 2 - wall". Even arcs are: one whose sweep stays has its mid point at a
// fixed share of the chord (Curve bulge, model.h). So moving a slider is a few
// additions, in C++ and in the page's JavaScript alike.
#pragma once

#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cadrecode::parametrize {

struct Term {
  int parameter = 0;  // index into Model::parameters
  double factor = 0;  // never 0
  bool operator==(const Term&) const = default;
};

struct Expr {
  double constant = 0;
  std::vector<Term> terms;  // ascending by parameter

  Expr() = default;
  Expr(double value) : constant(value) {}  // NOLINT: a number is an expression
  static Expr of(int parameter, double factor = 1);

  bool fixed() const { return terms.empty(); }
  double at(std::span<const double> values) const;
  bool operator==(const Expr&) const = default;
};

Expr operator+(const Expr& a, const Expr& b);
Expr operator-(const Expr& a, const Expr& b);
Expr operator*(const Expr& a, double factor);
inline Expr operator/(const Expr& a, double divisor) { return a * (1 / divisor); }

// A number as people write it: the fewest digits within 1e-13 of the value (or of
// its size).
std::string plain_number(double value);

// How expressions are written. A factor that is no plain share ("/ 2", "3 *") is
// written as a length at the parameter's own value times a scale that is 1 there:
// "-46 * body_length_scale". So outlines keep the numbers they were drawn with, and
// the default part is met to the last bit.
class Writing {
 public:
  Writing(std::vector<std::string> names, std::vector<double> values)
      : names_(std::move(names)), values_(std::move(values)) {}

  std::string text(const Expr& e);  // "plate_length / 2 - 4"
  // Parameters whose scale was written so far, ascending.
  const std::set<int>& scales() const { return scales_; }
  std::string scale_name(int parameter) const;

 private:
  std::string term(double factor, int parameter);

  std::vector<std::string> names_;
  std::vector<double> values_;
  std::set<int> scales_;
};

}  // namespace cadrecode::parametrize
