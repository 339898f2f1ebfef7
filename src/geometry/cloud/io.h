// Point cloud files in and out: NPY, XYZ and its kin, PLY, PCD.
//
// The same guarantees as mesh/io.h: a cloud or an Error(kInput) with its place,
// never a crash, no allocation beyond a small multiple of the file.
//   NPY   float32 or float64, little or big endian, C or Fortran order,
//         N x 3, or N x 6 with normals
//   XYZ   also TXT, CSV, PTS, ASC: numbers separated by blanks, tabs, commas
//         or semicolons; comment lines (#, //, ;, %), one header line and a
//         leading count (PTS) are passed over. Columns beyond x y z are taken
//         by the header's names where it has them; else three columns that are
//         unit vectors on nearly every row are normals, the rest (intensity,
//         colour) is passed over.
//   PLY   as mesh/io.h; x y z and, if there, nx ny nz
//   PCD   ascii, binary, binary_compressed; x y z, normal_x normal_y normal_z
// Not LAS or LAZ: Debian 12 has no library for them (a tool's export to PLY does).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/cloud/cloud.h"
#include "geometry/mesh/io.h"

namespace cadrecode::cloud {

enum class Format { kNpy, kXyz, kPly, kPcd };
const char* to_string(Format format);

struct CloudFile {
  PointCloud cloud;
  mesh::Unit unit = mesh::Unit::kUnknown;
  Format format = Format::kXyz;
  std::vector<std::string> warnings;
};

// Points with a NaN, infinite or absurd (beyond 1e30) coordinate are dropped
// with a warning. Errors: kInput for a file that is missing, damaged or has no
// point; kUnsupported for a format not listed above.
CloudFile read_cloud(const std::string& path);
CloudFile read_cloud_bytes(std::string_view bytes, const std::string& name);

// Whatever a scan is: a mesh if the file has triangles (mesh/io.h), else a
// cloud. A PLY or OBJ without faces is a cloud.
struct ScanFile {
  bool is_mesh = false;
  mesh::TriangleMesh mesh;  // when is_mesh
  PointCloud cloud;         // otherwise
  mesh::Unit unit = mesh::Unit::kUnknown;
  std::string format;  // "STL (binary)", "NPY", …
  std::vector<std::string> warnings;
};
ScanFile read_scan(const std::string& path, const mesh::ReadOptions& options = {});
ScanFile read_scan_bytes(std::string_view bytes, const std::string& name,
                         const mesh::ReadOptions& options = {});

// Atomic; NPY is float32 (as the field's caches are) or float64, N x 3 or,
// with normals, N x 6; XYZ prints shortest exact doubles; PLY is binary double.
void write_npy(const PointCloud& cloud, const std::string& path, bool float64 = false);
void write_xyz(const PointCloud& cloud, const std::string& path);
void write_ply(const PointCloud& cloud, const std::string& path);

std::string npy_bytes(const PointCloud& cloud, bool float64 = false);
std::string xyz_text(const PointCloud& cloud);
std::string ply_bytes(const PointCloud& cloud);

}  // namespace cadrecode::cloud
