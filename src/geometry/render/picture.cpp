// The page: heading, panels, colour bar.
#include "geometry/render/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "geometry/render/scene.h"
#include "geometry/render/text.h"

namespace cadrecode::render {
namespace {

constexpr Color kPage{252, 252, 252}, kInk{34, 41, 51}, kSoftInk{96, 106, 120},
    kFrame{208, 214, 222};
constexpr int kMargin = 28, kHeading = 70, kTitle = 34, kNote = 40, kGap = 20, kBar = 124;

struct Rect {
  int x, y, width, height;
};

void fill(Picture& picture, Rect r, Color color) {
  for (int y = std::max(r.y, 0); y < std::min(r.y + r.height, picture.height); ++y) {
    for (int x = std::max(r.x, 0); x < std::min(r.x + r.width, picture.width); ++x) {
      picture.at(x, y) = color;
    }
  }
}

void frame(Picture& picture, Rect r, Color color) {
  fill(picture, {r.x, r.y, r.width, 1}, color);
  fill(picture, {r.x, r.y + r.height - 1, r.width, 1}, color);
  fill(picture, {r.x, r.y, 1, r.height}, color);
  fill(picture, {r.x + r.width - 1, r.y, 1, r.height}, color);
}

// The next round number from x up: its half is round enough to be a label too.
double round_up(double x) {
  const double power = std::pow(10, std::floor(std::log10(x)));
  for (double step : {1.0, 1.2, 1.6, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0}) {
    if (x <= step * power * (1 + 1e-9)) return step * power;
  }
  return 10 * power;
}

double extent(const Subject& s) {
  Box3 box;
  for (const Vec3& p : s.mesh.empty() ? s.cloud.points : s.mesh.vertices) box.add(p);
  return box.empty() ? 1 : box.diagonal();
}

// 98 of 100 deviations lie within it; at least a thousandth of the size, so
// that rounding errors are not painted as faults.
double automatic_range(const std::vector<Subject>& subjects) {
  std::vector<double> all;
  double size = 0;
  for (const Subject& s : subjects) {
    size = std::max(size, extent(s));
    for (double d : s.deviation) {
      if (std::isfinite(d)) all.push_back(std::abs(d));
    }
  }
  if (all.empty()) return 0;
  const size_t at = std::min(all.size() - 1, all.size() * 98 / 100);
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at), all.end());
  return round_up(std::max({all[at], size * 1e-3, 1e-300}));
}

std::string signed_number(double x) {
  return x == 0 ? "0" : fmt::format("{}{:.3g}", x > 0 ? "+" : "–", std::abs(x));
}

void draw_color_bar(Picture& picture, Rect r, double range, const std::string& unit) {
  draw_text(picture, r.x, r.y - 30, 16, "deviation", kInk);
  draw_text(picture, r.x, r.y - 11, 14, unit.empty() ? "(units)" : "(" + unit + ")", kSoftInk);
  const int width = 26;
  for (int y = 0; y < r.height; ++y) {
    const double t = 1 - 2 * (y + 0.5) / r.height;
    fill(picture, {r.x, r.y + y, width, 1}, diverging_color(t));
  }
  frame(picture, {r.x, r.y, width, r.height}, kFrame);
  for (int tick = -2; tick <= 2; ++tick) {
    const int y = r.y + static_cast<int>((1 - tick / 2.0) / 2 * (r.height - 1));
    fill(picture, {r.x + width, y, 6, 1}, kSoftInk);
    draw_text(picture, r.x + width + 11, y + 5.5, 15, signed_number(range * tick / 2), kInk);
  }
  draw_text(picture, r.x, r.y + r.height + 22, 14, "+ outside", kSoftInk);
  draw_text(picture, r.x, r.y + r.height + 41, 14, "– inside", kSoftInk);
}

