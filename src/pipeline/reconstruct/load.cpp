// Scans from files.
#include <utility>

#include "base/files.h"
#include "geometry/cloud/io.h"
#include "pipeline/reconstruct/kernel.h"
#include "pipeline/reconstruct/reconstruct.h"

namespace cadrecode::reconstruct {

Scan load_scan(const std::string& path) {
  Scan scan;
  const std::string extension = lower_extension(path);
  if (extension == ".step" || extension == ".stp" || extension == ".brep" || extension == ".brp") {
    scan.mesh = mesh_of_solid_file(path);
    const bool step = extension == ".step" || extension == ".stp";
    scan.format = step ? "STEP" : "BREP";
    if (step) scan.unit = mesh::Unit::kMillimeter;  // the kernel's reader converts
    return scan;
  }
  auto file = cloud::read_scan(path);
  scan.mesh = std::move(file.mesh);
  scan.cloud = std::move(file.cloud);
  scan.unit = file.unit;
  scan.format = std::move(file.format);
  scan.warnings = std::move(file.warnings);
  return scan;
}

}  // namespace cadrecode::reconstruct
