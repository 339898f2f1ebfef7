// Functions of a program that only assign and return, and CadQuery's arrays of places.
#include <algorithm>
#include <cmath>

#include "geometry/part/curve.h"
#include "language/dialect/bind.h"

namespace cadrecode::dialect {

using script::CallExpr;
using script::FunctionStmt;

namespace {

constexpr double kMostPlaces = 4096;
constexpr double kFullTurn = 1e-6;  // CadQuery's TOL, degrees

// A count as Python's range() takes it.
int whole(double n) {
  if (n != std::floor(n)) refuse("a count that is no whole number", Refusal::kValue);
  if (n < 1) refuse("a count below 1", Refusal::kValue);
  if (n > kMostPlaces) refuse("more than 4096 places");
  return static_cast<int>(n);
}

}  // namespace

// As in Python the body is looked at when it is called.
void Evaluator::define(const FunctionStmt& f) {
  if (in_function_) refuse("a function in a function");
  if (!f.decorators.empty() || f.is_generator) refuse("a function with decorators or yield");
  if (find(f.name)) refuse("a function with the name of a value");
  for (const script::ParameterNode& p : f.parameters) {
    if (p.kind != script::ParameterKind::kPlain) refuse("starred parameters");
    if (!p.fallback) continue;
    const bool number = p.fallback->kind == script::ExprKind::kInteger ||
                        p.fallback->kind == script::ExprKind::kFloat ||
                        p.fallback->kind == script::ExprKind::kUnary;
    if (!number) refuse("a default that is no number");
  }
  functions_.push_back(&f);
}

Value Evaluator::call_function(const FunctionStmt& f, const CallExpr& call) {
  if (in_function_) refuse("a function that calls a function");
  std::vector<Value> given(f.parameters.size());
  size_t position = 0;
  for (const script::Argument& a : call.arguments) {
    const size_t i = parameter_of(a, position, given.size(),
                                  [&](size_t k) { return std::string_view(f.parameters[k].name); });
    if (i >= given.size() || !given[i].unset())
      refuse("an argument the function does not have, or twice", Refusal::kValue);
    given[i] = evaluate(*a.value);
  }
  for (size_t i = 0; i < given.size(); ++i) {
    if (!given[i].unset()) continue;
    if (!f.parameters[i].fallback) refuse("a missing argument", Refusal::kValue);
    given[i] = evaluate(*f.parameters[i].fallback);
  }
  const auto before = names_;
  globals_ = names_.size();
  in_function_ = true;
  for (size_t i = 0; i < given.size(); ++i) put(f.parameters[i].name, std::move(given[i]));
  Value out;
  for (const script::Stmt* stmt : f.body) {
    where_ = stmt->range;
    if (const auto* r = script::get_if<script::Return>(stmt)) {
      if (r->value) out = evaluate(*r->value);
      break;
    }
    execute(*stmt);
  }
  names_ = before;
  globals_ = 0;
  in_function_ = false;
  if (out.unset()) refuse("a function that returns nothing");
  return out;
}

// Workplane.rarray: columns and rows about the origin or from it.
std::vector<Vec2> Evaluator::grid_places(const CallExpr& call) {
  const auto a = bind(call, {"xSpacing", "ySpacing", "xCount", "yCount", "center"}, 4);
  const Vec2 step{number(*a[0]), number(*a[1])};
  const int columns = whole(number(*a[2])), rows = whole(number(*a[3]));
  // older CadQuery wants both to be above 0
  if (step.x <= 0 || step.y <= 0) refuse("a spacing that is not above 0", Refusal::kValue);
  if (static_cast<double>(columns) * rows > kMostPlaces) refuse("more than 4096 places");
  const double middle = truth_or(a[4], true) ? 0.5 : 0;
  std::vector<Vec2> out;
  for (int i = 0; i < columns; ++i) {
    for (int j = 0; j < rows; ++j)
      out.push_back({step.x * i - step.x * (columns - 1) * middle,
                     step.y * j - step.y * (rows - 1) * middle});
  }
  return out;
}

// Workplane.polarArray, as far as its places are not turned.
std::vector<Vec2> Evaluator::polar_places(const CallExpr& call) {
  const auto a = bind(call, {"radius", "startAngle", "angle", "count", "fill", "rotate"}, 4);
  const double radius = number(*a[0]), start = number(*a[1]);
  double step = number(*a[2]);
  const int count = whole(number(*a[3]));
  if (truth_or(a[5], true)) refuse("Workplane.polarArray that turns what it repeats");
  if (truth_or(a[4], true)) {
    if (std::abs(std::remainder(step, 360)) < kFullTurn) {
      step /= count;
    } else {
      step = count > 1 ? step / (count - 1) : start;
    }
  }
  std::vector<Vec2> out;
  for (int i = 0; i < count; ++i) {
    const double angle = (start + step * i) * (part::kPi / 180);
    out.push_back({radius * std::cos(angle), radius * std::sin(angle)});
  }
  return out;
}

}  // namespace cadrecode::dialect
