#include "geometry/mesh/dexel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/error.h"
#include "geometry/mesh/measure.h"

namespace cadrecode::mesh {
namespace {

constexpr double kGolden = 0.6180339887498949;
constexpr double kTolerated = 1e-3;  // share of rays a verdict forgives

double fraction(double x) { return x - std::floor(x); }

// The rays along one axis: u and v are the other two.
struct Lattice {
  int axis, u, v;
  int nu, nv;
  double lo_u, lo_v, hu, hv;
  double extent;  // of the box along the axis

  Lattice(const Box3& box, int along, int rays)
      : axis(along), u((along + 1) % 3), v((along + 2) % 3) {
    const Vec3 size = box.size();
    const double h = std::max({size.x, size.y, size.z}) / rays;
    nu = std::max(1, static_cast<int>(std::ceil(size[u] / h * (1 - 1e-12))));
    nv = std::max(1, static_cast<int>(std::ceil(size[v] / h * (1 - 1e-12))));
    lo_u = box.lo[u], lo_v = box.lo[v];
    hu = size[u] / nu, hv = size[v] / nv;
    extent = size[along];
  }
  Vec2 ray(int i, int j) const {
    return {lo_u + (i + fraction((j + 0.5) * kGolden)) * hu,
            lo_v + (j + fraction((i + 0.5) * kGolden)) * hv};
  }
  size_t count() const { return static_cast<size_t>(nu) * nv; }
};

// The line through p and q, p before q: > 0 on its left. `turn` is -1 if the
// triangle runs q to p.
struct Edge {
  Vec2 p, q;
  double turn;

  Edge(Vec2 a, Vec2 b) : p(a), q(b), turn(1) {
    if (b.x < a.x || (b.x == a.x && b.y < a.y)) std::swap(p, q), turn = -1;
  }
  double side(Vec2 r) const {
    const double left = (q.x - p.x) * (r.y - p.y), right = (q.y - p.y) * (r.x - p.x);
    double value = left - right;
    if (std::abs(value) <= 4e-16 * (std::abs(left) + std::abs(right))) value = exact_side(r);
    return turn * value;
  }

