// Boolean of two profiles: loop.h's `combine`. The steps are named as there.
#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "geometry/part/loop.h"

namespace cadrecode::part {
namespace {

constexpr double kProbe = 0.41421356;      // where on a curve membership is asked
constexpr double kMerge = 4 * kTolerance;  // vertices closer than this are one

// A loop of an operand, turned so that the operand's inside is on its left.
struct Side {
  int operand = 0;  // 0: a, 1: b
  std::vector<Curve> curves;
  std::vector<Segment> segments;
  std::vector<Box2> boxes;
  Box2 box;
  std::vector<std::vector<double>> splits;  // parameters where other curves meet
  bool touched = false;                     // by the other operand
};

// A stretch between two vertices.
struct Edge {
  Segment segment;
  int from = -1, to = -1;
  const Side* loop = nullptr;
  int curve = 0;          // of the loop
  double t0 = 0, t1 = 1;  // along that curve, before turning round
  bool turned = false;    // runs against its curve
  bool shared = false;    // lies on both boundaries
  bool left[2] = {false, false}, right[2] = {false, false};  // membership in a, b
};

void add_loop(const Loop& loop, bool outer, int operand, std::vector<Side>& out) {
  Side s;
  s.operand = operand;
  s.segments = segments(loop);
  double twice = 0;
  for (const Segment& e : s.segments) twice += area_integral(e);
  const Loop* used = &loop;
  Loop turned;
  if ((twice > 0) != outer) {
    turned = reversed(loop);
    used = &turned;
    std::reverse(s.segments.begin(), s.segments.end());
    for (Segment& e : s.segments) e = reversed(e);
  }
  s.curves = used->curves;
  for (const Segment& e : s.segments) {
    s.boxes.push_back(bounds(e));
    s.box.add(s.boxes.back());
  }
  s.splits.resize(s.segments.size());
  out.push_back(std::move(s));
}

std::vector<Side> sides(const Profile& a, const Profile& b) {
  std::vector<Side> out;
  for (int operand = 0; operand < 2; ++operand) {
    for (const Region& r : (operand ? b : a).regions) {
      add_loop(r.outer, true, operand, out);
      for (const Loop& l : r.inner) add_loop(l, false, operand, out);
    }
  }
  return out;
}

void split_pair(Side& a, Side& b) {
  if (!a.box.touches(b.box, kTolerance)) return;
  for (size_t i = 0; i < a.segments.size(); ++i) {
    if (!a.boxes[i].touches(b.box, kTolerance)) continue;
    for (size_t j = 0; j < b.segments.size(); ++j) {
      if (!a.boxes[i].touches(b.boxes[j], kTolerance)) continue;
      const Meetings m = meet(a.segments[i], b.segments[j]);
      for (int k = 0; k < m.count; ++k) {
        a.splits[i].push_back(m.at[k].ta);
        b.splits[j].push_back(m.at[k].tb);
      }
      if (m.count || m.overlap) a.touched = b.touched = true;
    }
  }
}

class Arrangement {
 public:
  Arrangement(std::vector<Side>& loops, Operation operation)
      : loops_(loops), operation_(operation) {}

  std::vector<Loop> result() {
    for (size_t i = 0; i < loops_.size(); ++i) {
      for (size_t j = i + 1; j < loops_.size(); ++j) {
        if (loops_[i].operand != loops_[j].operand) split_pair(loops_[i], loops_[j]);
      }
    }
    for (const Side& s : loops_) s.touched ? add_vertices(s) : keep_whole(s);
    for (const Side& s : loops_) {
      if (s.touched) add_edges(s);
    }
    merge_shared();
    classify();
    chain();
    return std::move(out_);
  }

 private:
  bool in_result(const bool (&in)[2]) const {
    switch (operation_) {
      case Operation::kJoin:
        return in[0] || in[1];
      case Operation::kCut:
        return in[0] && !in[1];
      case Operation::kIntersect:
        return in[0] && in[1];
    }
    return false;
  }

  // Odd parity over the loops of one operand.
  bool inside(int operand, Vec2 p) const {
    bool in = false;
    std::array<MonotonePiece, 3> pieces;
    for (const Side& s : loops_) {
      if (s.operand != operand || p.y < s.box.lo.y || p.y > s.box.hi.y || p.x > s.box.hi.x)
        continue;
      for (const Segment& e : s.segments) {
        const int n = monotone_pieces(e, pieces);
        for (int i = 0; i < n; ++i) {
          if (pieces[i].y0 <= p.y && p.y < pieces[i].y1 && pieces[i].x_at(p.y) > p.x) in = !in;
        }
      }
    }
    return in;
  }

