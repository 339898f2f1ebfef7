// Dimples and balls, rounds, chamfers, and the flat faces.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "pipeline/sheet/parts.h"

namespace cadrecode::sheet {
namespace {

using mesh::CurveKind;
using mesh::Meeting;
using mesh::SurfaceKind;
using mesh::SurveyEdge;
using mesh::SurveyFace;

int count_meeting(const Context& c, int face, Meeting wanted) {
  int count = 0;
  for (const int e : c.edges_of[static_cast<size_t>(face)]) {
    const SurveyEdge& edge = c.survey.edges[static_cast<size_t>(e)];
    count += edge.meeting == wanted && edge.left != edge.right;
  }
  return count;
}

Feature plain(const Context& c, int face, FeatureKind kind) {
  const SurveyFace& f = c.survey.faces[static_cast<size_t>(face)];
  Feature out;
  out.kind = kind;
  out.area = f.area;
  out.axis = f.axis;
  out.position = out.center = f.center;
  out.size = f.box.empty() ? Vec3{} : f.box.size();
  out.faces = {face};
  out.body = f.body;
  out.sides = c.seen(out.faces);
  out.on = out.sides;
  return out;
}

void add_sphere(const Context& c, int face, std::vector<Feature>& out) {
  const SurveyFace& f = c.survey.faces[static_cast<size_t>(face)];
  Feature s = plain(c, face, f.concave ? FeatureKind::kDimple : FeatureKind::kBall);
  s.form = "sphere";
  s.diameter = 2 * f.radius;
  s.center = f.origin;
  // the rim's circle gives the mouth and the depth
  for (const int e : c.edges_of[static_cast<size_t>(face)]) {
    const SurveyEdge& edge = c.survey.edges[static_cast<size_t>(e)];
    if (edge.kind != CurveKind::kCircle || edge.meeting == Meeting::kSmooth) continue;
    s.position = edge.center;
    s.length = s.width = 2 * edge.radius;
  }
  const Vec3 out_of = s.position - f.center;
  if (norm(out_of) > c.tiny) s.axis = normalized(f.concave ? out_of : -out_of);
  const bool rim = s.length > 0;
  s.depth = rim ? f.radius - dot(f.origin - s.position, s.axis) * (f.concave ? 1 : -1) : 2 * f.radius;
  out.push_back(std::move(s));
}

// One feature for the pieces of one round: same radius, smooth into each other.
void add_rounds(const Context& c, std::vector<Feature>& out, std::vector<char>& used) {
  for (size_t i = 0; i < c.survey.faces.size(); ++i) {
    const SurveyFace& f = c.survey.faces[i];
    if (used[i] || (f.kind != SurfaceKind::kCylinder && f.kind != SurfaceKind::kTorus)) continue;
    if (count_meeting(c, static_cast<int>(i), Meeting::kSmooth) < 1) continue;
    Feature r = plain(c, static_cast<int>(i), FeatureKind::kRound);
    r.diameter = 2 * (f.kind == SurfaceKind::kTorus ? f.tube : f.radius);
    r.form = f.concave ? "inside" : "outside";
    used[i] = 1;
    out.push_back(std::move(r));
  }
}

// What is left of partial cylinders meets its neighbours sharply: half circles.
void add_arcs(const Context& c, std::vector<Feature>& out, std::vector<char>& used) {
  for (size_t i = 0; i < c.survey.faces.size(); ++i) {
    const SurveyFace& f = c.survey.faces[i];
    if (used[i] || f.kind != SurfaceKind::kCylinder || f.turn < std::numbers::pi / 6) continue;
    Feature a =
        plain(c, static_cast<int>(i), f.concave ? FeatureKind::kOpening : FeatureKind::kBoss);
    a.form = f.concave ? "half circle" : "arc";
    a.diameter = 2 * f.radius;
    double lo = 1e300, hi = -1e300;
    for (const auto* s : c.samples_of[i]) {
      lo = std::min(lo, dot(s->point, f.axis)), hi = std::max(hi, dot(s->point, f.axis));
    }
    for (const int e : c.edges_of[i]) {
      for (const Vec3 p : {c.survey.edges[static_cast<size_t>(e)].start,
                           c.survey.edges[static_cast<size_t>(e)].end})
        lo = std::min(lo, dot(p, f.axis)), hi = std::max(hi, dot(p, f.axis));
    }
    a.depth = hi > lo ? hi - lo : 0;
    used[i] = 1;
    out.push_back(std::move(a));
  }
}

// A narrow plane between two longer-than-wide convex borders, sloped to both
// neighbours.
bool is_chamfer(const Context& c, int face, double& width) {
  const SurveyFace& f = c.survey.faces[static_cast<size_t>(face)];
  std::vector<const SurveyEdge*> lines;
  for (const int e : c.edges_of[static_cast<size_t>(face)]) {
    const SurveyEdge& edge = c.survey.edges[static_cast<size_t>(e)];
    const int across = c.other(e, face);
    if (edge.kind != CurveKind::kLine || edge.meeting != Meeting::kConvex || across < 0) continue;
    const SurveyFace& g = c.survey.faces[static_cast<size_t>(across)];
    const double cosine = dot(f.axis, g.axis);
    if (g.kind == SurfaceKind::kPlane && cosine > 0.25 && cosine < 0.97) lines.push_back(&edge);
  }
  for (size_t i = 0; i < lines.size(); ++i) {
    for (size_t j = i + 1; j < lines.size(); ++j) {
      const Vec3 along = normalized(lines[i]->end - lines[i]->start);
      if (norm(cross(along, normalized(lines[j]->end - lines[j]->start))) > 1e-3) continue;
      const Vec3 gap = lines[j]->middle - lines[i]->middle;
      width = norm(gap - along * dot(gap, along));
      if (width < 0.34 * std::min(lines[i]->length, lines[j]->length)) return true;
    }
  }
  return false;
}

}  // namespace

void find_small_faces(const Context& c, std::vector<Feature>& out, std::vector<char>& used) {
  for (size_t i = 0; i < c.survey.faces.size(); ++i) {
    if (used[i] || c.survey.faces[i].kind != SurfaceKind::kSphere) continue;
    const bool corner = count_meeting(c, static_cast<int>(i), Meeting::kSmooth) >= 2;
    if (!corner) add_sphere(c, static_cast<int>(i), out), used[i] = 1;
  }
  add_rounds(c, out, used);
  add_arcs(c, out, used);
  for (size_t i = 0; i < c.survey.faces.size(); ++i) {
    double width = 0;
    if (used[i] || c.survey.faces[i].kind != SurfaceKind::kPlane ||
        !is_chamfer(c, static_cast<int>(i), width))
      continue;
    Feature f = plain(c, static_cast<int>(i), FeatureKind::kChamfer);
    f.form = "flat", f.width = width, used[i] = 1;
    f.length = width > 0 ? f.area / width : 0;
    out.push_back(std::move(f));
  }
}

void find_flats(const Context& c, std::vector<Feature>& out) {
  for (size_t i = 0; i < c.survey.faces.size(); ++i) {
    const SurveyFace& f = c.survey.faces[i];
    if (f.kind != SurfaceKind::kPlane) continue;
    Feature p = plain(c, static_cast<int>(i), FeatureKind::kFlat);
    p.form = "plane";
    // along the longest straight border
    Vec3 x = std::abs(f.axis.x) < 0.9 ? cross(f.axis, {1, 0, 0}) : cross(f.axis, {0, 1, 0});
    double longest = 0;
    for (const int e : c.edges_of[i]) {
      const SurveyEdge& edge = c.survey.edges[static_cast<size_t>(e)];
      if (edge.kind == CurveKind::kLine && edge.length > longest)
        longest = edge.length, x = edge.end - edge.start;
    }
    x = normalized(x);
    const Vec3 y = cross(f.axis, x);
    double lo[2] = {1e300, 1e300}, hi[2] = {-1e300, -1e300};
    for (const int e : c.edges_of[i]) {
      const SurveyEdge& edge = c.survey.edges[static_cast<size_t>(e)];
      for (const Vec3 q : {edge.start, edge.middle, edge.end}) {
        lo[0] = std::min(lo[0], dot(q, x)), hi[0] = std::max(hi[0], dot(q, x));
        lo[1] = std::min(lo[1], dot(q, y)), hi[1] = std::max(hi[1], dot(q, y));
      }
    }
    if (hi[0] > lo[0]) {
      p.length = std::max(hi[0] - lo[0], hi[1] - lo[1]),
      p.width = std::min(hi[0] - lo[0], hi[1] - lo[1]);
    }
    p.on = 0;
    for (const Side s : kSides) {
      if (dot(f.axis, facing(s)) > 0.95) p.on = static_cast<Sides>(p.on | s);
    }
    out.push_back(std::move(p));
  }
}

}  // namespace cadrecode::sheet
