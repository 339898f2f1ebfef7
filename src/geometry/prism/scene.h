// The frame in which one or two solids are integrated, and their prisms in it.
//
// Axes of the scene: s the slab axis, p and q the cross-section's. At a fixed s
//   kAlongQ   [lo, hi] in q   times intervals of p cut from the profile
//   kAlongP   [lo, hi] in p   times intervals of q cut from the profile
//   kBox      [p_lo, p_hi] x [q_lo, q_hi] while lo <= s <= hi
//   kAlongS   the profile itself in (p, q) while lo <= s <= hi
//   kOblique  none of these
#pragma once

#include <vector>

#include "geometry/prism/prepared.h"

namespace cadrecode::prism {

enum class Role { kAlongQ, kAlongP, kBox, kAlongS, kOblique };

struct SceneStep {
  int owner;  // 0: solid a, 1: solid b
  part::Operation operation;
  Role role;
  double lo = 0, hi = 0;
  double p_lo = 0, p_hi = 0, q_lo = 0, q_hi = 0;  // kBox; bounds for kAlongS
  int first = 0, last = 0;                        // Scene::pieces, half-open
  const Prepared* solid = nullptr;
  const Prism* prism = nullptr;
};

struct ScenePiece {
  // kAlongQ: x is p, y is s. kAlongP: x is q, y is s. kAlongS: x is p, y is q.
  part::MonotonePiece curve;
  int step;
};

struct Scene {
  Vec3 s, p, q;  // orthonormal, right-handed in this order
  std::vector<SceneStep> steps;
  std::vector<ScenePiece> pieces;
  double extent = 0;
  double s_lo = 0, s_hi = 0;
  bool has_along_s = false, has_oblique = false;
  bool has_b = false;

  void build(const Prepared& a, const Prepared* b);  // keeps its memory between calls
};

}  // namespace cadrecode::prism