void draw_axis_names(Picture& picture, const Camera& camera, Vec2 origin, double length) {
  constexpr std::array<const char*, 3> kNames = {"X", "Y", "Z"};
  for (int axis = 0; axis < 3; ++axis) {
    Vec3 d;
    d[axis] = 1;
    const double x = dot(d, camera.right), y = -dot(d, camera.up);
    if (std::hypot(x, y) < 0.15) continue;  // it points at the camera
    draw_text(picture, origin.x + x * (length + 11 / std::hypot(x, y)),
              origin.y + y * (length + 11 / std::hypot(x, y)) + 5, 13,
              kNames[static_cast<size_t>(axis)], kSoftInk, Align::kCenter);
  }
}

void draw_panel(Picture& picture, Rect r, Camera camera, const Subject& subject, double range,
                const PictureOptions& options, bool with_axes) {
  const int pixel = options.supersampling;
  Canvas canvas(r.width * pixel, r.height * pixel);
  camera.scale *= pixel, camera.middle_x *= pixel, camera.middle_y *= pixel;
  draw_subject(canvas, camera, subject, range, options.crease_deg, pixel);
  const Vec2 origin{46, r.height - 44.0};
  const double length = 30;
  if (with_axes) draw_axes(canvas, camera, origin * pixel, length * pixel, pixel);
  downsample(canvas, pixel, picture, r.x, r.y);
  frame(picture, r, kFrame);
  if (with_axes) draw_axis_names(picture, camera, origin + Vec2{double(r.x), double(r.y)}, length);
  draw_text(picture, r.x + 1, r.y - 12, 19, fitted(subject.title, 19, r.width), kInk);
  draw_text(picture, r.x + 1, r.y + r.height + 24, 15, fitted(subject.note, 15, r.width), kSoftInk);
}

}  // namespace

Color diverging_color(double t) {
  // Moreland, "Diverging Color Maps for Scientific Visualization" (2009).
  constexpr std::array<Color, 9> kNodes = {{{59, 76, 192},
                                            {98, 130, 234},
                                            {141, 176, 254},
                                            {184, 208, 249},
                                            {221, 221, 221},
                                            {245, 196, 173},
                                            {244, 154, 123},
                                            {222, 96, 77},
                                            {180, 4, 38}}};
  if (!(t == t)) return {128, 128, 128};  // unknown
  const double at = (std::clamp(t, -1.0, 1.0) + 1) * 4;
  const auto node = std::min<size_t>(static_cast<size_t>(at), 7);
  return to_color(mix(to_rgb(kNodes[node]), to_rgb(kNodes[node + 1]),
                      static_cast<float>(at - static_cast<double>(node))));
}

Picture render_panels(const std::vector<Subject>& subjects, const std::string& heading,
                      const std::string& unit, const PictureOptions& options) {
  Picture picture;
  picture.width = std::max(options.width, 320);
  picture.height = std::max(options.height, 240);
  picture.pixels.assign(static_cast<size_t>(picture.width) * picture.height, kPage);
  const bool colored = std::any_of(subjects.begin(), subjects.end(),
                                   [](const Subject& s) { return !s.deviation.empty(); });
  const double range = options.range > 0 ? options.range : automatic_range(subjects);
  const int count = std::max<int>(1, static_cast<int>(subjects.size()));
  const int top = kHeading + kTitle, bar = colored ? kBar : 0;
  const int width = (picture.width - 2 * kMargin - bar - (count - 1) * kGap) / count;
  const int height = picture.height - top - kNote - 6;
  Camera camera = aimed_camera(options.azimuth_deg, options.elevation_deg);
  frame_subjects(camera, subjects, width, height, 0.07 * std::min(width, height));
  draw_text(picture, kMargin, 44, 25, fitted(heading, 25, picture.width - 2 * kMargin), kInk);
  for (int i = 0; i < static_cast<int>(subjects.size()); ++i) {
    draw_panel(picture, {kMargin + i * (width + kGap), top, width, height}, camera,
               subjects[static_cast<size_t>(i)], range, options, i == 0);
  }
  if (colored) {
    const int x = kMargin + count * (width + kGap) + 4;
    draw_color_bar(picture, {x, top + 46, kBar, height - 112}, range, unit);
  }
  return picture;
}

}  // namespace cadrecode::render
