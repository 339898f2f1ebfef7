#include "language/cadquery/selectors.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/error.h"
#include "geometry/brep/curve.h"
#include "geometry/brep/face.h"
#include "geometry/brep/measure.h"
#include "language/cadquery/selector_syntax.h"
#include "language/cadquery/vector_math.h"

namespace cadrecode::cadquery {
namespace {

using brep::Kind;
using brep::Shape;
using ShapeSet = std::unordered_set<Shape, brep::ShapeHash>;

// A sort key; nothing for a shape that has none and is left out.
using Key = std::function<std::optional<double>(const Shape&)>;

struct Keyed {
  double key;
  Shape shape;
};

std::vector<Keyed> sorted_by(const Key& key, const Shapes& shapes) {
  std::vector<Keyed> keyed;
  for (const Shape& shape : shapes)
    if (auto k = key(shape)) keyed.push_back({*k, shape});
  std::stable_sort(keyed.begin(), keyed.end(),
                   [](const Keyed& a, const Keyed& b) { return a.key < b.key; });
  return keyed;
}

// A cluster reaches as far as the tolerance from its first member.
std::vector<Shapes> clustered(const std::vector<Keyed>& keyed, double tolerance) {
  std::vector<Shapes> clusters(1);
  double start = keyed.front().key;
  for (const Keyed& k : keyed) {
    if (!(std::abs(k.key - start) <= tolerance)) {
      clusters.emplace_back();
      start = k.key;
    }
    clusters.back().push_back(k.shape);
  }
  return clusters;
}

Shapes nth_cluster(const Key& key, const Shapes& shapes, const Nth& nth) {
  if (shapes.empty())
    throw Error(ErrorKind::kValue, "Can not return the Nth element of an empty list");
  const std::vector<Keyed> keyed = sorted_by(key, shapes);
  if (keyed.empty())
    throw Error(ErrorKind::kValue, "selector: no shape in the list has the property");
  std::vector<Shapes> clusters = clustered(keyed, nth.tolerance);
  if (!nth.ascending) std::reverse(clusters.begin(), clusters.end());
  const long count = static_cast<long>(clusters.size());
  const long index = nth.n < 0 ? nth.n + count : nth.n;
  if (index < 0 || index >= count)
    throw Error(ErrorKind::kValue, "Attempted to access index " + std::to_string(nth.n) +
                                       " of a list with length " + std::to_string(count));
  return clusters[static_cast<std::size_t>(index)];
}

Selector nth_selector(Key key, const Nth& nth) {
  return
      [key = std::move(key), nth](const Shapes& shapes) { return nth_cluster(key, shapes, nth); };
}

bool is_one_dimensional(const Shape& shape) {
  return shape.kind() == Kind::kEdge || shape.kind() == Kind::kWire;
}

std::optional<double> radius_key(const Shape& shape) {
  if (!is_one_dimensional(shape)) return std::nullopt;
  try {
    return brep::radius(shape);
  } catch (const Error& e) {
    if (e.kind() == ErrorKind::kValue) return std::nullopt;
    throw;
  }
}

std::optional<double> length_key(const Shape& shape) {
  if (!is_one_dimensional(shape)) return std::nullopt;
  return brep::length(shape);
}

std::optional<double> area_key(const Shape& shape) {
  switch (shape.kind()) {
    case Kind::kFace:
    case Kind::kShell:
    case Kind::kSolid:
      return brep::area(shape);
    case Kind::kWire:
      try {
        return std::abs(brep::area(brep::make_face(shape)));
      } catch (const Error&) {
        return std::nullopt;
      }
    default:
      return std::nullopt;
  }
}

Key center_key(Vec3 direction) {
  return [direction](const Shape& shape) { return dot(brep::center(shape), direction); };
}

// What the direction filters look at: the normal of a planar face, the tangent of a line.
std::optional<Vec3> direction_of(const Shape& shape) {
  if (shape.kind() == Kind::kFace && shape.geom_type() == "PLANE") return brep::normal_at(shape);
  if (shape.kind() == Kind::kEdge && shape.geom_type() == "LINE") return brep::tangent_at(shape);
  return std::nullopt;
}

template <class Test>
Selector direction_filter(Test test) {
  return [test](const Shapes& shapes) {
    Shapes chosen;
    for (const Shape& shape : shapes) {
      auto direction = direction_of(shape);
      if (direction && test(*direction)) chosen.push_back(shape);
    }
    return chosen;
  };
}

template <class Distance>
Shapes nearest(const Shapes& shapes, Distance distance) {
  if (shapes.empty())
    throw Error(ErrorKind::kValue, "selector: nothing to choose the nearest from");
  const Shape* best = nullptr;
  double least = 0;
  for (const Shape& shape : shapes) {
    const double d = distance(shape);
    if (!best || d < least) best = &shape, least = d;
  }
  return {*best};
}

// Strictly inside on either side, whichever corner is the smaller.
bool between(double value, double a, double b) { return (value < a) != (value < b); }

bool inside(Vec3 p, Vec3 a, Vec3 b) {
  return between(p.x, a.x, b.x) && between(p.y, a.y, b.y) && between(p.z, a.z, b.z);
}

Shapes without_repeats(const Shapes& shapes) {
  ShapeSet seen;
  Shapes unique;
  for (const Shape& shape : shapes)
    if (seen.insert(shape).second) unique.push_back(shape);
  return unique;
}

// Members of `left` that are (or, if !kept, are not) in `right`, each once.
Shapes filtered(const Shapes& left, const Shapes& right, bool kept) {
  const ShapeSet members(right.begin(), right.end());
  Shapes result;
  for (const Shape& shape : without_repeats(left))
    if (members.contains(shape) == kept) result.push_back(shape);
  return result;
}

Selector build(const SelectorSyntax& s) {
  const Nth nth{s.index, s.ascending, kSelectorTolerance};
  switch (s.kind) {
    case SelectorKind::kParallel:
      return parallel_to(s.direction);
    case SelectorKind::kPerpendicular:
      return perpendicular_to(s.direction);
    case SelectorKind::kAligned:
      return aligned_with(s.direction);
    case SelectorKind::kType:
      return of_type(s.type);
    case SelectorKind::kExtreme:
      return extreme(s.direction, s.ascending);
    case SelectorKind::kDirectionNth:
      return direction_nth(s.direction, nth);
    case SelectorKind::kCenterNth:
      return center_nth(s.direction, nth);
    case SelectorKind::kAnd:
      return both(build(*s.left), build(*s.right));
    case SelectorKind::kOr:
      return either(build(*s.left), build(*s.right));
    case SelectorKind::kExcept:
      return difference(build(*s.left), build(*s.right));
    case SelectorKind::kNot:
      return inverse(build(*s.left));
  }
  throw Error(ErrorKind::kInternal, "selector of unknown kind");
}

}  // namespace

Selector parse_selector(const std::string& text) { return build(parse_selector_syntax(text)); }

Selector nearest_to_point(Vec3 point) {
  return [point](const Shapes& shapes) {
    return nearest(shapes, [&](const Shape& s) { return norm(brep::center(s) - point); });
  };
}

Selector nearest_to_shape(const Shape& shape) {
  return [shape](const Shapes& shapes) {
    return nearest(shapes, [&](const Shape& s) { return brep::distance(shape, s); });
  };
}

Selector inside_box(Vec3 corner0, Vec3 corner1, bool whole_bound_box) {
  return [=](const Shapes& shapes) {
    Shapes chosen;
    for (const Shape& shape : shapes) {
      if (whole_bound_box) {
        const brep::BoundBox box = brep::bounding_box(shape);
        if (inside(box.min, corner0, corner1) && inside(box.max, corner0, corner1))
          chosen.push_back(shape);
      } else if (inside(brep::center(shape), corner0, corner1)) {
        chosen.push_back(shape);
      }
    }
    return chosen;
  };
}

Selector parallel_to(Vec3 direction, double tolerance) {
  return direction_filter([=](Vec3 v) { return norm(cross(direction, v)) < tolerance; });
}

Selector aligned_with(Vec3 direction, double tolerance) {
  return direction_filter([=](Vec3 v) { return angle_between(direction, v) < tolerance; });
}

Selector perpendicular_to(Vec3 direction, double tolerance) {
  return direction_filter([=](Vec3 v) {
    return std::abs(angle_between(direction, v) - std::numbers::pi / 2) < tolerance;
  });
}

Selector of_type(const std::string& type) {
  std::string wanted = type;
  for (char& c : wanted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return [wanted](const Shapes& shapes) {
    Shapes chosen;
    for (const Shape& shape : shapes)
      if (shape.geom_type() == wanted) chosen.push_back(shape);
    return chosen;
  };
}

Selector radius_nth(const Nth& nth) { return nth_selector(radius_key, nth); }
Selector length_nth(const Nth& nth) { return nth_selector(length_key, nth); }
Selector area_nth(const Nth& nth) { return nth_selector(area_key, nth); }
Selector center_nth(Vec3 direction, const Nth& nth) {
  return nth_selector(center_key(direction), nth);
}

Selector direction_nth(Vec3 direction, const Nth& nth) {
  return [parallel = parallel_to(direction, nth.tolerance), key = center_key(direction),
          nth](const Shapes& shapes) { return nth_cluster(key, parallel(shapes), nth); };
}

Selector extreme(Vec3 direction, bool ascending, double tolerance) {
  return center_nth(direction, {-1, ascending, tolerance});
}

Selector everything() {
  return [](const Shapes& shapes) { return shapes; };
}

Selector both(Selector left, Selector right) {
  return [=](const Shapes& shapes) { return filtered(left(shapes), right(shapes), true); };
}

Selector either(Selector left, Selector right) {
  return [=](const Shapes& shapes) {
    Shapes all = left(shapes);
    const Shapes more = right(shapes);
    all.insert(all.end(), more.begin(), more.end());
    return without_repeats(all);
  };
}

Selector difference(Selector left, Selector right) {
  return [=](const Shapes& shapes) { return filtered(left(shapes), right(shapes), false); };
}

Selector inverse(Selector selector) { return difference(everything(), std::move(selector)); }

}  // namespace cadrecode::cadquery
