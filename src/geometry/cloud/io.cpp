#include "geometry/cloud/io.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstring>
#include <iterator>

#include "base/error.h"
#include "base/files.h"
#include "geometry/cloud/formats.h"
#include "geometry/mesh/formats.h"
#include "geometry/mesh/ply_table.h"
#include "geometry/mesh/text.h"

namespace cadrecode::cloud {
namespace {

bool looks_like_numbers(std::string_view bytes) {
  mesh::TextCursor text(bytes.substr(0, 4096), "");
  std::string_view line;
  while (text.next_line(line)) {
    line = mesh::trim(line);
    if (line.empty() || line[0] == '#' || line[0] == '/') continue;
    const size_t end = line.find_first_of(" \t,;");
    return mesh::parse_number(line.substr(0, end)).has_value();
  }
  return false;
}

std::optional<Format> cloud_format(std::string_view bytes, const std::string& name) {
  const std::string extension = lower_extension(name);
  if (bytes.starts_with("\x93NUMPY")) return Format::kNpy;
  if (bytes.starts_with("ply\n") || bytes.starts_with("ply\r")) return Format::kPly;
  if (bytes.starts_with("# .PCD") || extension == ".pcd") return Format::kPcd;
  if (extension == ".npy") return Format::kNpy;
  if (extension == ".ply") return Format::kPly;
  for (const char* text : {".xyz", ".txt", ".csv", ".pts", ".asc", ".xyzn", ".xyzrgb", ".dat"}) {
    if (extension == text) return Format::kXyz;
  }
  if (looks_like_numbers(bytes)) return Format::kXyz;
  return std::nullopt;
}

bool usable(Vec3 p) { return mesh::usable(p.x) && mesh::usable(p.y) && mesh::usable(p.z); }

// Unusable points go; normals become unit vectors, or go if too many cannot.
void clean(CloudFile& file) {
  PointCloud& cloud = file.cloud;
  const bool with_normals = !cloud.normals.empty();
  size_t kept = 0, bad_normals = 0;
  for (size_t i = 0; i < cloud.points.size(); ++i) {
    if (!usable(cloud.points[i])) continue;
    cloud.points[kept] = cloud.points[i];
    if (with_normals) {
      const Vec3 n = cloud.normals[i];
      const double length = usable(n) ? norm(n) : 0;
      bad_normals += !(length > 1e-6);
      cloud.normals[kept] = length > 1e-6 ? n / length : Vec3{0, 0, 1};
    }
    ++kept;
  }
  if (const size_t dropped = cloud.points.size() - kept; dropped > 0) {
    file.warnings.push_back(std::to_string(dropped) +
                            " points with a NaN, infinite or absurd coordinate dropped");
  }
  cloud.points.resize(kept);
  cloud.normals.resize(with_normals ? kept : 0);
  if (bad_normals == 0) return;
  file.warnings.push_back(std::to_string(bad_normals) +
                          " normals have no length; all normals are ignored");
  cloud.normals.clear();
}

ScanFile as_scan(CloudFile&& cloud) {
  ScanFile scan;
  scan.cloud = std::move(cloud.cloud);
  scan.unit = cloud.unit;
  scan.format = to_string(cloud.format);
  scan.warnings = std::move(cloud.warnings);
  return scan;
}

ScanFile as_scan(mesh::MeshFile&& mesh) {
  ScanFile scan;
  scan.is_mesh = true;
  scan.mesh = std::move(mesh.mesh);
  scan.unit = mesh.unit;
  scan.format = mesh::to_string(mesh.format);
  scan.warnings = std::move(mesh.warnings);
  return scan;
}

// Vertices of an OBJ or OFF without faces.
std::optional<ScanFile> faceless(std::string_view bytes, const std::string& name,
                                 mesh::Format format, const mesh::ReadOptions& options) {
  mesh::MeshFile raw;
  raw.format = format;
  if (format == mesh::Format::kObj) {
    if (bytes.starts_with("f ") || bytes.find("\nf ") != bytes.npos) return std::nullopt;
    mesh::read_obj(bytes, name, options, raw);
  } else if (format == mesh::Format::kOff) {
    mesh::read_off(bytes, name, options, raw);
  }
  if (!raw.mesh.triangles.empty() || raw.mesh.vertices.empty()) return std::nullopt;
  CloudFile file;
  file.cloud.points = std::move(raw.mesh.vertices);
  file.unit = raw.unit;
  clean(file);
  ScanFile scan = as_scan(std::move(file));
  scan.format = mesh::to_string(format);
  return scan;
}

template <typename T>
void put(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

}  // namespace

const char* to_string(Format format) {
  constexpr std::array<const char*, 4> kNames = {"NPY", "XYZ", "PLY", "PCD"};
  return kNames[static_cast<size_t>(format)];
}

CloudFile read_cloud_bytes(std::string_view bytes, const std::string& name) {
  if (bytes.empty()) throw Error(ErrorKind::kInput, "the file is empty", {name});
  const auto format = cloud_format(bytes, name);
  if (!format) {
    throw Error(ErrorKind::kUnsupported,
                "not a point cloud format this program reads (NPY, XYZ/TXT/CSV/PTS/ASC, PLY, PCD)",
                {name});
  }
  CloudFile file;
  file.format = *format;
  switch (*format) {
    case Format::kNpy:
      read_npy(bytes, name, file);
      break;
    case Format::kXyz:
      read_xyz(bytes, name, file);
      break;
    case Format::kPly:
      read_ply(bytes, name, file);
      break;
    case Format::kPcd:
      read_pcd(bytes, name, file);
      break;
  }
  clean(file);
  if (file.unit == mesh::Unit::kUnknown) file.unit = mesh::unit_hint(stem(name));
  if (file.cloud.points.empty()) {
    throw Error(ErrorKind::kInput, std::string(to_string(*format)) + " has no usable point",
                {name});
  }
  return file;
}

CloudFile read_cloud(const std::string& path) { return read_cloud_bytes(read_file(path), path); }

ScanFile read_scan_bytes(std::string_view bytes, const std::string& name,
                         const mesh::ReadOptions& options) {
  if (bytes.empty()) throw Error(ErrorKind::kInput, "the file is empty", {name});
  const auto cloud = cloud_format(bytes, name);
  if (cloud == Format::kPly) {
    if (mesh::parse_ply_header(bytes, name).has_faces()) {
      return as_scan(mesh::read_mesh_bytes(bytes, name, options));
    }
    return as_scan(read_cloud_bytes(bytes, name));
  }
  const bool is_mesh_name = [&] {
    const std::string extension = lower_extension(name);
    return extension == ".stl" || extension == ".obj" || extension == ".off" || extension == ".3mf";
  }();
  if (cloud && !is_mesh_name) return as_scan(read_cloud_bytes(bytes, name));
  mesh::Format format;
  try {
    format = mesh::detect_format(bytes, name);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kUnsupported) throw;
    throw Error(
        ErrorKind::kUnsupported,
        "not a mesh or point cloud format this program reads (STL, PLY, OBJ, 3MF, OFF; NPY, "
        "XYZ/TXT/CSV/PTS/ASC, PCD)",
        {name});
  }
  if (auto scan = faceless(bytes, name, format, options)) return std::move(*scan);
  return as_scan(mesh::read_mesh_bytes(bytes, name, options));
}

ScanFile read_scan(const std::string& path, const mesh::ReadOptions& options) {
  return read_scan_bytes(read_file(path), path, options);
}

std::string npy_bytes(const PointCloud& cloud, bool float64) {
  const bool normals = !cloud.normals.empty();
  std::string dict = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}, {}), }}",
                                 float64 ? "<f8" : "<f4", cloud.points.size(), normals ? 6 : 3);
  dict.append(63 - (10 + dict.size()) % 64, ' ');
  dict += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  put(out, static_cast<uint16_t>(dict.size()));
  out += dict;
  const auto put_vec = [&](Vec3 v) {
    for (int axis = 0; axis < 3; ++axis) {
      if (float64)
        put(out, v[axis]);
      else
        put(out, static_cast<float>(v[axis]));
    }
  };
  for (size_t i = 0; i < cloud.points.size(); ++i) {
    put_vec(cloud.points[i]);
    if (normals) put_vec(cloud.normals[i]);
  }
  return out;
}

