// How many bodies a part consists of, on a grid fitted to its corners.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

#include "geometry/part/canonical.h"
#include "geometry/part/curve.h"
#include "geometry/prism/solid.h"
#include "pipeline/parametrize/ranges.h"

namespace cadrecode::parametrize {
namespace {

void add_corners(const part::Step& step, std::array<std::vector<double>, 3>& levels) {
  const part::Extrusion& e = step.extrusion;
  const auto add = [&](Vec2 p) {
    for (const double w : {e.start, e.end}) {
      const Vec3 at = e.frame.to_world({p.x, p.y, w});
      for (size_t a = 0; a < 3; ++a) levels[a].push_back(at[static_cast<int>(a)]);
    }
  };
  const auto add_loop = [&](const part::Loop& l) {
    for (const part::Curve& c : l.curves) {
      if (c.kind == part::Curve::Kind::kCircle) {
        for (const double s : {-1.0, 0.0, 1.0}) add(c.mid + Vec2{c.radius * s, c.radius * s});
      } else {
        add(c.start);
        if (c.kind == part::Curve::Kind::kArc) add(c.mid);
      }
    }
  };
  for (const part::Region& r : e.profile.regions) {
    add_loop(r.outer);
    for (const part::Loop& l : r.inner) add_loop(l);
  }
}

// Cell borders: the corners, with wide gaps halved until there are enough.
std::vector<double> borders(std::vector<double> v, double least, size_t cells) {
  std::sort(v.begin(), v.end());
  std::vector<double> out;
  for (const double x : v) {
    if (out.empty() || x - out.back() > least) out.push_back(x);
  }
  while (out.size() > 1 && out.size() <= cells) {
    size_t widest = 0;
    for (size_t i = 0; i + 1 < out.size(); ++i) {
      if (out[i + 1] - out[i] > out[widest + 1] - out[widest]) widest = i;
    }
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(widest) + 1,
               (out[widest] + out[widest + 1]) / 2);
  }
  return out;
}

size_t root(std::vector<size_t>& up, size_t i) {
  while (up[i] != i) i = up[i] = up[up[i]];
  return i;
}

}  // namespace

int count_pieces(const part::Part& part, size_t cells) {
  std::array<std::vector<double>, 3> levels;
  for (const part::Step& s : part.steps) add_corners(s, levels);
  const double extent = part::outer_bounds(part).longest();
  std::array<std::vector<double>, 3> b;
  for (size_t a = 0; a < 3; ++a) b[a] = borders(levels[a], 1e-6 * extent, cells);
  const std::array<size_t, 3> n{b[0].size() - 1, b[1].size() - 1, b[2].size() - 1};
  if (b[0].size() < 2 || b[1].size() < 2 || b[2].size() < 2) return 0;
  const auto middle = [&](size_t a, size_t i) { return (b[a][i] + b[a][i + 1]) / 2; };
  std::vector<Vec3> points;
  for (size_t i = 0; i < n[0]; ++i) {
    for (size_t j = 0; j < n[1]; ++j) {
      for (size_t k = 0; k < n[2]; ++k)
        points.push_back({middle(0, i), middle(1, j), middle(2, k)});
    }
  }
  std::vector<uint8_t> in(points.size());
  prism::inside(prism::Solid(part), points, in);
  std::vector<size_t> up(points.size());
  std::iota(up.begin(), up.end(), size_t{0});
  const std::array<size_t, 3> stride{n[1] * n[2], n[2], 1};
  for (size_t c = 0; c < points.size(); ++c) {
    if (!in[c]) continue;
    const std::array<size_t, 3> at{c / stride[0], c / stride[1] % n[1], c % n[2]};
    for (size_t a = 0; a < 3; ++a) {
      const size_t d = c + stride[a];
      if (at[a] + 1 < n[a] && in[d]) up[root(up, c)] = root(up, d);
    }
  }
  int pieces = 0;
  for (size_t c = 0; c < points.size(); ++c) pieces += in[c] && root(up, c) == c;
  return pieces;
}

}  // namespace cadrecode::parametrize
