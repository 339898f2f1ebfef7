// Parts proposed from geometry alone.
//
// Evidence is where flat faces lie across a direction (levels), what the
// cross-section is between them (slabs), and which regions of space its curves
// leave inside. No model, no kernel: a proposal is plain data, judged by its
// distance to the input in pipeline/reconstruct.
//
// Everything is in the input's own unit and frame; tolerances scale with the
// input's longest side. Deterministic: no randomness that is not seeded.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "geometry/cloud/cloud.h"
#include "geometry/mesh/mesh.h"
#include "geometry/part/part.h"

namespace cadrecode::fit {

struct Proposal {
  part::Part part;
  std::string how;     // in words, for the report: "sections along Z, 3 slabs"
  bool exact = false;  // its faces are the mesh's own: fitting to points would only blur them
};

struct ProposeOptions {
  uint64_t seed = 0;
  int max_directions = 4;
  // Axes to look along; empty: found from the input's normals.
  std::vector<Vec3> directions;
  std::function<bool()> cancelled;  // asked between proposals
};

// Most promising first by the proposer's own evidence; never empty for an
// input with extent in three directions: the last one is the bounding box.
// Errors: Error(kInput) when the input is empty or has no extent.
std::vector<Proposal> propose(const mesh::TriangleMesh& mesh, const ProposeOptions& options = {});
std::vector<Proposal> propose(const cloud::PointCloud& cloud, const ProposeOptions& options = {});

// The box around the input; the answer that always exists.
part::Part bounding_box_part(const Box3& box);

}  // namespace cadrecode::fit
