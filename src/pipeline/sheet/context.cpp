#include <cmath>

#include "pipeline/sheet/parts.h"

namespace cadrecode::sheet {

const char* to_string(Side side) {
  switch (side) {
    case kTop:
      return "top";
    case kBottom:
      return "bottom";
    case kFront:
      return "front";
    case kBack:
      return "back";
    case kLeft:
      return "left";
    default:
      return "right";
  }
}

Vec3 facing(Side side) {
  switch (side) {
    case kTop:
      return {0, 0, 1};
    case kBottom:
      return {0, 0, -1};
    case kFront:
      return {0, -1, 0};
    case kBack:
      return {0, 1, 0};
    case kLeft:
      return {-1, 0, 0};
    default:
      return {1, 0, 0};
  }
}

Context::Context(const mesh::Survey& s, const mesh::MeshIndex& index) : survey(s), rays(index) {
  for (const mesh::SurveyFace& f : s.faces) box.add(f.box);
  tiny = 1e-5 * box.diagonal();
  edges_of.resize(s.faces.size());
  for (size_t e = 0; e < s.edges.size(); ++e) {
    const int left = s.edges[e].left, right = s.edges[e].right;
    if (left >= 0) edges_of[static_cast<size_t>(left)].push_back(static_cast<int>(e));
    if (right >= 0 && right != left)
      edges_of[static_cast<size_t>(right)].push_back(static_cast<int>(e));
  }
  samples_of.resize(s.faces.size());
  for (const mesh::SurveySample& sample : s.samples)
    samples_of[static_cast<size_t>(sample.face)].push_back(&sample);
}

int Context::other(int edge, int face) const {
  const mesh::SurveyEdge& e = survey.edges[static_cast<size_t>(edge)];
  return e.left == face ? e.right : e.left;
}

bool Context::open_towards(Vec3 from, Vec3 direction) const {
  return !rays.first_hit(from, direction).hit();
}

Sides Context::seen(const std::vector<int>& faces) const {
  Sides sides = 0;
  const double lift = 1e-3 * box.diagonal();  // clear of the triangles' own error
  for (const Side side : kSides) {
    const Vec3 out = facing(side);
    for (const int f : faces) {
      for (const mesh::SurveySample* s : samples_of[static_cast<size_t>(f)]) {
        if (sides & side) break;
        if (dot(s->normal, out) > 0.05 && open_towards(s->point + s->normal * lift, out))
          sides = static_cast<Sides>(sides | side);
      }
    }
  }
  return sides;
}

}  // namespace cadrecode::sheet
