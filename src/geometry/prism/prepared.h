// Inside the engine: what a Solid keeps, and the scene its integrals run in.
#pragma once

#include <vector>

#include "geometry/part/curve.h"
#include "geometry/prism/solid.h"

namespace cadrecode::prism {

// One curve of a profile, and its place in it.
struct WallCurve {
  part::Segment segment;
  int curve;       // running number in the profile: regions in order, outer first
  double outside;  // +1 if the outside is to the right of the running direction
};

struct Prism {
  part::Operation operation;
  Vec3 origin, x, y, normal;
  double start, end;
  part::Box2 profile_box;
  Box3 box;                     // world
  int first_piece, last_piece;  // Prepared::pieces, half-open, in frame coordinates
  int first_wall, last_wall;    // Prepared::walls
  double profile_area, perimeter;
  bool rectangle;  // one rectangular region with sides along x and y

  Vec3 to_local(Vec3 p) const {
    const Vec3 d = p - origin;
    return {dot(d, x), dot(d, y), dot(d, normal)};
  }
  Vec3 to_world(double u, double v, double w) const { return origin + x * u + y * v + normal * w; }
};

struct Prepared {
  std::vector<Prism> prisms;  // [steps]
  std::vector<part::MonotonePiece> pieces;
  std::vector<WallCurve> walls;
  std::vector<int> last_to_first;  // step numbers, descending
  Box3 box;                        // of the joined prisms
  double extent;                   // its longest side
  bool joins_only;
};

// Parity of a prism's profile at (u, v) in its frame.
bool profile_contains(const Prepared& s, const Prism& prism, double u, double v);
bool prism_contains(const Prepared& s, const Prism& prism, Vec3 world);
// Final membership from the membership of each step, asked only as needed: the
// last step that decides wins.
template <typename InStep>
bool member(const Prepared& s, const InStep& in_step) {
  for (int i = static_cast<int>(s.prisms.size()) - 1; i >= 0; --i) {
    switch (s.prisms[i].operation) {
      case part::Operation::kJoin:
        if (in_step(i)) return true;
        break;
      case part::Operation::kCut:
        if (in_step(i)) return false;
        break;
      case part::Operation::kIntersect:
        if (!in_step(i)) return false;
        break;
    }
  }
  return false;
}

}  // namespace cadrecode::prism