 private:
  double exact_side(Vec2 r) const {
    using Quad = __float128;
    const Quad value =
        (Quad(q.x) - p.x) * (Quad(r.y) - p.y) - (Quad(q.y) - p.y) * (Quad(r.x) - p.x);
    if (value != 0) return static_cast<double>(value);
    // On the line: as if the ray stood a little to the right, and less upwards.
    return q.y != p.y ? -1e-300 : 1e-300;
  }
};

struct Crossing {
  double depth;
  int sign;  // +1: into the solid
};

// Crossings of every ray, by depth: of ray r in [first[r], first[r + 1]).
struct Dexels {
  std::vector<size_t> first;
  std::vector<Crossing> crossings;
};

// f(ray, crossing) for every ray triangle (a, b, c) meets.
template <typename F>
void cross_triangle(const Lattice& lattice, Vec3 a, Vec3 b, Vec3 c, const F& f) {
  const auto flat = [&](Vec3 p) { return Vec2{p[lattice.u], p[lattice.v]}; };
  const Vec2 pa = flat(a), pb = flat(b), pc = flat(c);
  if (pa == pb || pb == pc || pc == pa) return;  // seen edge on
  const Edge ab(pa, pb), bc(pb, pc), ca(pc, pa);
  const double za = a[lattice.axis], zb = b[lattice.axis], zc = c[lattice.axis];
  const auto [z_low, z_high] = std::minmax({za, zb, zc});
  const auto [u_low, u_high] = std::minmax({pa.x, pb.x, pc.x});
  const auto [v_low, v_high] = std::minmax({pa.y, pb.y, pc.y});
  const auto cell = [](double x, double lo, double h, int n) {
    return static_cast<int>(std::clamp(std::floor((x - lo) / h), 0.0, n - 1.0));
  };
  const int i0 = std::max(0, cell(u_low, lattice.lo_u, lattice.hu, lattice.nu) - 1);
  const int i1 = std::min(lattice.nu - 1, cell(u_high, lattice.lo_u, lattice.hu, lattice.nu) + 1);
  const int j0 = std::max(0, cell(v_low, lattice.lo_v, lattice.hv, lattice.nv) - 1);
  const int j1 = std::min(lattice.nv - 1, cell(v_high, lattice.lo_v, lattice.hv, lattice.nv) + 1);
  for (int j = j0; j <= j1; ++j) {
    for (int i = i0; i <= i1; ++i) {
      const Vec2 r = lattice.ray(i, j);
      if (r.x < u_low || r.x > u_high || r.y < v_low || r.y > v_high) continue;
      const double wc = ab.side(r), wa = bc.side(r), wb = ca.side(r);
      const bool upward = wa > 0 && wb > 0 && wc > 0;
      if (!upward && !(wa < 0 && wb < 0 && wc < 0)) continue;
      const double depth = (za * wa + zb * wb + zc * wc) / (wa + wb + wc);
      // A face that looks along the ray is where the ray leaves.
      f(static_cast<size_t>(j) * lattice.nu + i,
        Crossing{std::clamp(depth, z_low, z_high), upward ? -1 : 1});
    }
  }
}

Dexels cut(const TriangleMesh& mesh, const Lattice& lattice) {
  std::vector<std::pair<uint32_t, Crossing>> found;
  Dexels dexels;
  dexels.first.assign(lattice.count() + 1, 0);
  for (const auto& t : mesh.triangles) {
    cross_triangle(lattice, mesh.vertices[t[0]], mesh.vertices[t[1]], mesh.vertices[t[2]],
                   [&](size_t ray, Crossing crossing) {
                     found.emplace_back(static_cast<uint32_t>(ray), crossing);
                     ++dexels.first[ray + 1];
                   });
  }
  for (size_t r = 0; r < lattice.count(); ++r) dexels.first[r + 1] += dexels.first[r];
  dexels.crossings.resize(found.size());
  std::vector<size_t> at(dexels.first.begin(), dexels.first.end() - 1);
  for (const auto& [ray, crossing] : found) dexels.crossings[at[ray]++] = crossing;
  for (size_t r = 0; r < lattice.count(); ++r) {
    std::sort(dexels.crossings.begin() + static_cast<std::ptrdiff_t>(dexels.first[r]),
              dexels.crossings.begin() + static_cast<std::ptrdiff_t>(dexels.first[r + 1]),
              [](const Crossing& a, const Crossing& b) {
                return a.depth != b.depth ? a.depth < b.depth : a.sign > b.sign;
              });
  }
  return dexels;
}

struct Interval {
  double from, to;
};

// What the rays that met one mesh were like.
struct Tally {
  size_t met = 0, open = 0, inverted = 0;
};

// The solid stretches of one ray into `out`; false, and `out` untouched, if the
// ray does not balance. Stretches within `tiny` are rounding.
bool solid_stretches(const Dexels& dexels, size_t ray, double tiny, Tally& tally,
                     std::vector<Interval>& out) {
  const size_t begin = dexels.first[ray], end = dexels.first[ray + 1];
  tally.met += end > begin;
  int inside = 0;
  bool inverted = false;
  for (size_t k = begin; k < end; ++k) inside += dexels.crossings[k].sign;
  if (inside != 0) {
    ++tally.open;
    return false;
  }
  out.clear();
  for (size_t k = begin; k < end; ++k) {
    const Crossing& c = dexels.crossings[k];
    const int before = inside;
    inside += c.sign;
    if (before == 0 && inside > 0) out.push_back({c.depth, c.depth});
    if (before > 0 && inside == 0) out.back().to = c.depth;
    const bool last = k + 1 == end;
    if (inside < 0 && !last && dexels.crossings[k + 1].depth - c.depth > tiny) inverted = true;
  }
  tally.inverted += inverted;
  return true;
}

double length(const std::vector<Interval>& intervals) {
  double sum = 0;
  for (const Interval& i : intervals) sum += i.to - i.from;
  return sum;
}

double common_length(const std::vector<Interval>& a, const std::vector<Interval>& b) {
  double sum = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    sum += std::max(0.0, std::min(a[i].to, b[j].to) - std::max(a[i].from, b[j].from));
    ++(a[i].to < b[j].to ? i : j);
  }
  return sum;
}

// One estimate of the three volumes.
struct Estimate {
  double a = 0, b = 0, both = 0;

