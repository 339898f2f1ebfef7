#include "pipeline/fit/fit_surfaces.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace cadrecode::fit {
namespace {

constexpr size_t kFewest = 4;  // points; a surface with fewer stays where it is

double median(std::vector<double> v) {
  const auto k = static_cast<long>(v.size() / 2);
  std::nth_element(v.begin(), v.begin() + k, v.end());
  return v[static_cast<size_t>(k)];
}

// Tukey's biweight.
double weight(double residual, double scale) {
  const double t = residual / (4.685 * scale);
  return std::abs(t) < 1 ? (1 - t * t) * (1 - t * t) : 0;
}

double spread(std::vector<double> residuals) {
  for (double& r : residuals) r = std::abs(r);
  return 1.4826 * median(std::move(residuals));
}

// Symmetric 3 x 3 system by Cramer's rule; false when it is singular.
bool solve(const std::array<double, 6>& a, Vec3 b, Vec3& x,
           std::array<double, 3>& inverse_diagonal) {
  const double xx = a[0], yy = a[1], zz = a[2], xy = a[3], yz = a[4], zx = a[5];
  const double cxx = yy * zz - yz * yz, cyy = xx * zz - zx * zx, czz = xx * yy - xy * xy;
  const double cxy = yz * zx - xy * zz, cyz = xy * zx - yz * xx, czx = xy * yz - zx * yy;
  const double det = xx * cxx + xy * cxy + zx * czx;
  if (!(std::abs(det) > 1e-300)) return false;
  x = {(cxx * b.x + cxy * b.y + czx * b.z) / det, (cxy * b.x + cyy * b.y + cyz * b.z) / det,
       (czx * b.x + cyz * b.y + czz * b.z) / det};
  inverse_diagonal = {cxx / det, cyy / det, czz / det};
  return true;
}

// The groups of walls that turn together: by how much, from their tilt.
void turn_groups(PartSurfaces& s, const SurfacePoints& points, const SurfaceFitOptions& options) {
  std::vector<double> top(static_cast<size_t>(s.groups)), bottom = top;
  for (size_t k = 0; k < s.flats.size(); ++k) {
    const auto& d = s.directions[static_cast<size_t>(s.flats[k].direction)];
    const auto& on = points.flats[k];
    if (d.group < 0 || on.size() < 2 * kFewest) continue;
    const Vec3 along = cross(d.about, d.normal);
    std::vector<double> r, t;
    for (Vec3 p : on) r.push_back(dot(d.normal, p)), t.push_back(dot(along, p));
    const double r0 = median(r);
    for (double& v : r) v -= r0;
    const double scale = std::max(options.scale, spread(r));
    double sw = 0, sr = 0, st = 0;
    std::vector<double> w;
    for (size_t i = 0; i < r.size(); ++i) {
      w.push_back(weight(r[i], 1.5 * scale));
      sw += w[i], sr += w[i] * r[i], st += w[i] * t[i];
    }
    if (sw <= 0) continue;
    const double tau2 = scale * scale;
    for (size_t i = 0; i < r.size(); ++i) {
      const double dr = r[i] - sr / sw, dt = t[i] - st / sw;
      top[static_cast<size_t>(d.group)] += w[i] * dr * dt / tau2;
      bottom[static_cast<size_t>(d.group)] += w[i] * dt * dt / tau2;
    }
  }
  std::vector<double> angle;
  // A prior of about three degrees.
  for (size_t g = 0; g < top.size(); ++g) angle.push_back(-top[g] / (bottom[g] + 400));
  for (auto& d : s.directions)
    if (d.group >= 0) {
      const double a = angle[static_cast<size_t>(d.group)];
      d.normal = normalized(d.normal + cross(d.about, d.normal) * a);
    }
}

void fit_flat(PartSurfaces::Flat& flat, Vec3 normal, const std::vector<Vec3>& on,
              const SurfaceFitOptions& options) {
  if (on.size() < kFewest) return;
  std::vector<double> h;
  for (Vec3 p : on) h.push_back(dot(normal, p));
  double at = median(h), scale = options.scale, sw = 0;
  for (int pass = 0; pass < 3; ++pass) {
    std::vector<double> r;
    for (double v : h) r.push_back(v - at);
    scale = std::max(options.scale, spread(r));
    double sum = 0;
    sw = 0;
    for (double v : r) {
      const double w = weight(v, scale);
      sw += w, sum += w * v;
    }
    if (sw > 0) at += sum / sw;
  }
  const double own = sw / (scale * scale), before = 1 / (options.prior * options.prior);
  flat.offset = (own * at + before * flat.offset) / (own + before);
  flat.error = 1 / std::sqrt(own + before);
}

void fit_round(PartSurfaces::Round& round, const std::vector<Vec3>& on,
               const SurfaceFitOptions& options) {
  if (on.size() < kFewest + 2) return;
  const auto start = round;
  for (int pass = 0; pass < 4; ++pass) {
    std::vector<Vec2> m;
    std::vector<double> r;
    for (Vec3 p : on) {
      const Vec2 d = round.seen(p) - round.center;
      const double length = std::max(norm(d), 1e-12 * options.prior);
      m.push_back(d / length), r.push_back(length - round.radius);
    }
    const double scale = std::max(options.scale, spread(r));
    std::array<double, 6> a{};
    Vec3 b;
    for (size_t i = 0; i < r.size(); ++i) {
      const double w = weight(r[i], scale) / (scale * scale);
      const Vec3 g{m[i].x, m[i].y, 1};
      a[0] += w * g.x * g.x, a[1] += w * g.y * g.y, a[2] += w;
      a[3] += w * g.x * g.y, a[4] += w * g.y, a[5] += w * g.x;
      b += g * (w * r[i]);
    }
    const double before = 1 / (options.prior * options.prior);
    for (int k = 0; k < 3; ++k) a[k] += before;
    b += Vec3{start.center.x - round.center.x, start.center.y - round.center.y,
              start.radius - round.radius} *
         before;
    Vec3 x;
    std::array<double, 3> variance;
    if (!solve(a, b, x, variance)) return;
    round.center = round.center + Vec2{x.x, x.y};
    round.radius += x.z;
    round.center_error = std::sqrt(std::max(variance[0], variance[1]));
    round.radius_error = std::sqrt(variance[2]);
  }
  if (!(round.radius > 0) || norm(round.center - start.center) > 4 * options.prior ||
      std::abs(round.radius - start.radius) > 4 * options.prior)
    round = start;
}

bool parallel(Vec3 a, Vec3 b) { return norm(cross(a, b)) < 1e-9; }

// Where two rounds agree within what their errors leave open.
bool close(double difference, double ea, double eb, double most) {
  return std::abs(difference) <= std::min(most, 3 * std::hypot(ea, eb) + 0.02 * most);
}

// Means by weight of what looks equal: centres of one axis, and radii.
void tie_rounds(PartSurfaces& s, double most) {
  for (size_t i = 0; i < s.rounds.size(); ++i)
    for (size_t j = i + 1; j < s.rounds.size(); ++j) {
      auto &a = s.rounds[i], &b = s.rounds[j];
      if (a.center_error <= 0 || b.center_error <= 0) continue;
      const auto mean = [](double x, double ex, double y, double ey) {
        const double wx = 1 / (ex * ex), wy = 1 / (ey * ey);
        return (wx * x + wy * y) / (wx + wy);
      };
      if (close(a.radius - b.radius, a.radius_error, b.radius_error, most)) {
        a.radius = b.radius = mean(a.radius, a.radius_error, b.radius, b.radius_error);
        a.radius_error = b.radius_error = std::min(a.radius_error, b.radius_error);
      }
      if (!parallel(a.axis, b.axis) || !parallel(a.u, b.u)) continue;
      const double sign = dot(a.u, b.u) > 0 && dot(a.v, b.v) > 0 ? 1 : 0;
      if (sign == 0) continue;  // seen from the other side: left alone
      for (double Vec2::*c : {&Vec2::x, &Vec2::y}) {
        if (!close(a.center.*c - b.center.*c, a.center_error, b.center_error, most)) continue;
        a.center.*c = b.center.*c = mean(a.center.*c, a.center_error, b.center.*c, b.center_error);
      }
    }
}

struct Value {
  double* at;
  double error;
};

std::vector<Value> values_of(PartSurfaces& s) {
  std::vector<Value> out;
  for (auto& f : s.flats)
    if (s.directions[static_cast<size_t>(f.direction)].group < 0 && f.error > 0)
      out.push_back({&f.offset, f.error});
  for (auto& r : s.rounds) {
    if (r.center_error <= 0) continue;
    out.push_back({&r.center.x, r.center_error});
    out.push_back({&r.center.y, r.center_error});
    out.push_back({&r.radius, r.radius_error});
  }
  return out;
}

// How far beyond chance the values lie on multiples of `step`: the mean phase
// (Rayleigh's test), in standard deviations; 0 where it falls short of what
// true multiples with these errors would show.
double on_grid_score(const std::vector<Value>& values, double step) {
  double sum = 0, squares = 0;
  int informative = 0;
  for (const Value& v : values) {
    if (std::abs(*v.at) < step / 2) continue;  // zero lies on every grid
    const double t = 2 * std::numbers::pi / step;
    const double w = std::exp(-0.5 * t * t * v.error * v.error);
    sum += w * std::cos(t * *v.at), squares += w * w;
    informative += w > 0.3;
  }
  if (informative < 4 || sum < 0.75 * squares) return 0;
  return sum / std::sqrt(squares / 2);
}

}  // namespace