std::string xyz_text(const PointCloud& cloud) {
  std::string out;
  const auto to = std::back_inserter(out);
  for (size_t i = 0; i < cloud.points.size(); ++i) {
    const Vec3 p = cloud.points[i];
    fmt::format_to(to, "{} {} {}", p.x, p.y, p.z);
    if (!cloud.normals.empty()) {
      const Vec3 n = cloud.normals[i];
      fmt::format_to(to, " {} {} {}", n.x, n.y, n.z);
    }
    out += '\n';
  }
  return out;
}

std::string ply_bytes(const PointCloud& cloud) {
  const bool normals = !cloud.normals.empty();
  std::string out =
      fmt::format("ply\nformat binary_little_endian 1.0\nelement vertex {}\n", cloud.points.size());
  for (const char* p : {"x", "y", "z"}) out += fmt::format("property double {}\n", p);
  for (const char* p : {"nx", "ny", "nz"}) {
    if (normals) out += fmt::format("property double {}\n", p);
  }
  out += "end_header\n";
  const auto put_vec = [&](Vec3 v) { put(out, v.x), put(out, v.y), put(out, v.z); };
  for (size_t i = 0; i < cloud.points.size(); ++i) {
    put_vec(cloud.points[i]);
    if (normals) put_vec(cloud.normals[i]);
  }
  return out;
}

void write_npy(const PointCloud& cloud, const std::string& path, bool float64) {
  write_file(path, npy_bytes(cloud, float64));
}
void write_xyz(const PointCloud& cloud, const std::string& path) {
  write_file(path, xyz_text(cloud));
}
void write_ply(const PointCloud& cloud, const std::string& path) {
  write_file(path, ply_bytes(cloud));
}

}  // namespace cadrecode::cloud