  Estimate operator+(Estimate o) const { return {a + o.a, b + o.b, both + o.both}; }
  Estimate operator*(double s) const { return {a * s, b * s, both * s}; }
  double iou() const {
    const double either = a + b - both;
    return either > 0 ? both / either : 0;
  }
};

// What one axis found. `roughness`: the sum of squared steps between the
// lengths on neighbouring rays, times a cell's area squared: proportional to
// the variance that outlines parallel to this axis cause.
struct Axis {
  std::array<Estimate, 4> quarter;
  Estimate roughness;
  Estimate mean() const { return (quarter[0] + quarter[1] + quarter[2] + quarter[3]) * 0.25; }
};

struct Measured {
  std::array<Axis, 3> axes;
  std::array<double, 3> weight{1 / 3.0, 1 / 3.0, 1 / 3.0};
  Tally a, b;

  Estimate mean() const {
    Estimate sum;
    for (size_t k = 0; k < 3; ++k) sum = sum + axes[k].mean() * weight[k];
    return sum;
  }
  // Two standard errors of mean(), as `value` sees it.
  template <typename Value>
  double error(const Value& value) const {
    double variance = 0;
    for (size_t k = 0; k < 3; ++k) {
      const double middle = value(axes[k].mean());
      double sum2 = 0;
      for (const Estimate& e : axes[k].quarter) sum2 += std::pow(value(e) - middle, 2);
      variance += weight[k] * weight[k] * sum2 / 3 / 4;
    }
    return 2 * std::sqrt(variance);
  }
  DexelVerdict verdict() const {
    const auto share = [](size_t part, size_t whole) {
      return whole ? static_cast<double>(part) / static_cast<double>(whole) : 0;
    };
    DexelVerdict v;
    v.open_a = share(a.open, a.met), v.open_b = share(b.open, b.met);
    v.inverted_a = share(a.inverted, a.met), v.inverted_b = share(b.inverted, b.met);
    v.met_a = a.met > 0, v.met_b = b.met > 0;
    return v;
  }
};

// Axes by the inverse of their relative variance: rays through a thin plate
// know its volume, rays along it do not.
void weigh_axes(Measured& m) {
  const Estimate volume = m.mean();
  const auto relative = [](double roughness, double v) { return v > 0 ? roughness / (v * v) : 0; };
  std::array<double, 3> variance;
  double sum = 0;
  for (size_t k = 0; k < 3; ++k) {
    const Estimate& r = m.axes[k].roughness;
    variance[k] = relative(r.a, volume.a) + relative(r.b, volume.b) + relative(r.both, volume.both);
    sum += variance[k];
  }
  double total = 0;
  for (size_t k = 0; k < 3; ++k) total += m.weight[k] = 1 / (variance[k] + 1e-9 * sum + 1e-300);
  for (double& w : m.weight) w /= total;
}

double squared(double x) { return x * x; }

// b may be the same mesh as a: then it is cut once.
Axis measure_axis(const TriangleMesh& a, const TriangleMesh& b, const Lattice& lattice,
                  Tally& tally_a, Tally& tally_b) {
  const bool same = &a == &b;
  const Dexels cut_a = cut(a, lattice), cut_b = same ? Dexels{} : cut(b, lattice);
  Axis axis;
  std::array<size_t, 4> rays{};
  std::vector<Interval> in_a, in_b;
  std::vector<Estimate> below(static_cast<size_t>(lattice.nu));  // the row before
  const double tiny = 1e-9 * lattice.extent;
  for (int j = 0; j < lattice.nv; ++j) {
    in_a.clear(), in_b.clear();  // a broken ray borrows from the one before it in its row
    Estimate left;
    for (int i = 0; i < lattice.nu; ++i) {
      const size_t ray = static_cast<size_t>(j) * lattice.nu + i;
      const auto q = static_cast<size_t>(i % 2 + j % 2 * 2);
      Estimate here;
      solid_stretches(cut_a, ray, tiny, tally_a, in_a);
      here.a = length(in_a);
      if (!same) {
        solid_stretches(cut_b, ray, tiny, tally_b, in_b);
        here.b = length(in_b);
        here.both = common_length(in_a, in_b);
      }
      axis.quarter[q] = axis.quarter[q] + here;
      ++rays[q];
      for (const Estimate& near : {left, below[static_cast<size_t>(i)]}) {
        axis.roughness =
            axis.roughness + Estimate{squared(here.a - near.a), squared(here.b - near.b),
                                      squared(here.both - near.both)};
      }
      left = below[static_cast<size_t>(i)] = here;
    }
  }
  const double cell = lattice.hu * lattice.hv, area = cell * static_cast<double>(lattice.count());
  axis.roughness = axis.roughness * (cell * cell);
  Estimate all;
  for (const Estimate& e : axis.quarter) all = all + e;
  for (size_t q = 0; q < 4; ++q) {  // a lattice one ray wide has empty quarters
    axis.quarter[q] = rays[q] ? axis.quarter[q] * (area / static_cast<double>(rays[q]))
                              : all * (area / static_cast<double>(lattice.count()));
  }
  return axis;
}

Measured measure(const TriangleMesh& a, const TriangleMesh& b, int rays) {
  Box3 box = bounding_box(a);
  box.add(bounding_box(b));
  Measured measured;
  const Vec3 size = box.size();
  if (!(size.x > 0 && size.y > 0 && size.z > 0)) return measured;  // flat: no volume, no rays
  for (int k = 0; k < 3; ++k) {
    measured.axes[static_cast<size_t>(k)] =
        measure_axis(a, b, Lattice(box, k, rays), measured.a, measured.b);
  }
  weigh_axes(measured);
  return measured;
}

double leak(const TriangleMesh& mesh) {
  const Vec3 center = bounding_box(mesh).center();
  Vec3 flux, turnover;
  for (size_t t = 0; t < mesh.triangles.size(); ++t) {
    const auto& c = mesh.triangles[t];
    const Vec3 middle =
        (mesh.vertices[c[0]] + mesh.vertices[c[1]] + mesh.vertices[c[2]]) / 3 - center;
    const Vec3 area2 = triangle_normal_area2(mesh, t);
    for (int k = 0; k < 3; ++k) {
      flux[k] += middle[k] * area2[k];
      turnover[k] += std::abs(middle[k] * area2[k]);
    }
  }
  const double spread = std::max({flux.x, flux.y, flux.z}) - std::min({flux.x, flux.y, flux.z});
  const double scale = std::max({turnover.x, turnover.y, turnover.z});
  return scale > 0 ? spread / scale : 0;
}

void check(const TriangleMesh& mesh, const DexelOptions& options) {
  if (mesh.empty()) throw Error(ErrorKind::kValue, "an empty mesh has no volume");
  if (options.rays < 4 || options.rays > 4096) {
    throw Error(ErrorKind::kValue,
                "rays must lie in 4 … 4096, not " + std::to_string(options.rays));
  }
}

}  // namespace

