// Inside parametrize(): gives every coordinate its expression, feature by
// feature. See parametrize.h for the method.
#pragma once

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/parametrize/marks.h"
#include "pipeline/parametrize/outlines.h"

namespace cadrecode::parametrize {

class Finder {
 public:
  Finder(double tolerance, Model& model);
  void take(const std::vector<RawFeature>& features);

 private:
  // What one dimension is called, in names and in words.
  struct Words {
    std::string name;  // "plate_length"
    std::string what;  // "plate, along x"
  };
  struct Span {
    Expr low, high;
    Expr center() const { return (low + high) / 2; }
    Expr size() const { return high - low; }
  };
  // A rectangle something may lie in with a wall around.
  struct Enclosing {
    std::array<int, 2> plane;
    Vec2 center, size;
    Expr width, height;
    std::string name;
  };
  // Where a shape is drawn: the axes of x and y.
  using Plane = std::array<int, 2>;

  void take(const RawFeature& raw, bool first, Feature& f);
  void take_outer(const RawOuter& raw, Plane plane, bool hollow, Outer& out);
  void take_extent(const RawFeature& raw, bool first, Feature& f);
  void fill(Shape& out, const RawShape& raw, Plane plane, bool hollow);

  Pattern place(const Shape& shape, const RawShape& raw, Plane plane);
  Pattern grid(const Shape& shape, const RawPattern& raw, Plane plane);
  Pattern polar(const Shape& shape, const RawPattern& raw, Plane plane);
  void circle(Shape& s, const RawOutline& raw, Vec2 at, Plane plane, bool hollow);
  void rectangle(Shape& s, const RawOutline& raw, Vec2 at, Plane plane, bool hollow);
  bool walled(Shape& s, const RawOutline& raw, Vec2 at, Plane plane);
  void polygon(Shape& s, const RawOutline& raw, Vec2 at, Plane plane, bool hollow);
  void chain(Shape& s, const RawOutline& raw, Vec2 at, Plane plane, bool hollow);
  struct Corner {
    double offset;
    Expr expr;
  };
  // The expressions of one axis' levels.
  struct Levels {
    std::vector<double> values;
    std::vector<Expr> exprs;
    bool scaled = false;  // in proportion, as nothing better was found

    const Expr& at(double value) const;
    Expr middle() const { return (exprs.front() + exprs.back()) / 2; }
    Expr size() const { return exprs.back() - exprs.front(); }
    // The share of the side that `value` lies at.
    Expr in_proportion(double value) const;
  };
  Levels chain_levels(const Shape& s, const RawOutline& raw, int axis, bool second,
                      const std::vector<double>& levels, std::vector<Corner>& corners);
  Expr corner_offset(const Shape& s, const RawOutline& raw, int axis, bool second, double offset,
                     bool from_low, std::vector<Corner>& corners);
  void add_mids(Shape& s, const RawOutline& raw, Vec2 at, const Levels& x, const Levels& y);
  void mark_arc_centers(const Shape& s, const RawOutline& raw, Vec2 at, Plane plane);

  // An expression for one coordinate, and for two that belong together.
  Expr coordinate(int axis, double value, const std::string& of);
  Span span(int axis, double low, double high, const std::string& of, const Words& words,
            const Expr* known_size = nullptr);
  // An extent along the normal: the first one stands on its start.
  Span extent(int axis, double low, double high, const std::string& of, const Words& words,
              const Expr* known_size);

  Expr parameter(const Words& words, double value, bool count = false);
  void relate(Relation::Kind kind, const std::string& what);
  void mark_span(int axis, double low, double high, const Span& s, const std::string& of);
  int own_axis(const std::string& name);
  Plane own_plane();
  std::array<int, 3> axes_of(const RawFeature& raw);
  std::string size_word(int axis) const;
  bool same(double a, double b) const { return std::abs(a - b) <= tolerance_; }

  // Sizes that equal features share.
  struct Known {
    RawOutline raw;
    bool hollow = false;
    Outline outline;
    std::string name;
    double depth = 0;  // of the feature, once known
    Expr depth_expr;
  };
  const Known* twin_of(const RawOutline& raw, bool hollow);

  struct KnownPattern {
    std::vector<Vec2> places;
    Plane plane;
    Pattern pattern;
    std::string name;
  };

  double tolerance_;
  Model& model_;
  std::vector<Axis> axes_;
  std::map<std::array<double, 9>, std::array<int, 3>> frames_;  // axes of frames off the world's
  std::set<std::string> taken_;                                 // parameter names
  std::vector<Known> known_;
  std::vector<KnownPattern> patterns_;
  std::vector<Enclosing> rectangles_;
};

// What features and shapes are called. `names[i]` is feature i's; within it the
// shapes' by outer and inner.
struct ShapeNames {
  std::string name, what;
};
struct FeatureNames {
  std::string name, what;
  std::vector<ShapeNames> outers;
  std::vector<std::vector<ShapeNames>> inner;
};
std::vector<FeatureNames> names_of(const std::vector<RawFeature>& raw);
// The word for a feature's extent along its normal: "thickness", "height", "depth";
// empty: that of the axis.
std::string extent_word(const RawFeature& raw, bool first);

}  // namespace cadrecode::parametrize
