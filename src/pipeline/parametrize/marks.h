// Inside the finder: which coordinates are already explained, along each axis.
//
// An axis is a world axis (0, 1, 2), or one of a frame off the world's axes, or
// a pattern's own. A mark is a coordinate with the expression that gives it: an
// edge, a centre. A new coordinate that lies on a mark, or mirrors one about
// the axis' datum (the middle of the first thing built there), needs no
// parameter: that is how relations are found in the geometry.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/parametrize/model.h"

namespace cadrecode::parametrize {

struct Mark {
  double value = 0;
  Expr expr;
  std::string what;  // "the top of plate"
  bool center = false;
  bool minor = false;  // a hole's edge, an inner corner: others do not line up with it
};

class Axis {
 public:
  Axis(std::string name, std::string low, std::string high, double tolerance)
      : name_(std::move(name)),
        low_(std::move(low)),
        high_(std::move(high)),
        tolerance_(tolerance) {}

  const std::string& name() const { return name_; }  // "x"
  const std::string& low() const { return low_; }    // "left"
  const std::string& high() const { return high_; }  // "right"

  // The mark at `value`, else one that `value` mirrors.
  struct Found {
    Expr expr;
    std::string what;
    Relation::Kind kind;
  };
  std::optional<Found> find(double value) const;
  // Without mirroring, and no minor marks: for inner corners, which meet other
  // coordinates by chance more often.
  std::optional<Found> find_direct(double value) const;

  const std::optional<Mark>& datum() const { return datum_; }
  void set_datum(Mark mark) { datum_ = std::move(mark); }
  // Unless the coordinate has a mark already.
  void add(Mark mark);

 private:
  std::string name_, low_, high_;
  double tolerance_;
  std::vector<Mark> marks_;
  std::optional<Mark> datum_;
};

}  // namespace cadrecode::parametrize
