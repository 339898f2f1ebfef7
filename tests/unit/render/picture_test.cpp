#include "geometry/render/picture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "geometry/cloud/sample.h"
#include "geometry/mesh/repair.h"
#include "geometry/render/raster.h"
#include "geometry/render/text.h"
#include "unit/mesh/shapes.h"

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop

namespace cadrecode::render {
namespace {

constexpr PictureOptions kSmall{.width = 480, .height = 300, .supersampling = 2};

// Clearly red, clearly blue.
bool reddish(Color c) { return c.r > c.b + 60; }
bool bluish(Color c) { return c.b > c.r + 60; }

template <typename Test>
size_t count(const Picture& p, int x0, int x1, const Test& test) {
  size_t n = 0;
  for (int y = 110; y < p.height - 50; ++y) {
    for (int x = x0; x < x1; ++x) n += test(p.at(x, y));
  }
  return n;
}

TEST(DivergingColor, EndsMiddleAndUnknown) {
  EXPECT_EQ(diverging_color(0), (Color{221, 221, 221}));
  EXPECT_EQ(diverging_color(-1), (Color{59, 76, 192}));
  EXPECT_EQ(diverging_color(1), (Color{180, 4, 38}));
  EXPECT_EQ(diverging_color(7), diverging_color(1));
  EXPECT_EQ(diverging_color(std::nan("")), (Color{128, 128, 128}));
}

TEST(FillTriangle, NearestWinsAndAreaIsRight) {
  Canvas canvas(100, 100);
  const auto red = [](double, double, double) { return Rgb{1, 0, 0}; };
  const auto blue = [](double, double, double) { return Rgb{0, 0, 1}; };
  fill_triangle(canvas, {0, 0, 5}, {80, 0, 5}, {0, 80, 5}, red);
  fill_triangle(canvas, {0, 0, 9}, {80, 0, 9}, {0, 80, 1}, blue);  // nearer only low down
  size_t reds = 0, blues = 0;
  for (const Rgb& c : canvas.color) reds += c.r > 0, blues += c.b > 0;
  EXPECT_NEAR(double(reds + blues), 3200, 60);
  EXPECT_GT(canvas.color[canvas.index(5, 10)].r, 0);
  EXPECT_GT(canvas.color[canvas.index(5, 70)].b, 0);
}

TEST(FillTriangle, OffScreenAndNotANumber) {
  Canvas canvas(10, 10);
  const auto any = [](double, double, double) { return Rgb{1, 1, 1}; };
  fill_triangle(canvas, {-1e12, -1e12, 0}, {1e12, -1e12, 0}, {0, 1e12, 0}, any);
  fill_triangle(canvas, {std::nan(""), 0, 0}, {1, 0, 0}, {0, 1, 0}, any);
  EXPECT_EQ(canvas.color[canvas.index(5, 5)].r, 1);
}

TEST(DrawLine, HiddenBehindASurface) {
  Canvas canvas(20, 20);
  const auto grey = [](double, double, double) { return Rgb{0.5f, 0.5f, 0.5f}; };
  fill_triangle(canvas, {0, 0, 5}, {40, 0, 5}, {0, 40, 5}, grey);
  draw_line(canvas, {2, 5, 7}, {18, 5, 7}, 2, {1, 0, 0}, 0.1);
  EXPECT_EQ(canvas.color[canvas.index(10, 5)].r, 0.5f);
  draw_line(canvas, {2, 5, 5.05}, {18, 5, 5.05}, 2, {1, 0, 0}, 0.1);
  EXPECT_EQ(canvas.color[canvas.index(10, 5)].r, 1);
}

TEST(Text, WidthsAndInk) {
  EXPECT_GT(text_width("mm", 16), text_width("ii", 16));
  EXPECT_NEAR(text_width("abc", 32), 2 * text_width("abc", 16), 1e-9);
  EXPECT_EQ(text_width("\xC2\xB5", 16), text_width("µ", 16));
  EXPECT_EQ(text_width("\xFF", 16), text_width("?", 16));
  EXPECT_LE(text_width(fitted("a very long heading indeed", 16, 80), 16), 80);
  Picture p{60, 30, std::vector<Color>(60 * 30, Color{255, 255, 255})};
  draw_text(p, 2, 22, 20, "I", {0, 0, 0});
  draw_text(p, 55, 22, 20, "clipped at the border", {0, 0, 0});
  size_t dark = 0;
  for (Color c : p.pixels) dark += c.r < 60;
  EXPECT_GT(dark, 10u);
}

TEST(Picture, PngReadsBackTheSamePixels) {
  Picture p{3, 2, {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {250, 0, 9}, {0, 0, 0}, {255, 255, 255}}};
  const std::string bytes = png_bytes(p);
  int w = 0, h = 0, n = 0;
  unsigned char* data = stbi_load_from_memory(reinterpret_cast<const unsigned char*>(bytes.data()),
                                              static_cast<int>(bytes.size()), &w, &h, &n, 3);
  ASSERT_NE(data, nullptr);
  EXPECT_EQ(w, 3);
  EXPECT_EQ(h, 2);
  EXPECT_EQ(
      std::vector<unsigned char>(data, data + 18),
      (std::vector<unsigned char>{1, 2, 3, 4, 5, 6, 7, 8, 9, 250, 0, 9, 0, 0, 0, 255, 255, 255}));
  stbi_image_free(data);
}

TEST(Picture, DeviationIsRedOutsideAndBlueInside) {
  const mesh::TriangleMesh input = shapes::box({0, 0, 0}, {10, 10, 10});
  for (double size : {9.0, 11.0}) {
    const mesh::TriangleMesh result = shapes::box({0, 0, 0}, {size, 10, 10});
    const Deviations d = deviations_from(input, result);
    EXPECT_EQ(d.mesh.vertices.size(), d.values.size());
    EXPECT_GT(d.mesh.triangles.size(), 1000u);
    EXPECT_TRUE(mesh::closedness(d.mesh).manifold());
    double largest = 0;
    for (double v : d.values) largest = std::abs(v) > std::abs(largest) ? v : largest;
    EXPECT_NEAR(largest, size - 10, 1e-9);
    const Picture p = compare_picture(input, d.mesh, d.values, "mm", "a box", kSmall);
    const int middle = 28 + (480 - 56 - 124 - 20) / 2 + 10, bar = 340;
    EXPECT_GT(count(p, middle + 5, bar, size > 10 ? reddish : bluish), 300u);
    EXPECT_EQ(count(p, middle + 5, bar, size > 10 ? bluish : reddish), 0u);
    EXPECT_EQ(count(p, 120, middle - 5, reddish), 0u);
  }
}

TEST(Picture, IsTheSameEveryTime) {
  const mesh::TriangleMesh ball = shapes::sphere({0, 0, 0}, 1, 40);
  const cloud::PointCloud cloud = cloud::sample_surface(ball, 2000, 1).cloud;
  const Deviations d = deviations_from(cloud, ball);
  for (double v : d.values) EXPECT_NEAR(v, 0, 1e-9);
  const Picture a = compare_picture(cloud, d.mesh, d.values, "", "ball", kSmall);
  const Picture b = compare_picture(cloud, d.mesh, d.values, "", "ball", kSmall);
  EXPECT_TRUE(a.pixels == b.pixels);
}

TEST(Picture, CloudDeviationHasASignAndMarksWhatIsNotThere) {
  const mesh::TriangleMesh ball = shapes::sphere({0, 0, 0}, 1, 60);
  const cloud::PointCloud cloud = cloud::sample_surface_evenly(ball, 4000, 1).cloud;
  for (double v : deviations_from(cloud, shapes::sphere({0, 0, 0}, 1.1, 60)).values) {
    EXPECT_NEAR(v, 0.1, 0.02);
  }
  for (double v : deviations_from(cloud, shapes::sphere({0, 0, 0}, 0.9, 60)).values) {
    EXPECT_NEAR(v, -0.1, 0.02);
  }
  mesh::TriangleMesh extra = ball;
  shapes::append(extra, shapes::sphere({5, 0, 0}, 1, 20));
  const Deviations d = deviations_from(cloud, extra);
  double largest = 0;
  for (double v : d.values) largest = std::max(largest, v);
  EXPECT_NEAR(largest, 5, 0.1);
}

TEST(Picture, OddInputsGiveAPicture) {
  const double nan = std::nan("");
  Subject empty, point, broken;
  point.cloud.points = {{1, 1, 1}};
  broken.mesh = shapes::box({0, 0, 0}, {1, 1, 1});
  broken.deviation.assign(8, nan);
  broken.title = std::string(500, 'x');
  const Picture p = render_panels({empty, point, broken}, "", "mm", kSmall);
  EXPECT_EQ(p.pixels.size(), size_t{480} * 300);
  render_panels({}, "nothing", "", kSmall);
  Subject flat;
  flat.mesh.vertices = {{0, 0, 0}, {1e30, 0, 0}, {2e30, 0, 0}};
  flat.mesh.triangles = {{0, 1, 2}};
  render_panels({flat}, "a needle", "m", kSmall);
}

}  // namespace
}  // namespace cadrecode::render
