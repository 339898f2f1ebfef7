#include "geometry/part/loop.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "base/error.h"

namespace cadrecode::part {

const char* to_string(LoopFault fault) {
  switch (fault) {
    case LoopFault::kNone:
      return "sound";
    case LoopFault::kEmpty:
      return "empty";
    case LoopFault::kOpen:
      return "open";
    case LoopFault::kDegenerate:
      return "degenerate";
    case LoopFault::kSelfCrossing:
      return "self-crossing";
  }
  return "?";
}

const char* to_string(ProfileFault fault) {
  switch (fault) {
    case ProfileFault::kNone:
      return "sound";
    case ProfileFault::kEmpty:
      return "an empty profile";
    case ProfileFault::kLoop:
      return "a faulty loop";
    case ProfileFault::kLoopsCross:
      return "loops that cross or run along each other";
    case ProfileFault::kBadNesting:
      return "loops that are not nested as regions";
  }
  return "?";
}

namespace {

struct Prepared {
  std::vector<Segment> segments;
  std::vector<Box2> boxes;
  Box2 box;
};

// False if a curve is degenerate.
bool prepare(const Loop& loop, Prepared& out) {
  out.segments.clear(), out.boxes.clear(), out.box = {};
  for (const Curve& c : loop.curves) {
    const std::optional<Segment> s = segment(c);
    if (!s) return false;
    out.segments.push_back(*s);
    out.boxes.push_back(bounds(*s));
    out.box.add(out.boxes.back());
  }
  return true;
}

// Neighbours share a vertex; a second meeting counts unless the curves are
// within tolerance of each other all the way to it (a smooth tangency).
bool neighbours_cross(const Segment& a, const Segment& b, bool share_both_ends) {
  const Meetings m = meet(a, b);
  if (m.overlap) return true;
  for (int i = 0; i < m.count; ++i) {
    const Vec2 p = m.at[i].point;
    if (norm(p - a.end) <= 4 * kTolerance && norm(p - b.start) <= 4 * kTolerance) continue;
    if (share_both_ends && norm(p - b.end) <= 4 * kTolerance) continue;
    const Vec2 between = point_at(a, (1 + m.at[i].ta) / 2);
    if (nearest(b, between).distance > kTolerance) return true;
  }
  return false;
}

bool self_crossing(const Prepared& p) {
  const size_t n = p.segments.size();
  for (size_t i = 0; i + 1 < n; ++i) {
    for (size_t j = i + 1; j < n; ++j) {
      if (!p.boxes[i].touches(p.boxes[j], kTolerance)) continue;
      if (j == i + 1) {
        if (neighbours_cross(p.segments[i], p.segments[j], n == 2)) return true;
      } else if (i == 0 && j == n - 1) {
        if (neighbours_cross(p.segments[j], p.segments[i], false)) return true;
      } else if (meet(p.segments[i], p.segments[j]).count > 0) {
        return true;
      }
    }
  }
  return false;
}

double signed_area(const std::vector<Segment>& segments) {
  double sum = 0;
  for (const Segment& s : segments) sum += area_integral(s);
  return sum;
}

LoopFault check(const Loop& loop, Prepared& p) {
  const size_t n = loop.curves.size();
  if (n == 0) return LoopFault::kEmpty;
  if (!prepare(loop, p)) return LoopFault::kDegenerate;
  for (size_t i = 0; i < n; ++i) {
    if (p.segments[i].full) return n == 1 ? LoopFault::kNone : LoopFault::kEmpty;
    if (norm(p.segments[i].end - p.segments[(i + 1) % n].start) > kTolerance)
      return LoopFault::kOpen;
  }
  if (n == 1) return LoopFault::kOpen;
  if (self_crossing(p)) return LoopFault::kSelfCrossing;
  const double thinnest = kTolerance * p.box.diagonal();
  return std::abs(signed_area(p.segments)) > thinnest ? LoopFault::kNone : LoopFault::kDegenerate;
}

bool contains(const std::vector<Segment>& segments, Vec2 p) {
  bool in = false;
  std::array<MonotonePiece, 3> pieces;
  for (const Segment& s : segments) {
    const int n = monotone_pieces(s, pieces);
    for (int i = 0; i < n; ++i) {
      if (pieces[i].y0 <= p.y && p.y < pieces[i].y1 && pieces[i].x_at(p.y) > p.x) in = !in;
    }
  }
  return in;
}

enum class Contact { kNone, kTouch, kCross };

// Whether all stretches of `a` between its meetings with `b` lie on one side of b.
bool one_sided(const std::vector<Segment>& a, const std::vector<std::vector<double>>& splits,
               const std::vector<Segment>& b) {
  int seen = -1;
  for (size_t i = 0; i < a.size(); ++i) {
    std::vector<double> t = splits[i];
    t.push_back(0), t.push_back(1);
    std::sort(t.begin(), t.end());
    for (size_t k = 0; k + 1 < t.size(); ++k) {
      if ((t[k + 1] - t[k]) * length(a[i]) <= 4 * kTolerance) continue;
      const int side = contains(b, point_at(a[i], (t[k] + t[k + 1]) / 2));
      if (seen >= 0 && side != seen) return false;
      seen = side;
    }
  }
  return true;
}

// Loops may touch in isolated points: a kernel's boolean makes such faces too.
Contact contact(const Prepared& a, const Prepared& b) {
  if (!a.box.touches(b.box, kTolerance)) return Contact::kNone;
  std::vector<std::vector<double>> on_a(a.segments.size()), on_b(b.segments.size());
  bool any = false;
  for (size_t i = 0; i < a.segments.size(); ++i) {
    for (size_t j = 0; j < b.segments.size(); ++j) {
      if (!a.boxes[i].touches(b.boxes[j], kTolerance)) continue;
      const Meetings m = meet(a.segments[i], b.segments[j]);
      if (m.overlap) return Contact::kCross;
      for (int k = 0; k < m.count; ++k) {
        on_a[i].push_back(m.at[k].ta), on_b[j].push_back(m.at[k].tb);
        any = true;
      }
    }
  }
  if (!any) return Contact::kNone;
  const bool apart =
      one_sided(a.segments, on_a, b.segments) && one_sided(b.segments, on_b, a.segments);
  return apart ? Contact::kTouch : Contact::kCross;
}

// A point of a loop that is unlikely to be one of another loop, even where the
// two share a corner.
Vec2 probe(const std::vector<Segment>& loop) { return point_at(loop.front(), 0.41421356); }

bool encloses(const Prepared& outer, const Prepared& inner) {
  return contains(outer.segments, probe(inner.segments));
}

// A checked loop of a profile: region r, inner loop k or -1 for the outer.
struct Placed {
  Prepared prepared;
  int region, inner;
};

ProfileFault check_pair(const Placed& a, const Placed& b, const std::vector<Placed>& all) {
  if (!a.prepared.box.touches(b.prepared.box, kTolerance)) {
    const bool must_nest = a.region == b.region && (a.inner < 0 || b.inner < 0);
    return must_nest ? ProfileFault::kBadNesting : ProfileFault::kNone;
  }
  if (contact(a.prepared, b.prepared) == Contact::kCross) return ProfileFault::kLoopsCross;
  const bool a_in_b = encloses(b.prepared, a.prepared), b_in_a = encloses(a.prepared, b.prepared);
  if (a.region == b.region) {
    if (a.inner < 0) return b_in_a ? ProfileFault::kNone : ProfileFault::kBadNesting;
    return a_in_b || b_in_a ? ProfileFault::kBadNesting : ProfileFault::kNone;
  }
  if (a.inner >= 0 || b.inner >= 0 || !(a_in_b || b_in_a)) return ProfileFault::kNone;
  // outer loops nested: sound only inside a hole of the enclosing region
  const Placed& big = a_in_b ? b : a;
  const Placed& small = a_in_b ? a : b;
  for (const Placed& hole : all) {
    if (hole.region == big.region && hole.inner >= 0 && encloses(hole.prepared, small.prepared)) {
      return ProfileFault::kNone;
    }
  }
  return ProfileFault::kBadNesting;
}

}  // namespace

LoopFault check(const Loop& loop) {
  Prepared p;
  return check(loop, p);
}

std::vector<Segment> segments(const Loop& loop) {
  std::vector<Segment> out;
  out.reserve(loop.curves.size());
  for (size_t i = 0; i < loop.curves.size(); ++i) {
    const std::optional<Segment> s = segment(loop.curves[i]);
    if (!s) {
      throw Error(ErrorKind::kGeometry,
                  "curve " + std::to_string(i) +
                      " of a loop has no length, three points in a line, or a value that is not "
                      "finite");
    }
    out.push_back(*s);
  }
  return out;
}

double signed_area(const Loop& loop) { return signed_area(segments(loop)); }

double perimeter(const Loop& loop) {
  double sum = 0;
  for (const Segment& s : segments(loop)) sum += length(s);
  return sum;
}

Box2 bounds(const Loop& loop) {
  Box2 box;
  for (const Segment& s : segments(loop)) box.add(bounds(s));
  return box;
}

Loop reversed(const Loop& loop) {
  Loop r;
  r.curves.reserve(loop.curves.size());
  for (auto c = loop.curves.rbegin(); c != loop.curves.rend(); ++c)
    r.curves.push_back(reversed(*c));
  return r;
}

bool contains(const Loop& loop, Vec2 p) { return contains(segments(loop), p); }

ProfileVerdict check(const Profile& profile) {
  if (profile.regions.empty()) return {ProfileFault::kEmpty};
  std::vector<Placed> loops;
  for (int r = 0; r < static_cast<int>(profile.regions.size()); ++r) {
    const Region& region = profile.regions[r];
    for (int k = -1; k < static_cast<int>(region.inner.size()); ++k) {
      loops.push_back({{}, r, k});
      const LoopFault fault = check(k < 0 ? region.outer : region.inner[k], loops.back().prepared);
      if (fault != LoopFault::kNone) return {ProfileFault::kLoop, fault, r};
    }
  }
  for (size_t i = 0; i + 1 < loops.size(); ++i) {
    for (size_t j = i + 1; j < loops.size(); ++j) {
      const ProfileFault fault = check_pair(loops[i], loops[j], loops);
      if (fault != ProfileFault::kNone) return {fault, LoopFault::kNone, loops[j].region};
    }
  }
  return {};
}

double area(const Profile& profile) {
  double sum = 0;
  for (const Region& r : profile.regions) {
    sum += std::abs(signed_area(r.outer));
    for (const Loop& l : r.inner) sum -= std::abs(signed_area(l));
  }
  return sum;
}

double perimeter(const Profile& profile) {
  double sum = 0;
  for (const Region& r : profile.regions) {
    sum += perimeter(r.outer);
    for (const Loop& l : r.inner) sum += perimeter(l);
  }
  return sum;
}

Box2 bounds(const Profile& profile) {
  Box2 box;
  for (const Region& r : profile.regions) box.add(bounds(r.outer));
  return box;
}

bool contains(const Profile& profile, Vec2 p) {
  bool in = false;
  for (const Region& r : profile.regions) {
    in ^= contains(r.outer, p);
    for (const Loop& l : r.inner) in ^= contains(l, p);
  }
  return in;
}

Profile profile_from_loops(const std::vector<Loop>& loops) {
  const int n = static_cast<int>(loops.size());
  std::vector<std::vector<Segment>> prepared;
  for (const Loop& l : loops) prepared.push_back(segments(l));
  std::vector<std::vector<int>> enclosing(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      if (i != j && contains(prepared[j], probe(prepared[i]))) enclosing[i].push_back(j);
    }
  }
  Profile profile;
  std::vector<int> region_of(n, -1);
  for (int i = 0; i < n; ++i) {
    if (enclosing[i].size() % 2) continue;
    region_of[i] = static_cast<int>(profile.regions.size());
    profile.regions.push_back({loops[i], {}});
  }
  for (int i = 0; i < n; ++i) {
    if (region_of[i] >= 0) continue;
    for (const int j : enclosing[i]) {  // the innermost encloser is the deepest
      if (enclosing[j].size() + 1 == enclosing[i].size()) {
        profile.regions[region_of[j]].inner.push_back(loops[i]);
      }
    }
  }
  return profile;
}

}  // namespace cadrecode::part
