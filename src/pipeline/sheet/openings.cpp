// Openings that are not round holes: where a border inside a face falls away into
// the part, and grooves between two walls.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "pipeline/sheet/parts.h"

namespace cadrecode::sheet {
namespace {

using mesh::CurveKind;
using mesh::Meeting;
using mesh::SurfaceKind;
using mesh::SurveyEdge;
using mesh::SurveyFace;

using Loop = std::vector<const SurveyEdge*>;

struct Outline {
  std::string form;
  Vec3 center, along;
  double length = 0, width = 0;
};

std::vector<Vec3> points_of(const Loop& loop) {
  std::vector<Vec3> out;
  for (const SurveyEdge* e : loop) {
    out.push_back(e->start), out.push_back(e->middle), out.push_back(e->end);
    if (e->kind != CurveKind::kCircle) continue;
    // a circle's extremes lie anywhere: four points around it where it is whole
    if (norm(e->start - e->end) > 1e-9 * e->radius) continue;
    const Vec3 x = normalized(e->start - e->center), y = cross(e->axis, x);
    for (const Vec3 d : {y, -y}) out.push_back(e->center + d * e->radius);
  }
  return out;
}

std::string form_of(const Loop& loop) {
  int lines = 0, arcs = 0;
  bool one_circle = true;
  for (const SurveyEdge* e : loop) {
    lines += e->kind == CurveKind::kLine;
    arcs += e->kind == CurveKind::kCircle;
    one_circle &= e->kind == CurveKind::kCircle &&
                  norm(e->center - loop[0]->center) < 1e-4 * loop[0]->radius &&
                  std::abs(e->radius - loop[0]->radius) < 1e-4 * loop[0]->radius;
  }
  const int count = static_cast<int>(loop.size());
  if (one_circle) return "circle";
  if (lines == 4 && (count == 4 || (count == 8 && arcs == 4))) return "rectangle";
  if (lines == 2 && arcs >= 2 && arcs <= 4 && count == lines + arcs) return "slot";
  if (lines == count && count > 2) return "polygon";
  return "outline";
}

Outline outline_of(const Loop& loop, Vec3 normal) {
  Outline o;
  o.form = form_of(loop);
  const SurveyEdge* longest = nullptr;
  for (const SurveyEdge* e : loop) {
    if (e->kind == CurveKind::kLine && (!longest || e->length > longest->length)) longest = e;
  }
  Vec3 x = longest ? longest->end - longest->start : loop[0]->middle - loop[0]->start;
  x = x - normal * dot(x, normal);
  x = norm(x) > 0 ? normalized(x) : normalized(cross(normal, {0.3, 0.5, 0.8}));
  const Vec3 y = cross(normal, x);
  double lo[3] = {1e300, 1e300, 1e300}, hi[3] = {-1e300, -1e300, -1e300};
  for (const Vec3 p : points_of(loop)) {
    const double t[3] = {dot(p, x), dot(p, y), dot(p, normal)};
    for (int k = 0; k < 3; ++k) lo[k] = std::min(lo[k], t[k]), hi[k] = std::max(hi[k], t[k]);
  }
  o.center = x * ((lo[0] + hi[0]) / 2) + y * ((lo[1] + hi[1]) / 2) + normal * ((lo[2] + hi[2]) / 2);
  const double a = hi[0] - lo[0], b = hi[1] - lo[1];
  o.length = std::max(a, b), o.width = std::min(a, b);
  o.along = a >= b ? x : y;
  return o;
}

// Walls reached from the loop, going down over concave or smooth edges only.
std::vector<int> inside_faces(const Context& c, int from, const std::vector<int>& edges) {
  std::set<int> seen{from};
  std::vector<int> out;
  for (const int e : edges) {
    const int f = c.other(e, from);
    if (f >= 0 && seen.insert(f).second) out.push_back(f);
  }
  for (size_t i = 0; i < out.size() && out.size() < 64; ++i) {
    for (const int e : c.edges_of[static_cast<size_t>(out[i])]) {
      const Meeting m = c.survey.edges[static_cast<size_t>(e)].meeting;
      const int f = c.other(e, out[i]);
      if (f < 0 || (m != Meeting::kConcave && m != Meeting::kSmooth)) continue;
      if (seen.insert(f).second) out.push_back(f);
    }
  }
  return out;
}

void finish(const Context& c, Feature& f) {
  Box3 box;
  for (const int i : f.faces) {
    f.area += c.survey.faces[static_cast<size_t>(i)].area;
    box.add(c.survey.faces[static_cast<size_t>(i)].box);
  }
  if (!box.empty()) f.size = box.size();
  for (const Side s : kSides) {
    if (dot(f.axis, facing(s)) > 0.95) f.on = static_cast<Sides>(f.on | s);
    if (f.through && dot(-f.axis, facing(s)) > 0.95) f.on = static_cast<Sides>(f.on | s);
  }
}

void add_opening(const Context& c, int face, const std::vector<int>& edges,
                 std::vector<Feature>& out, const std::vector<char>& used) {
  Loop loop;
  int convex = 0, to_holes = 0;
  for (const int e : edges) {
    const SurveyEdge& edge = c.survey.edges[static_cast<size_t>(e)];
    loop.push_back(&edge);
    convex += edge.meeting == Meeting::kConvex;
    const int across = c.other(e, face);
    to_holes += across >= 0 && used[static_cast<size_t>(across)];
  }
  const int count = static_cast<int>(edges.size());
  if (count == 0 || convex * 2 <= count || to_holes == count) return;
  const SurveyFace& plate = c.survey.faces[static_cast<size_t>(face)];
  Vec3 normal = plate.axis;
  if (plate.kind != SurfaceKind::kPlane) {
    // on a round face: outwards at the sample nearest to the opening
    double best = 1e300;
    for (const auto* s : c.samples_of[static_cast<size_t>(face)]) {
      const double d = norm(s->point - loop[0]->middle);
      if (d < best) best = d, normal = s->normal;
    }
  }
  const Outline o = outline_of(loop, normal);
  Feature f;
  f.kind = FeatureKind::kOpening;
  f.form = o.form;
  f.length = o.length, f.width = o.width;
  f.diameter = o.form == "circle" ? 2 * loop[0]->radius : 0;
  f.axis = normal, f.position = o.center;
  f.body = plate.body;
  f.faces = inside_faces(c, face, edges);
  double deepest = 0;
  for (const int i : f.faces) {
    for (const int e : c.edges_of[static_cast<size_t>(i)]) {
      const SurveyEdge& edge = c.survey.edges[static_cast<size_t>(e)];
      for (const Vec3 p : {edge.start, edge.middle, edge.end})
        deepest = std::max(deepest, dot(o.center - p, normal));
    }
  }
  const auto hit = c.rays.first_hit(o.center - normal * (1e-3 * c.box.diagonal()), -normal);
  f.through = !hit.hit() || hit.t > 1.02 * deepest + 2e-3 * c.box.diagonal();
  f.depth = f.through || !hit.hit() ? deepest : std::max(deepest, 0.0);
  f.center = o.center - normal * (f.depth / 2);
  if (c.open_towards(o.center + normal * (1e-3 * c.box.diagonal()), normal)) {
    for (const Side s : kSides) {
      if (dot(normal, facing(s)) > 0.95) f.sides = static_cast<Sides>(f.sides | s);
      if (!hit.hit() && dot(-normal, facing(s)) > 0.95) f.sides = static_cast<Sides>(f.sides | s);
    }
  }
  finish(c, f);
  out.push_back(std::move(f));
}

// The floor of a groove: a plane with two parallel straight borders that both rise
// into walls facing each other.
void add_groove(const Context& c, int floor, std::vector<Feature>& out) {
  const SurveyFace& f = c.survey.faces[static_cast<size_t>(floor)];
  if (f.kind != SurfaceKind::kPlane) return;
  std::vector<int> rising;
  for (const int e : c.edges_of[static_cast<size_t>(floor)]) {
    const SurveyEdge& edge = c.survey.edges[static_cast<size_t>(e)];
    if (edge.meeting == Meeting::kConcave && edge.kind == CurveKind::kLine) rising.push_back(e);
  }
  for (size_t i = 0; i < rising.size(); ++i) {
    for (size_t j = i + 1; j < rising.size(); ++j) {
      const SurveyEdge &a = c.survey.edges[static_cast<size_t>(rising[i])],
                       &b = c.survey.edges[static_cast<size_t>(rising[j])];
      const Vec3 along = normalized(a.end - a.start);
      if (norm(cross(along, normalized(b.end - b.start))) > 1e-3) continue;
      const int wa = c.other(rising[i], floor), wb = c.other(rising[j], floor);
      if (wa < 0 || wb < 0 || wa == wb) continue;
      const SurveyFace &fa = c.survey.faces[static_cast<size_t>(wa)],
                       &fb = c.survey.faces[static_cast<size_t>(wb)];
      const Vec3 gap = b.middle - a.middle, across = gap - along * dot(gap, along);
      if (fa.kind != SurfaceKind::kPlane || fb.kind != SurfaceKind::kPlane ||
          norm(across) < 10 * c.tiny)
        continue;
      if (dot(fa.axis, across) <= 0 || dot(fb.axis, across) >= 0) continue;
      // other borders that rise make it a pocket, which its own outline reports
      const size_t ends = rising.size() - 2;
      if (ends > 1) return;
      Feature g;
      g.kind = FeatureKind::kOpening;
      g.form = ends ? "open slot" : "groove";
      const double width = norm(across), length = std::min(a.length, b.length);
      g.length = std::max(width, length), g.width = std::min(width, length);
      double high = 1e300;
      for (const int w : {wa, wb}) {
        double top = 0;
        for (const int e : c.edges_of[static_cast<size_t>(w)]) {
          const SurveyEdge& edge = c.survey.edges[static_cast<size_t>(e)];
          for (const Vec3 p : {edge.start, edge.end})
            top = std::max(top, dot(p - f.center, f.axis));
        }
        high = std::min(high, top);
      }
      g.depth = high;
      g.axis = f.axis;
      g.position = f.center + f.axis * high;
      g.center = f.center + f.axis * (high / 2);
      g.faces = {floor, wa, wb};
      g.body = f.body;
      g.sides = c.seen({floor});
      finish(c, g);
      out.push_back(std::move(g));
      return;
    }
  }
}

}  // namespace

void find_openings(const Context& c, std::vector<Feature>& out, const std::vector<char>& used) {
  std::map<std::pair<int, int>, std::vector<int>> loops;
  for (const mesh::SurveyLoopEdge& l : c.survey.loops) {
    if (l.loop > 0) loops[{l.face, l.loop}].push_back(l.edge);
  }
  const size_t first = out.size();
  for (const auto& [key, edges] : loops) add_opening(c, key.first, edges, out, used);
  // the far mouth of a through opening is the same opening
  for (size_t i = first; i < out.size(); ++i) {
    for (size_t j = out.size(); j-- > i + 1;) {
      std::set<int> a(out[i].faces.begin(), out[i].faces.end());
      size_t shared = 0;
      for (const int f : out[j].faces) shared += a.count(f);
      if (shared * 2 <= out[j].faces.size()) continue;
      if (dot(out[i].axis, out[j].axis) < -0.9) out[i].through = true;
      out[i].sides = static_cast<Sides>(out[i].sides | out[j].sides);
      out[i].on = static_cast<Sides>(out[i].on | out[j].on);
      out.erase(out.begin() + static_cast<std::ptrdiff_t>(j));
    }
  }
  std::set<int> taken;
  for (size_t i = first; i < out.size(); ++i)
    taken.insert(out[i].faces.begin(), out[i].faces.end());
  for (size_t f = 0; f < c.survey.faces.size(); ++f) {
    if (!taken.count(static_cast<int>(f))) add_groove(c, static_cast<int>(f), out);
  }
}

}  // namespace cadrecode::sheet
