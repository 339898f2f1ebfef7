// How far a parameter may go before the part breaks, and why.
//
// A part breaks when a size would be nothing, corners of an outline change
// their order, outlines cross, the solid is none (prism::verdict), a feature loses
// its effect, or the part falls into more pieces than it has. Holes may cross an
// edge: the part is sound then.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "pipeline/parametrize/model.h"

namespace cadrecode::parametrize {

// What must stay as it is at the model's own values.
class Guard {
 public:
  explicit Guard(const Model& model);

  // Why the part breaks at these values, in a sentence; empty where it does not.
  std::string break_reason(std::span<const double> values) const;

 private:
  struct Size {
    Expr expr;
    std::string what;
  };
  const Model& model_;       // outlives the guard
  std::vector<Size> sizes_;  // all stay above 0
  double least_ = 0;         // and above this
  int pieces_ = 1, fine_pieces_ = 1;
  std::vector<bool> acts_;  // [steps]: has an effect
};

// Fills low, high, below, above and step of every parameter.
void find_ranges(Model& model);

// Connected bodies, seen on a grid through all corners and of at most about
// `cells` along an axis (a round wall thinner than that may look broken).
int count_pieces(const part::Part& part, size_t cells);

}  // namespace cadrecode::parametrize
