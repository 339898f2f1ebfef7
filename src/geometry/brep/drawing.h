// Line drawings with hidden lines removed: CadQuery's SVG exporter and a sheet of views.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "geometry/brep/shape.h"

namespace cadrecode::brep {

// CadQuery's SVG options under their own names.
struct SvgOptions {
  std::optional<double> width = 800;   // unset: fit to the height
  std::optional<double> height = 240;  // unset: fit to the width
  double margin_left = 200, margin_top = 20;
  Vec3 projection_dir{-1.75, 1.1, 5};
  bool show_axes = true;
  double stroke_width = -1;  // -1: one unit of the drawing
  std::array<int, 3> stroke_color{0, 0, 0};
  std::array<int, 3> hidden_color{160, 160, 160};
  bool show_hidden = true;
  std::optional<double> focus;  // perspective from this distance
};
std::string svg(const Shape& shape, const SvgOptions& options = {});

// A sheet of four views: front, left, top (first angle) and isometric, each to the
// same scale, visible lines solid, hidden lines dashed, overall sizes written beside.
std::string drawing_sheet(const Shape& shape, const std::string& title);

// One view's lines, flattened to polylines in the view plane (x right, y up).
struct ViewLines {
  std::vector<std::vector<Vec2>> visible, hidden;
};
ViewLines project_view(const Shape& shape, Vec3 direction, std::optional<Vec3> x_direction = {},
                       std::optional<double> focus = {});

}  // namespace cadrecode::brep