void fit_surfaces(PartSurfaces& s, const SurfacePoints& points, const SurfaceFitOptions& options) {
  turn_groups(s, points, options);
  for (size_t k = 0; k < s.flats.size(); ++k)
    fit_flat(s.flats[k], s.directions[static_cast<size_t>(s.flats[k].direction)].normal,
             points.flats[k], options);
  for (size_t k = 0; k < s.rounds.size(); ++k) fit_round(s.rounds[k], points.rounds[k], options);
  tie_rounds(s, options.tie);
}

void part_layers(PartSurfaces& s, const SurfacePoints& points, int below, int above, double most) {
  auto &a = s.flats[static_cast<size_t>(below)], &b = s.flats[static_cast<size_t>(above)];
  if (below == above || a.direction != b.direction || std::abs(b.offset - a.offset) > most) return;
  const Vec3 n = s.directions[static_cast<size_t>(a.direction)].normal;
  std::vector<double> h;
  for (int k : {below, above})
    for (Vec3 p : points.flats[static_cast<size_t>(k)]) h.push_back(dot(n, p));
  if (h.size() < 200) return;
  const double middle = median(h);
  std::erase_if(h, [&](double v) { return std::abs(v - middle) > 1.5 * most; });
  double mean = 0, m2 = 0, m4 = 0;
  for (double v : h) mean += v;
  const double count = static_cast<double>(h.size());
  mean /= count;
  for (double v : h) {
    const double d2 = (v - mean) * (v - mean);
    m2 += d2, m4 += d2 * d2;
  }
  m2 /= count, m4 /= count;
  // The standard error of a bell's fourth moment over its squared second.
  const double doubt = 2 * std::sqrt(24 / count);
  const double told = 3 - m4 / (m2 * m2);
  const double half = told > doubt ? std::pow(told / 2, 0.25) * std::sqrt(m2) : 0.5 * std::sqrt(m2);
  const double sign = a.offset < b.offset ? 1 : -1;
  a.offset = mean - sign * half, b.offset = mean + sign * half;
  a.error = b.error = std::sqrt(m2 / count) + (told > doubt ? 0.02 : 0.2) * half;
}

