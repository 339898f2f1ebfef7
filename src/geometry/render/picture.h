// The report's picture: input beside result, coloured by deviation.
//
// A small software rasteriser (z-buffer, supersampled) with no outside need:
// it runs in a worker, on a server, in a test, and gives the same pixels
// everywhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geometry/cloud/cloud.h"
#include "geometry/mesh/mesh.h"

namespace cadrecode::render {

struct Color {
  uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Color&) const = default;
};

struct Picture {
  int width = 0, height = 0;
  std::vector<Color> pixels;  // [height * width], rows from the top

  const Color& at(int x, int y) const { return pixels[static_cast<size_t>(y) * width + x]; }
  Color& at(int x, int y) { return pixels[static_cast<size_t>(y) * width + x]; }
};

// What one panel shows. A mesh if it has triangles, else the cloud as dots.
struct Subject {
  mesh::TriangleMesh mesh;
  cloud::PointCloud cloud;
  std::vector<double> deviation;  // signed, one a vertex (or point); empty: plain
  std::string title;              // above the panel
  std::string note;               // small, below
};

struct PictureOptions {
  int width = 1600, height = 800;
  int supersampling = 3;      // samples a pixel, each way
  double azimuth_deg = -55;   // where the camera stands: 0 at +x, -90 at -y (the front)
  double elevation_deg = 30;  // above the horizon; (-45, 35.264) is isometric
  double range = 0;           // colours span [-range, range]; 0: from the deviations
  double crease_deg = 30;     // edges bent more are drawn
};

// Panels side by side under one camera and one colour scale (drawn only where
// some subject has deviations; `unit`, e.g. "mm", stands beside it).
Picture render_panels(const std::vector<Subject>& subjects, const std::string& heading,
                      const std::string& unit, const PictureOptions& options = {});

// The two panels of a reconstruction's report: input | result by deviation.
// deviation[v]: signed distance from result vertex v to the input, outside > 0.
Picture compare_picture(const mesh::TriangleMesh& input, const mesh::TriangleMesh& result,
                        const std::vector<double>& deviation, const std::string& unit,
                        const std::string& heading, const PictureOptions& options = {});
Picture compare_picture(const cloud::PointCloud& input, const mesh::TriangleMesh& result,
                        const std::vector<double>& deviation, const std::string& unit,
                        const std::string& heading, const PictureOptions& options = {});

// What compare_picture shows when the caller has no deviations of its own: the
// result with its faces cut fine enough to carry colour, and for each vertex the
// signed distance to the input. For a cloud, which has no inside: how far the
// result lies outside the points nearest to the vertex (mean of four); where
// there are none near, the distance to the nearest one.
struct Deviations {
  mesh::TriangleMesh mesh;     // the result, refined
  std::vector<double> values;  // one a vertex
};
Deviations deviations_from(const mesh::TriangleMesh& input, const mesh::TriangleMesh& result);
Deviations deviations_from(const cloud::PointCloud& input, const mesh::TriangleMesh& result);

// A diverging scale, blue below, pale grey at 0, red above (t in [-1, 1]).
Color diverging_color(double t);

void write_png(const Picture& picture, const std::string& path);  // atomic; kInput on failure
std::string png_bytes(const Picture& picture);

}  // namespace cadrecode::render
