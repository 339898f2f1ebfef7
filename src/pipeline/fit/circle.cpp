#include "pipeline/fit/circle.h"

#include <cmath>

namespace cadrecode::fit {
namespace {

Vec2 centroid(std::span<const Vec2> points) {
  Vec2 sum;
  for (Vec2 p : points) sum = sum + p;
  return sum / static_cast<double>(points.size());
}

}  // namespace

std::optional<Circle> fit_circle(std::span<const Vec2> points) {
  if (points.size() < 3) return std::nullopt;
  const Vec2 mean = centroid(points);
  double xx = 0, xy = 0, yy = 0, xz = 0, yz = 0, zz = 0;
  for (Vec2 p : points) {
    const Vec2 d = p - mean;
    const double z = dot(d, d);
    xx += d.x * d.x, xy += d.x * d.y, yy += d.y * d.y;
    xz += d.x * z, yz += d.y * z, zz += z;
  }
  const double det = xx * yy - xy * xy;
  if (det <= 1e-14 * zz * zz) return std::nullopt;
  const Vec2 c{(xz * yy - yz * xy) / (2 * det), (yz * xx - xz * xy) / (2 * det)};
  const double r2 = zz / static_cast<double>(points.size()) + dot(c, c);
  return Circle{mean + c, std::sqrt(r2)};
}

std::optional<Circle> circle_through(Vec2 a, Vec2 b, Vec2 c) {
  const Vec2 u = b - a, v = c - a;
  const double det = 2 * cross(u, v);
  const double uu = dot(u, u), vv = dot(v, v);
  if (std::abs(det) <= 1e-9 * std::max(uu, vv)) return std::nullopt;
  const Vec2 d{(v.y * uu - u.y * vv) / det, (u.x * vv - v.x * uu) / det};
  return Circle{a + d, norm(d)};
}

std::optional<Line> fit_line(std::span<const Vec2> points) {
  if (points.size() < 2) return std::nullopt;
  const Vec2 mean = centroid(points);
  double xx = 0, xy = 0, yy = 0;
  for (Vec2 p : points) {
    const Vec2 d = p - mean;
    xx += d.x * d.x, xy += d.x * d.y, yy += d.y * d.y;
  }
  if (xx + yy <= 0) return std::nullopt;
  const double angle = 0.5 * std::atan2(2 * xy, xx - yy);  // of the direction
  const Vec2 n{-std::sin(angle), std::cos(angle)};
  return Line{n, dot(n, mean)};
}

std::optional<Vec2> intersect(const Line& a, const Line& b, double sine) {
  const double det = cross(a.normal, b.normal);
  if (std::abs(det) <= sine) return std::nullopt;
  return Vec2{(a.offset * b.normal.y - b.offset * a.normal.y) / det,
              (a.normal.x * b.offset - b.normal.x * a.offset) / det};
}

}  // namespace cadrecode::fit
