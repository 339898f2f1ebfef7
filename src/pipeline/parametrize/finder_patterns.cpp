// Patterns: grids and circles of equal outlines, and pairs.
#include <fmt/format.h>

#include <algorithm>

#include "pipeline/parametrize/finder.h"

namespace cadrecode::parametrize {
namespace {

// From so many in a row on, their number is a parameter; a pair is a pair.
constexpr int kLeastCounted = 3;

}  // namespace

// Along one axis: the middle, the spacing and how many.
Pattern Finder::grid(const Shape& shape, const RawPattern& raw, Plane plane) {
  Pattern p;
  p.kind = Pattern::Kind::kGrid;
  p.points.resize(1);
  const bool both = raw.columns > 1 && raw.rows > 1;
  struct Side {
    int count;
    double center, spacing;
    Expr *at, *number, *step;
  };
  Position& at = p.points[0];
  Side sides[2] = {{raw.columns, raw.center.x, raw.spacing.x, &at.x, &p.columns, &p.spacing_x},
                   {raw.rows, raw.center.y, raw.spacing.y, &at.y, &p.rows, &p.spacing_y}};
  for (int i = 0; i < 2; ++i) {
    Side& s = sides[i];
    const int axis = plane[static_cast<size_t>(i)];
    const std::string& along = axes_[static_cast<size_t>(axis)].name();
    if (s.count == 1) {
      *s.at = coordinate(axis, s.center, shape.name);
      continue;
    }
    const Words words{shape.name + "_spacing" + (both ? "_" + along : ""),
                      fmt::format("from one {} to the next, along {}", shape.name, along)};
    relate(Relation::Kind::kSpacing,
           fmt::format("{} of {} evenly, along {}", s.count, shape.name, along));
    if (s.count < kLeastCounted) {
      const Span ends =
          span(axis, s.center - s.spacing / 2, s.center + s.spacing / 2, shape.name, words);
      *s.at = ends.center();
      *s.step = ends.size();
      *s.number = s.count;
      continue;
    }
    *s.at = coordinate(axis, s.center, shape.name);
    *s.step = parameter(words, s.spacing);
    *s.number = parameter({shape.name + "_count" + (both ? "_" + along : ""),
                           fmt::format("how many of {}, along {}", shape.name, along)},
                          s.count, true);
  }
  return p;
}

Pattern Finder::polar(const Shape& shape, const RawPattern& raw, Plane plane) {
  Pattern p;
  p.kind = Pattern::Kind::kPolar;
  p.points = {{coordinate(plane[0], raw.center.x, shape.name),
               coordinate(plane[1], raw.center.y, shape.name)}};
  p.diameter = parameter({shape.name + "_circle_diameter",
                          fmt::format("diameter of the circle the {} stand on", shape.what)},
                         raw.diameter);
  p.count = raw.columns;
  p.start_deg = raw.start_deg;
  return p;
}

Pattern Finder::place(const Shape& shape, const RawShape& raw, Plane plane) {
  const auto like = [&](const KnownPattern& k) {
    if (k.plane != plane || k.places.size() != raw.places.size()) return false;
    for (size_t i = 0; i < k.places.size(); ++i) {
      if (!same(k.places[i].x, raw.places[i].x) || !same(k.places[i].y, raw.places[i].y))
        return false;
    }
    return true;
  };
  for (const KnownPattern& k : patterns_) {
    if (!like(k)) continue;
    relate(Relation::Kind::kConcentric, fmt::format("each {} with a {}", shape.name, k.name));
    return k.pattern;
  }
  const RawPattern found = pattern_of(raw.places, tolerance_);
  Pattern p;
  if (found.kind == Pattern::Kind::kGrid) {
    p = grid(shape, found, plane);
  } else if (found.kind == Pattern::Kind::kPolar) {
    p = polar(shape, found, plane);
    p.count = parameter({shape.name + "_count", fmt::format("how many of {}", shape.name)},
                        static_cast<double>(raw.places.size()), true);
    relate(Relation::Kind::kSpacing,
           fmt::format("{} of {} evenly on a circle", raw.places.size(), shape.name));
  } else {
    for (size_t i = 0; i < raw.places.size(); ++i) {
      const std::string of = shape.name + "_" + std::to_string(i + 1);
      p.points.push_back(
          {coordinate(plane[0], raw.places[i].x, of), coordinate(plane[1], raw.places[i].y, of)});
    }
  }
  patterns_.push_back({raw.places, plane, p, shape.name});
  return p;
}

}  // namespace cadrecode::parametrize
