#include "geometry/prism/bands.h"

#include <algorithm>
#include <cmath>

namespace cadrecode::prism {
namespace {

using part::MonotonePiece;

// s values where the full lines or circles of two pieces cross; up to two.
int crossings(const MonotonePiece& a, const MonotonePiece& b, double out[2]) {
  if (a.side == 0 && b.side == 0) {
    const double dk = a.slope - b.slope;
    if (dk == 0) return 0;
    out[0] = a.y0 + (b.x0 + b.slope * (a.y0 - b.y0) - a.x0) / dk;
    return 1;
  }
  if (a.side != 0 && b.side != 0) {
    const Vec2 d = b.center - a.center;
    const double dd = dot(d, d);
    const double reach = std::abs(a.radius) + std::abs(b.radius);
    if (dd <= 1e-24 * reach * reach) return 0;  // one circle
    const double along = (dd + a.radius * a.radius - b.radius * b.radius) / (2 * dd);
    const double h2 = a.radius * a.radius / dd - along * along;
    if (h2 < -1e-9 * along * along) return 0;  // nearer than that: they touch
    const double h = std::sqrt(std::max(0.0, h2));
    const double foot = a.center.y + d.y * along;
    out[0] = foot - d.x * h, out[1] = foot + d.x * h;
    return 2;
  }
  const MonotonePiece &line = a.side == 0 ? a : b, &arc = a.side == 0 ? b : a;
  // x = x0 + k (y - y0) in (x - cx)^2 + (y - cy)^2 = r^2, with t = y - cy
  const double k = line.slope, e = line.x0 + k * (arc.center.y - line.y0) - arc.center.x;
  const double A = 1 + k * k, half_b = k * e, c = e * e - arc.radius * arc.radius;
  const double disc = half_b * half_b - A * c;
  if (disc < -1e-9 * A * arc.radius * arc.radius) return 0;  // nearer than that: they touch
  const double root = std::sqrt(std::max(0.0, disc));
  out[0] = arc.center.y + (-half_b - root) / A, out[1] = arc.center.y + (-half_b + root) / A;
  return 2;
}

int level_crossings(const MonotonePiece& a, double level, double out[2]) {
  if (a.side == 0) {
    if (a.slope == 0) return 0;
    out[0] = a.y0 + (level - a.x0) / a.slope;
    return 1;
  }
  const double dx = level - a.center.x, h2 = a.radius * a.radius - dx * dx;
  if (h2 < 0) return 0;
  const double h = std::sqrt(h2);
  out[0] = a.center.y - h, out[1] = a.center.y + h;
  return 2;
}

// Where a band's pattern is read: off the middle, where symmetric sides touch.
double probe(double lo, double hi) { return lo + 0.4387 * (hi - lo); }

void unique_levels(std::vector<double>& v) {
  std::sort(v.begin(), v.end());
  v.erase(std::unique(v.begin(), v.end()), v.end());
}

}  // namespace

uint8_t scene_membership(const Scene& scene, const uint8_t* in_step) {
  const auto& steps = scene.steps;
  uint8_t result = 0;
  int i = static_cast<int>(steps.size()) - 1;
  for (int owner = scene.has_b ? 1 : 0; owner >= 0; --owner) {
    bool decided = false;
    for (; i >= 0 && steps[i].owner == owner; --i) {
      if (decided) continue;
      switch (steps[i].operation) {
        case part::Operation::kJoin:
          if (in_step[i]) result |= 1 << owner, decided = true;
          break;
        case part::Operation::kCut:
          if (in_step[i]) decided = true;
          break;
        case part::Operation::kIntersect:
          if (!in_step[i]) decided = true;
          break;
      }
    }
  }
  return result;
}

void Bands::reset(const Scene& scene) {
  scene_ = &scene;
  tiny_ = 1e-13 * scene.extent;
  const size_t n = scene.steps.size();
  constants_.resize(4 * n);
  in_.assign(n, 0);
  along_p_.clear(), along_q_.clear(), p_levels_.clear(), q_levels_.clear();
  for (size_t i = 0; i < n; ++i) {
    const SceneStep& st = scene.steps[i];
    double* c = &constants_[4 * i];
    if (st.role == Role::kBox) {
      c[0] = st.p_lo, c[1] = st.p_hi, c[2] = st.q_lo, c[3] = st.q_hi;
      p_levels_.insert(p_levels_.end(), {st.p_lo, st.p_hi});
      q_levels_.insert(q_levels_.end(), {st.q_lo, st.q_hi});
    } else if (st.role == Role::kAlongQ) {
      c[2] = st.lo, c[3] = st.hi;
      q_levels_.insert(q_levels_.end(), {st.lo, st.hi});
      for (int k = st.first; k < st.last; ++k) along_q_.push_back(k);
    } else if (st.role == Role::kAlongP) {
      c[0] = st.lo, c[1] = st.hi;
      p_levels_.insert(p_levels_.end(), {st.lo, st.hi});
      for (int k = st.first; k < st.last; ++k) along_p_.push_back(k);
    } else if (st.role == Role::kAlongS) {
      for (int k = st.first; k < st.last; ++k) {  // its corners meet moving sides
        const MonotonePiece& c = scene.pieces[k].curve;
        p_levels_.insert(p_levels_.end(), {c.x_at(c.y0), c.x_at(c.y1)});
        q_levels_.insert(q_levels_.end(), {c.y0, c.y1});
      }
    }
  }
  collect_events();
}

void Bands::collect_events() {
  const Scene& scene = *scene_;
  events_.clear();
  events_.push_back(scene.s_lo), events_.push_back(scene.s_hi);
  for (const SceneStep& st : scene.steps) {
    if (st.role == Role::kBox || st.role == Role::kAlongS) {
      events_.push_back(st.lo), events_.push_back(st.hi);
    }
  }
  x_lo_.resize(scene.pieces.size()), x_hi_.resize(scene.pieces.size());
  for (const std::vector<int>* list : {&along_p_, &along_q_}) {
    for (const int k : *list) {
      const MonotonePiece& c = scene.pieces[k].curve;
      events_.push_back(c.y0), events_.push_back(c.y1);
      const double a = c.x_at(c.y0), b = c.x_at(c.y1);
      x_lo_[k] = std::min(a, b), x_hi_[k] = std::max(a, b);
      if (c.side != 0 && c.y0 < c.center.y && c.center.y < c.y1) {
        if (c.side > 0) x_hi_[k] = c.center.x + c.radius;
        if (c.side < 0) x_lo_[k] = c.center.x - c.radius;
      }
    }
  }
  unique_levels(p_levels_), unique_levels(q_levels_);
  add_crossings(along_q_), add_crossings(along_p_);
  add_constant_crossings(along_q_, p_levels_), add_constant_crossings(along_p_, q_levels_);
  std::sort(events_.begin(), events_.end());
  size_t kept = 0;
  for (const double e : events_) {
    if (e < scene.s_lo || e > scene.s_hi) continue;
    if (kept == 0 || e - events_[kept - 1] > tiny_) events_[kept++] = e;
  }
  events_.resize(kept);
}

void Bands::add_crossings(const std::vector<int>& pieces) {
  for (size_t i = 0; i < pieces.size(); ++i) {
    const int ka = pieces[i];
    const MonotonePiece& a = scene_->pieces[ka].curve;
    for (size_t j = i + 1; j < pieces.size(); ++j) {
      const int kb = pieces[j];
      if (x_lo_[ka] > x_hi_[kb] || x_lo_[kb] > x_hi_[ka]) continue;
      const MonotonePiece& b = scene_->pieces[kb].curve;
      const double lo = std::max(a.y0, b.y0), hi = std::min(a.y1, b.y1);
      if (lo >= hi) continue;
      double s[2];
      const int n = crossings(a, b, s);
      for (int k = 0; k < n; ++k) {
        if (s[k] > lo && s[k] < hi) events_.push_back(s[k]);
      }
    }
  }
}

void Bands::add_constant_crossings(const std::vector<int>& pieces,
                                   const std::vector<double>& levels) {
  if (levels.empty()) return;
  for (const int k : pieces) {
    const MonotonePiece& a = scene_->pieces[k].curve;
    for (auto level = std::lower_bound(levels.begin(), levels.end(), x_lo_[k]);
         level != levels.end() && *level <= x_hi_[k]; ++level) {
      double s[2];
      const int n = level_crossings(a, *level, s);
      for (int i = 0; i < n; ++i) {
        if (s[i] > a.y0 && s[i] < a.y1) events_.push_back(s[i]);
      }
    }
  }
}

double Bands::slope(Side side, double s) const {
  if (side < 0) return 0;
  const MonotonePiece& c = scene_->pieces[side].curve;
  if (c.side == 0) return c.slope;
  const double dy = s - c.center.y;
  return -c.side * dy / std::sqrt(std::max(1e-300, c.radius * c.radius - dy * dy));
}

double Bands::integral(Side side) const {
  const double width = hi_ - lo_;
  if (side < 0) return constants_[-1 - side] * width;
  const MonotonePiece& c = scene_->pieces[side].curve;
  if (c.side == 0) return c.x_at((lo_ + hi_) / 2) * width;
  const double r = c.radius, a = std::clamp(lo_ - c.center.y, -r, r),
               b = std::clamp(hi_ - c.center.y, -r, r);
  const double ra = std::sqrt(r * r - a * a), rb = std::sqrt(r * r - b * b);
  // area under the arc: two triangles and the sector between the two radii
  const double angle = std::atan2(b * ra - a * rb, ra * rb + a * b);
  return c.center.x * width + c.side * (b * rb - a * ra + r * r * angle) / 2;
}

uint8_t Bands::membership() const { return scene_membership(*scene_, in_.data()); }

void Bands::open(double lo, double hi) {
  lo_ = lo, hi_ = hi;
  const Scene& scene = *scene_;
  const double mid = probe(lo, hi);
  active_.clear(), active_begin_.clear(), value_.clear(), q_marks_.clear(), cells_.clear();
  curved_ = false;
  for (int i = 0; i < static_cast<int>(scene.steps.size()); ++i) {
    const SceneStep& st = scene.steps[i];
    active_begin_.push_back(static_cast<int>(active_.size()));
    if (st.role == Role::kBox) {
      if (st.lo < mid && mid < st.hi) {
        q_marks_.push_back({st.q_lo, -1 - (4 * i + 2), i});
        q_marks_.push_back({st.q_hi, -1 - (4 * i + 3), i});
      }
      continue;
    }
    if (st.role != Role::kAlongP && st.role != Role::kAlongQ) continue;
    const size_t begin = active_.size();
    for (int k = st.first; k < st.last; ++k) {
      const MonotonePiece& c = scene.pieces[k].curve;
      if (!(c.y0 < mid && mid <= c.y1)) continue;
      curved_ |= c.side != 0;
      const double v = c.x_at(mid);
      size_t at = active_.size();
      active_.push_back(k), value_.push_back(v);
      for (; at > begin && value_[at - 1] > v; --at) {
        std::swap(value_[at], value_[at - 1]), std::swap(active_[at], active_[at - 1]);
      }
    }
    if (begin == active_.size()) continue;
    if (st.role == Role::kAlongQ) {
      q_marks_.push_back({st.lo, -1 - (4 * i + 2), i});
      q_marks_.push_back({st.hi, -1 - (4 * i + 3), i});
    } else {
      for (size_t k = begin; k < active_.size(); ++k)
        q_marks_.push_back({value_[k], active_[k], i});
    }
  }
  active_begin_.push_back(static_cast<int>(active_.size()));
  std::sort(q_marks_.begin(), q_marks_.end(),
            [](const Mark& a, const Mark& b) { return a.value < b.value; });
  for (size_t k = 0; k + 1 < q_marks_.size(); ++k) {
    if (q_marks_[k + 1].value - q_marks_[k].value > tiny_) add_strip(q_marks_[k], q_marks_[k + 1]);
  }
}

// Cells between two neighbouring q values: which step covers which stretch of p.
void Bands::add_strip(const Mark& below, const Mark& above) {
  const Scene& scene = *scene_;
  const double q = (below.value + above.value) / 2, mid = probe(lo_, hi_);
  p_marks_.clear();
  const auto mark = [&](double value, Side side, int step) {
    p_marks_.push_back({value, side, step});
    for (size_t k = p_marks_.size() - 1; k > 0 && p_marks_[k - 1].value > value; --k) {
      std::swap(p_marks_[k], p_marks_[k - 1]);
    }
  };
  for (int i = 0; i < static_cast<int>(scene.steps.size()); ++i) {
    const SceneStep& st = scene.steps[i];
    in_[i] = 0;
    const int begin = active_begin_[i], end = active_begin_[i + 1];
    if (st.role == Role::kBox) {
      if (st.lo < mid && mid < st.hi && st.q_lo < q && q < st.q_hi) {
        mark(st.p_lo, -1 - 4 * i, i), mark(st.p_hi, -1 - (4 * i + 1), i);
      }
    } else if (st.role == Role::kAlongQ) {
      if (!(st.lo < q && q < st.hi)) continue;
      for (int k = begin; k < end; ++k) mark(value_[k], active_[k], i);
    } else if (st.role == Role::kAlongP) {
      bool in = false;
      for (int k = begin; k < end; ++k) in ^= value_[k] < q;
      if (in) mark(st.lo, -1 - 4 * i, i), mark(st.hi, -1 - (4 * i + 1), i);
    }
  }
  uint8_t now = 0;
  Side opened = 0;
  for (size_t k = 0; k < p_marks_.size(); ++k) {
    in_[p_marks_[k].step] ^= 1;
    const bool last = k + 1 == p_marks_.size();
    if (!last && p_marks_[k + 1].value - p_marks_[k].value <= tiny_) continue;
    const uint8_t next = membership();
    if (next == now) continue;
    if (now) cells_.push_back({opened, p_marks_[k].side, below.side, above.side, now});
    opened = p_marks_[k].side, now = next;
  }
}

}  // namespace cadrecode::prism