  void keep_whole(const Side& s) {
    const bool other = inside(1 - s.operand, point_at(s.segments.front(), kProbe));
    bool left[2], right[2];
    left[s.operand] = true, right[s.operand] = false;
    left[1 - s.operand] = right[1 - s.operand] = other;
    if (in_result(left) == in_result(right)) return;
    Loop loop{s.curves};
    out_.push_back(in_result(left) ? loop : reversed(loop));
  }

  // The corners of the input first: they are the exact ones.
  void add_vertices(const Side& s) {
    for (const Segment& e : s.segments) {
      if (!e.full) vertex(e.start);
    }
  }

  int vertex(Vec2 p) {
    for (size_t i = 0; i < vertices_.size(); ++i) {
      if (norm(vertices_[i] - p) <= kMerge) return static_cast<int>(i);
    }
    vertices_.push_back(p);
    return static_cast<int>(vertices_.size()) - 1;
  }

  void add_edges(const Side& s) {
    for (size_t i = 0; i < s.segments.size(); ++i) {
      const Segment& e = s.segments[i];
      std::vector<double> t = s.splits[i];
      std::sort(t.begin(), t.end());
      if (e.full) {
        if (t.empty()) t.push_back(0);
        t.push_back(t.front() + 1);
      } else {
        t.insert(t.begin(), 0), t.push_back(1);
      }
      const double shortest = 2 * kTolerance / length(e);
      for (size_t k = 0, from = 0; k + 1 < t.size(); ++k) {
        if (t[k + 1] - t[from] <= shortest) continue;  // two names of one vertex
        const double t0 = t[from] <= shortest && !e.full ? 0 : t[from];
        const double t1 = t[k + 1] >= 1 - shortest && !e.full ? 1 : t[k + 1];
        add_edge(s, static_cast<int>(i), t0, t1);
        from = k + 1;
      }
    }
  }

  void add_edge(const Side& s, int curve, double t0, double t1) {
    Edge e;
    e.segment = trimmed(s.segments[curve], t0, t1);
    e.from = vertex(e.segment.start), e.to = vertex(e.segment.end);
    if (e.from == e.to && length(e.segment) <= 2 * kMerge) return;
    e.segment.start = vertices_[e.from], e.segment.end = vertices_[e.to];
    e.loop = &s, e.curve = curve, e.t0 = t0, e.t1 = t1;
    e.left[s.operand] = true;
    edges_.push_back(e);
  }

  // Stretches of a and b between the same vertices and on top of each other.
  void merge_shared() {
    std::vector<Edge> kept;
    for (const Edge& e : edges_) {
      Edge* twin = nullptr;
      for (Edge& k : kept) {
        const bool same = k.from == e.from && k.to == e.to,
                   opposite = k.from == e.to && k.to == e.from;
        if (!(same || opposite) || k.loop->operand == e.loop->operand) continue;
        const Vec2 middle = point_at(e.segment, 0.5);
        if (nearest(k.segment, middle).distance <= kMerge) {
          twin = &k;
          break;
        }
      }
      if (!twin) {
        kept.push_back(e);
        continue;
      }
      const bool same_way = dot(tangent_at(twin->segment, 0.5), tangent_at(e.segment, 0.5)) > 0;
      twin->left[e.loop->operand] = same_way;
      twin->right[e.loop->operand] = !same_way;
      twin->shared = true;
    }
    edges_ = std::move(kept);
  }

  void classify() {
    std::vector<Edge> kept;
    for (Edge e : edges_) {
      const int own = e.loop->operand, other = 1 - own;
      if (!e.shared) {
        e.left[other] = e.right[other] = inside(other, point_at(e.segment, kProbe));
      }
      const bool left = in_result(e.left), right = in_result(e.right);
      if (left == right) continue;
      if (right) {
        e.segment = reversed(e.segment);
        std::swap(e.from, e.to);
        e.turned = true;
      }
      kept.push_back(e);
    }
    edges_ = std::move(kept);
  }

  // Among the edges leaving `e`'s end, the one that bounds the same wedge of
  // the inside: the first clockwise from the way back.
  int next_of(const Edge& e, const std::vector<std::vector<int>>& leaving,
              const std::vector<char>& used) const {
    const std::vector<int>& candidates = leaving[e.to];
    int only = -1, free_count = 0;
    double reach = length(e.segment);
    for (const int c : candidates) {
      if (used[c]) continue;
      only = c, ++free_count;
      reach = std::min(reach, length(edges_[c].segment));
    }
    if (free_count <= 1) return only;
    reach *= 1e-3;
    const Vec2 at = vertices_[e.to];
    const Vec2 back = point_at(e.segment, 1 - reach / length(e.segment)) - at;
    int best = -1;
    double best_turn = 0;
    for (const int c : candidates) {
      if (used[c]) continue;
      const Vec2 d = point_at(edges_[c].segment, reach / length(edges_[c].segment)) - at;
      double turn = std::atan2(-cross(back, d), dot(back, d));  // clockwise from `back`
      if (turn <= 0) turn += 2 * kPi;
      if (best < 0 || turn < best_turn) best = c, best_turn = turn;
    }
    return best;
  }

