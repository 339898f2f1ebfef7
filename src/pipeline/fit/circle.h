// Circles and lines through 2-D points: least squares, and three points.
#pragma once

#include <optional>
#include <span>

#include "base/vec.h"

namespace cadrecode::fit {

struct Circle {
  Vec2 center;
  double radius = 0;
};

// Algebraic least squares (Kasa 1976) on centred coordinates; exact for points
// exactly on a circle. None for fewer than three points or collinear ones.
std::optional<Circle> fit_circle(std::span<const Vec2> points);

// The circle through three points; none when they are (nearly) collinear.
std::optional<Circle> circle_through(Vec2 a, Vec2 b, Vec2 c);

// The line {p : dot(normal, p) == offset}, |normal| == 1, by total least squares.
struct Line {
  Vec2 normal;
  double offset = 0;

  double signed_distance(Vec2 p) const { return dot(normal, p) - offset; }
  Vec2 direction() const { return perpendicular(normal); }
};
std::optional<Line> fit_line(std::span<const Vec2> points);

// Where two lines cross; none when they are parallel within `sine`.
std::optional<Vec2> intersect(const Line& a, const Line& b, double sine = 1e-6);

}  // namespace cadrecode::fit
