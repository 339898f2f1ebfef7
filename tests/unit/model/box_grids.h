// Grids of a box's faces and edges, as the kernel would make them.
#pragma once

#include <initializer_list>

#include "geometry/mesh/uv_grid.h"

namespace cadrecode::model {

// A box of unequal sides: 6 faces, 12 edges.
inline mesh::UvGrids box(double x, double y, double z) {
  mesh::UvGrids out;
  const double half[3] = {x / 2, y / 2, z / 2};
  const auto put = [](std::vector<float>& to, std::initializer_list<double> values) {
    for (const double v : values) to.push_back(static_cast<float>(v));
  };
  for (int axis = 0; axis < 3; ++axis) {
    for (const double side : {-1.0, 1.0}) {
      for (int i = 0; i < 20; ++i) {
        for (int j = 0; j < 20; ++j) {
          double p[3], n[3] = {0, 0, 0};
          p[axis] = side * half[axis];
          p[(axis + 1) % 3] = half[(axis + 1) % 3] * (2 * i / 19.0 - 1);
          p[(axis + 2) % 3] = half[(axis + 2) % 3] * (2 * j / 19.0 - 1);
          n[axis] = side;
          put(out.faces, {p[0], p[1], p[2], n[0], n[1], n[2], 1});
        }
      }
    }
  }
  for (int32_t a = 0; a < 6; ++a) {
    for (int32_t b = a + 1; b < 6; ++b) {
      if (a / 2 == b / 2) continue;
      out.edge_faces.push_back({a, b});
      const int along = 3 - a / 2 - b / 2;
      for (int i = 0; i < 20; ++i) {
        double p[3], t[3] = {0, 0, 0};
        p[a / 2] = (a % 2 ? 1 : -1) * half[a / 2];
        p[b / 2] = (b % 2 ? 1 : -1) * half[b / 2];
        p[along] = half[along] * (2 * i / 19.0 - 1);
        t[along] = 1;
        put(out.edges, {p[0], p[1], p[2], t[0], t[1], t[2]});
      }
    }
  }
  return out;
}

}  // namespace cadrecode::model
