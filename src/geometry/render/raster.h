// A canvas with depth: triangles, lines and dots, nearest first.
//
// Screen coordinates: x right, y down, in pixels, pixel (i, j) covering
// [i, i+1) x [j, j+1); depth grows away from the camera.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "geometry/render/picture.h"

namespace cadrecode::render {

struct Rgb {  // linear arithmetic on display values, 0 … 1
  float r = 0, g = 0, b = 0;
  Rgb operator+(Rgb o) const { return {r + o.r, g + o.g, b + o.b}; }
  Rgb operator*(float s) const { return {r * s, g * s, b * s}; }
};
inline Rgb mix(Rgb a, Rgb b, float t) { return a * (1 - t) + b * t; }
inline Rgb to_rgb(Color c) { return {c.r / 255.0f, c.g / 255.0f, c.b / 255.0f}; }
Color to_color(Rgb c);

struct Canvas {
  int width = 0, height = 0;
  std::vector<Rgb> color;    // [height * width]
  std::vector<float> depth;  // infinity: background

  Canvas(int w, int h)
      : width(w),
        height(h),
        color(static_cast<size_t>(w) * h),
        depth(static_cast<size_t>(w) * h, std::numeric_limits<float>::infinity()) {}
  size_t index(int x, int y) const { return static_cast<size_t>(y) * width + x; }
};

// v as a pixel number in [0, limit - 1], and one more on either side for what
// is outside (v may be anything but not a number).
inline int pixel(double v, int limit) {
  return static_cast<int>(std::floor(std::clamp(v, -1.0, static_cast<double>(limit))));
}

// Covers the pixels whose centre lies in the triangle; shade(wa, wb, wc) gives
// the colour from the corners' weights.
template <typename Shade>
void fill_triangle(Canvas& canvas, Vec3 a, Vec3 b, Vec3 c, const Shade& shade) {
  const double area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  if (area == 0 || !std::isfinite(area)) return;
  const int x0 = std::max(0, pixel(std::min({a.x, b.x, c.x}) - 0.5, canvas.width));
  const int x1 = std::min(canvas.width - 1, pixel(std::max({a.x, b.x, c.x}) + 0.5, canvas.width));
  const int y0 = std::max(0, pixel(std::min({a.y, b.y, c.y}) - 0.5, canvas.height));
  const int y1 = std::min(canvas.height - 1, pixel(std::max({a.y, b.y, c.y}) + 0.5, canvas.height));
  for (int y = y0; y <= y1; ++y) {
    const double py = y + 0.5;
    for (int x = x0; x <= x1; ++x) {
      const double px = x + 0.5;
      const double wb = ((px - a.x) * (c.y - a.y) - (py - a.y) * (c.x - a.x)) / area;
      const double wc = ((b.x - a.x) * (py - a.y) - (b.y - a.y) * (px - a.x)) / area;
      const double wa = 1 - wb - wc;
      if (wa < 0 || wb < 0 || wc < 0) continue;
      const auto z = static_cast<float>(a.z * wa + b.z * wb + c.z * wc);
      const size_t at = canvas.index(x, y);
      if (!(z < canvas.depth[at])) continue;
      canvas.depth[at] = z;
      canvas.color[at] = shade(wa, wb, wc);
    }
  }
}

// A line of `width` pixels where nothing is nearer by more than `bias`; leaves
// depth alone.
void draw_line(Canvas& canvas, Vec3 a, Vec3 b, double width, Rgb color, double bias);

// A round dot facing the camera, with depth.
void draw_dot(Canvas& canvas, Vec3 center, double radius, Rgb color);

// Darkens the rim where depth jumps by more than `jump`: the outline.
void draw_outline(Canvas& canvas, int width, double jump, Rgb color);

// Averages `factor`² samples into each pixel of `picture` from (x, y) on.
void downsample(const Canvas& canvas, int factor, Picture& picture, int x, int y);

}  // namespace cadrecode::render
