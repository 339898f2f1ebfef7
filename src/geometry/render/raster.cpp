#include "geometry/render/raster.h"

namespace cadrecode::render {

Color to_color(Rgb c) {
  const auto byte = [](float v) {
    return static_cast<uint8_t>(std::clamp(v, 0.0f, 1.0f) * 255 + 0.5f);
  };
  return {byte(c.r), byte(c.g), byte(c.b)};
}

void draw_line(Canvas& canvas, Vec3 a, Vec3 b, double width, Rgb color, double bias) {
  const double half = width / 2;
  const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
  if (!std::isfinite(length2)) return;
  const int x0 = std::max(0, pixel(std::min(a.x, b.x) - half, canvas.width));
  const int x1 = std::min(canvas.width - 1, pixel(std::max(a.x, b.x) + half, canvas.width));
  const int y0 = std::max(0, pixel(std::min(a.y, b.y) - half, canvas.height));
  const int y1 = std::min(canvas.height - 1, pixel(std::max(a.y, b.y) + half, canvas.height));
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const double px = x + 0.5 - a.x, py = y + 0.5 - a.y;
      const double t = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.0, 1.0) : 0;
      const double ex = px - t * dx, ey = py - t * dy;
      if (ex * ex + ey * ey > half * half) continue;
      const size_t at = canvas.index(x, y);
      if (a.z + (b.z - a.z) * t <= canvas.depth[at] + bias) canvas.color[at] = color;
    }
  }
}

void draw_dot(Canvas& canvas, Vec3 center, double radius, Rgb color) {
  if (!std::isfinite(center.x) || !std::isfinite(center.y)) return;
  const int x0 = std::max(0, pixel(center.x - radius, canvas.width));
  const int x1 = std::min(canvas.width - 1, pixel(center.x + radius, canvas.width));
  const int y0 = std::max(0, pixel(center.y - radius, canvas.height));
  const int y1 = std::min(canvas.height - 1, pixel(center.y + radius, canvas.height));
  const auto z = static_cast<float>(center.z);
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const double ex = x + 0.5 - center.x, ey = y + 0.5 - center.y;
      const size_t at = canvas.index(x, y);
      if (ex * ex + ey * ey > radius * radius || !(z < canvas.depth[at])) continue;
      canvas.depth[at] = z;
      canvas.color[at] = color;
    }
  }
}

void draw_outline(Canvas& canvas, int width, double jump, Rgb color) {
  // A sample is on the rim if another within `width`, up, down, left or right,
  // lies that much farther away; only the nearer side is drawn.
  std::vector<size_t> rim;
  for (int y = 0; y < canvas.height; ++y) {
    for (int x = 0; x < canvas.width; ++x) {
      const float z = canvas.depth[canvas.index(x, y)];
      if (std::isinf(z)) continue;
      const auto limit = static_cast<float>(z + jump);
      bool on_rim = false;
      for (int d = 1; d <= width && !on_rim; ++d) {
        on_rim = (x >= d && canvas.depth[canvas.index(x - d, y)] > limit) ||
                 (x + d < canvas.width && canvas.depth[canvas.index(x + d, y)] > limit) ||
                 (y >= d && canvas.depth[canvas.index(x, y - d)] > limit) ||
                 (y + d < canvas.height && canvas.depth[canvas.index(x, y + d)] > limit);
      }
      if (on_rim) rim.push_back(canvas.index(x, y));
    }
  }
  for (size_t at : rim) canvas.color[at] = color;
}

void downsample(const Canvas& canvas, int factor, Picture& picture, int x, int y) {
  for (int j = 0; j < canvas.height / factor; ++j) {
    for (int i = 0; i < canvas.width / factor; ++i) {
      if (x + i < 0 || y + j < 0 || x + i >= picture.width || y + j >= picture.height) continue;
      Rgb sum;
      for (int v = 0; v < factor; ++v) {
        for (int u = 0; u < factor; ++u) {
          sum = sum + canvas.color[canvas.index(i * factor + u, j * factor + v)];
        }
      }
      picture.at(x + i, y + j) = to_color(sum * (1.0f / static_cast<float>(factor * factor)));
    }
  }
}

}  // namespace cadrecode::render
