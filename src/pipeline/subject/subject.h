// Whatever the user points at, as a surface: programs, STEP, BREP, meshes, clouds.
//
// Programs and B-rep files go through the isolated executor; meshes and clouds
// are read here. Coordinates stay the source's own.
#pragma once

#include <optional>
#include <string>

#include "geometry/cloud/cloud.h"
#include "geometry/mesh/mesh.h"
#include "pipeline/execute/execute.h"

namespace cadrecode::subject {

struct Subject {
  std::string path;
  mesh::TriangleMesh mesh;   // empty for a cloud
  cloud::PointCloud cloud;   // empty otherwise
  bool from_kernel = false;  // a program or B-rep file: `valid` means something
  bool valid = false;        // BRepCheck

  bool is_cloud() const { return mesh.empty(); }
};

// Errors: those of the program (with its place), of the reader, or kUnsupported
// for an extension nobody knows.
Subject load(const std::string& path, execute::Executor& executor);

// The same in two steps, for many at once: what the executor has to do for a
// file (nothing for meshes and clouds, which read() reads), and what came of it.
std::optional<execute::Job> job_of(const std::string& path);
Subject from_outcome(execute::Outcome outcome);
Subject read(const std::string& path);

}  // namespace cadrecode::subject