  void chain() {
    std::vector<std::vector<int>> leaving(vertices_.size());
    for (size_t i = 0; i < edges_.size(); ++i)
      leaving[edges_[i].from].push_back(static_cast<int>(i));
    std::vector<char> used(edges_.size(), 0);
    for (size_t i = 0; i < edges_.size(); ++i) {
      if (used[i]) continue;
      std::vector<int> path{static_cast<int>(i)};
      used[i] = 1;
      while (edges_[path.back()].to != edges_[i].from) {
        const int next = next_of(edges_[path.back()], leaving, used);
        if (next < 0) {
          throw Error(ErrorKind::kGeometry,
                      "the boolean of two profiles does not close: loops not valid, or features "
                      "smaller than 1e-7");
        }
        used[next] = 1;
        path.push_back(next);
      }
      split_at_repeats(path);
    }
  }

  // A loop through one vertex twice becomes two loops.
  void split_at_repeats(const std::vector<int>& path) {
    std::vector<int> open;
    for (const int e : path) {
      open.push_back(e);
      for (size_t k = 0; k < open.size(); ++k) {
        if (edges_[open[k]].from != edges_[e].to) continue;
        emit({open.begin() + k, open.end()});
        open.resize(k);
        break;
      }
    }
  }

  // True if `e` goes on where `l` stops on the same line or circle.
  static bool continues(const Edge& l, const Edge& e) {
    if (l.segment.line != e.segment.line) return false;
    if (l.segment.line) {
      const Vec2 u = l.segment.end - l.segment.start, v = e.segment.end - e.segment.start;
      return dot(u, v) > 0 && std::abs(cross(u, v)) <= kTolerance * std::max(norm(u), norm(v));
    }
    return l.segment.sweep * e.segment.sweep > 0 &&
           norm(l.segment.center - e.segment.center) <= kMerge &&
           std::abs(l.segment.radius - e.segment.radius) <= kMerge &&
           std::abs(l.segment.sweep + e.segment.sweep) <= 2 * kPi + 1e-9;
  }

  static Edge joined(const Edge& l, const Edge& e) {
    Edge r = l;
    r.segment.end = e.segment.end;
    r.segment.sweep += e.segment.sweep;
    r.to = e.to;
    const bool one_curve = l.loop == e.loop && l.curve == e.curve && l.turned == e.turned;
    if (one_curve && l.turned) {
      r.t0 = e.t0;
    } else if (one_curve) {
      r.t1 = e.t1;
    } else {
      r.loop = nullptr;
    }
    return r;
  }

  static Curve as_curve(const Edge& e) {
    if (!e.segment.line && e.from == e.to) return Curve::circle(e.segment.center, e.segment.radius);
    if (e.loop && e.t0 == 0 && e.t1 == 1) {
      const Curve& c = e.loop->curves[e.curve];
      if (c.kind != Curve::Kind::kCircle) {
        Curve whole = e.turned ? reversed(c) : c;
        whole.start = e.segment.start, whole.end = e.segment.end;
        return whole;
      }
    }
    return curve(e.segment);
  }

  void emit(const std::vector<int>& path) {
    std::vector<Edge> merged;
    for (const int i : path) {
      if (!merged.empty() && continues(merged.back(), edges_[i])) {
        merged.back() = joined(merged.back(), edges_[i]);
      } else {
        merged.push_back(edges_[i]);
      }
    }
    while (merged.size() > 1 && continues(merged.back(), merged.front())) {
      merged.front() = joined(merged.back(), merged.front());
      merged.pop_back();
    }
    Loop loop;
    for (const Edge& e : merged) loop.curves.push_back(as_curve(e));
    if (check(loop) == LoopFault::kDegenerate) return;  // a sliver below the tolerance
    out_.push_back(std::move(loop));
  }

  std::vector<Side>& loops_;
  Operation operation_;
  std::vector<Vec2> vertices_;
  std::vector<Edge> edges_;
  std::vector<Loop> out_;
};

}  // namespace

Profile combine(const Profile& a, const Profile& b, Operation operation) {
  std::vector<Side> loops = sides(a, b);
  return profile_from_loops(Arrangement(loops, operation).result());
}

}  // namespace cadrecode::part