Vec3 turn_onto_flats(const PartSurfaces& s, const SurfacePoints& points, double scale) {
  std::array<double, 6> a{};
  Vec3 b;
  double size2 = 0;
  for (size_t k = 0; k < s.flats.size(); ++k) {
    const auto& on = points.flats[k];
    if (on.size() < 3 * kFewest) continue;
    const auto& direction = s.directions[static_cast<size_t>(s.flats[k].direction)];
    if (direction.group >= 0) continue;
    const Vec3 n = direction.normal;
    std::vector<double> r;
    for (Vec3 p : on) r.push_back(dot(n, p));
    const double r0 = median(r);
    for (double& v : r) v -= r0;
    const double own = std::max(scale, spread(r));
    Vec3 mean;
    double sw = 0, mr = 0;
    for (size_t i = 0; i < on.size(); ++i) {
      const double w = weight(r[i], 1.5 * own);
      mean += on[i] * w, sw += w, mr += w * r[i];
    }
    if (sw <= 0) continue;
    mean = mean / sw, mr /= sw;
    for (size_t i = 0; i < on.size(); ++i) {
      const double w = weight(r[i], 1.5 * own) / (own * own);
      const Vec3 q = on[i] - mean, g = cross(q, n);
      a[0] += w * g.x * g.x, a[1] += w * g.y * g.y, a[2] += w * g.z * g.z;
      a[3] += w * g.x * g.y, a[4] += w * g.y * g.z, a[5] += w * g.z * g.x;
      b += g * (w * (r[i] - mr));
      size2 = std::max(size2, dot(q, q));
    }
  }
  // A prior of three degrees keeps what the flats leave free where it is.
  for (int k = 0; k < 3; ++k) a[k] += 400;
  Vec3 x;
  std::array<double, 3> variance;
  return solve(a, -b, x, variance) ? x : Vec3{};
}

bool snap_to_grid(PartSurfaces& s, double size) {
  auto values = values_of(s);
  const double top = std::pow(10, std::ceil(std::log10(size)));
  double grid = 0;
  for (double decade = top; decade > 1e-4 * size && grid == 0; decade /= 10)
    for (double factor : {1.0, 0.5, 0.25, 0.2})
      if (grid == 0 && on_grid_score(values, decade * factor) > 3.3) grid = decade * factor;
  if (grid == 0) return false;
  for (const Value& v : values) {
    const double n = std::round(*v.at / grid), inverse = std::round(1 / grid);
    const double to = grid < 1 && std::abs(inverse * grid - 1) < 1e-9 ? n / inverse : n * grid;
    // The grid explains the others: what its neighbour cannot claim is its own.
    const double allowed = std::min(0.45 * grid, 3.5 * v.error + 0.02 * grid);
    if (std::abs(to - *v.at) <= allowed) *v.at = to == 0 ? 0 : to;
  }
  return true;
}

}  // namespace cadrecode::fit
