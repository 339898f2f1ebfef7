// Cross-sections: where planes cut a mesh.
//
// The plane at offset h is {F.origin + x X + y Y + h N} of a frame F; its
// curves come out in F's (x, y). A vertex exactly on the plane counts as above
// it, so a section is always the limit from below (from -N): a flat face lying
// in the plane gives no segments of its own, and levels on faces are safe.
//
// Curves run with the solid on their left, seen against N: outer boundaries
// counter-clockwise, holes clockwise (if the mesh is turned outwards). They are
// traced by shared edges, so a closed mesh gives closed curves only, whatever
// the rounding; weld first.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geometry/mesh/mesh.h"

namespace cadrecode::mesh {

struct SectionCurve {
  std::vector<Vec2> points;         // [n]; a closed curve does not repeat its first point
  std::vector<uint32_t> triangles;  // [n] or [n - 1] if open: cut by points[i] -> points[i + 1]
  bool closed = false;

  double signed_area() const;  // > 0: counter-clockwise
  double length() const;
};

struct Section {
  double offset = 0;
  std::vector<SectionCurve> curves;  // in order of their lowest triangle

  double area() const;  // enclosed, holes taken off; closed curves only
  bool closed() const;  // every curve is
};

struct SectionOptions {
  // Open ends nearer to each other than this are joined (cracks of a scan).
  double join_tolerance = 0;
  // Consecutive points nearer than this become one (0: exactly equal ones;
  // negative: 1e-9 of the mesh's extent, what rounding leaves of one point).
  double merge_tolerance = -1;
};

// One section for every offset, in the order given.
std::vector<Section> cross_sections(const TriangleMesh& mesh, const Frame& frame,
                                    std::span<const double> offsets,
                                    const SectionOptions& options = {});
Section cross_section(const TriangleMesh& mesh, const Frame& frame, double offset = 0,
                      const SectionOptions& options = {});

}  // namespace cadrecode::mesh
