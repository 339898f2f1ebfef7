// The CAD kernel at arm's length: one worker process, forked on first use.
#pragma once

#include <string>
#include <vector>

#include "pipeline/execute/execute.h"

namespace cadrecode::reconstruct {

// Runs `program`, writes `outputs` (which call the part `name`), answers with facts and (if asked)
// a mesh. A crash, hang or refusal comes back as Outcome::failure.
execute::Outcome build(const std::string& program, bool tessellate,
                       const std::vector<std::string>& outputs = {},
                       const std::string& name = "part");

// Meshes a STEP or BREP file. Errors: kInput, kGeometry as the kernel says.
mesh::TriangleMesh mesh_of_solid_file(const std::string& path);

}  // namespace cadrecode::reconstruct