bool DexelVerdict::ok() const {
  return met_a && met_b && open_a <= kTolerated && open_b <= kTolerated &&
         inverted_a <= kTolerated && inverted_b <= kTolerated && leak_a <= kTolerated &&
         leak_b <= kTolerated;
}

DexelVolume dexel_volume(const TriangleMesh& mesh, const DexelOptions& options) {
  check(mesh, options);
  for (int rays = options.rays;; rays *= 2) {
    const Measured measured = measure(mesh, mesh, rays);
    DexelVolume result;
    result.volume = measured.mean().a;
    result.error = measured.error([](const Estimate& e) { return e.a; });
    result.rays = rays;
    result.verdict = measured.verdict();
    result.verdict.met_b = result.verdict.met_a;
    result.verdict.leak_a = leak(mesh);
    const bool enough = result.error <= options.target_error * result.volume;
    if (options.target_error <= 0 || enough || rays * 2 > options.max_rays) return result;
  }
}

DexelOverlap dexel_overlap(const TriangleMesh& a, const TriangleMesh& b,
                           const DexelOptions& options) {
  check(a, options);
  check(b, options);
  const double leak_a = leak(a), leak_b = leak(b);
  if (leak_a > kTolerated || leak_b > kTolerated) {  // known without a ray
    DexelOverlap open;
    open.verdict.leak_a = leak_a, open.verdict.leak_b = leak_b;
    return open;
  }
  for (int rays = options.rays;; rays *= 2) {
    const TriangleMesh copy = &a == &b ? b : TriangleMesh{};
    const Measured measured = measure(a, &a == &b ? copy : b, rays);
    const Estimate mean = measured.mean();
    DexelOverlap result;
    result.volume_a = mean.a, result.volume_b = mean.b, result.intersection = mean.both;
    result.iou = mean.iou();
    result.iou_error = measured.error([](const Estimate& e) { return e.iou(); });
    result.rays = rays;
    result.verdict = measured.verdict();
    result.verdict.leak_a = leak_a, result.verdict.leak_b = leak_b;
    // more rays make no open mesh closed
    if (options.target_error <= 0 || result.iou_error <= options.target_error ||
        !result.verdict.ok() || rays * 2 > options.max_rays) {
      return result;
    }
  }
}

}  // namespace cadrecode::mesh
