// Choosing the reader, and what every file goes through after it.
#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "geometry/mesh/formats.h"
#include "geometry/mesh/repair.h"
#include "geometry/mesh/text.h"

namespace cadrecode::mesh {
namespace {

bool is_binary_stl_size(std::string_view bytes) {
  return bytes.size() >= 84 &&
         bytes.size() == 84 + uint64_t{50} * load<uint32_t>(bytes.data() + 80, false);
}

bool has_zero_byte(std::string_view bytes) {
  return bytes.substr(0, 4096).find('\0') != std::string_view::npos;
}

// Triangles with an unusable coordinate go.
void drop_unusable(MeshFile& file) {
  TriangleMesh& mesh = file.mesh;
  std::vector<bool> bad(mesh.vertices.size());
  bool any = false;
  for (size_t v = 0; v < mesh.vertices.size(); ++v) {
    const Vec3 p = mesh.vertices[v];
    bad[v] = !(usable(p.x) && usable(p.y) && usable(p.z));
    any = any || bad[v];
  }
  if (!any) return;
  for (size_t v = 0; v < bad.size(); ++v) {
    if (bad[v]) mesh.vertices[v] = {};
  }
  const size_t dropped = std::erase_if(
      mesh.triangles, [&](const auto& t) { return bad[t[0]] || bad[t[1]] || bad[t[2]]; });
  if (dropped > 0) {
    file.warnings.push_back(std::to_string(dropped) +
                            " triangles with a NaN, infinite or absurd coordinate dropped");
  }
}

void run_reader(std::string_view bytes, const std::string& name, const ReadOptions& options,
                MeshFile& file) {
  switch (file.format) {
    case Format::kStlText:
    case Format::kStlBinary:
      return read_stl(bytes, name, options, file);
    case Format::kPly:
      return read_ply(bytes, name, options, file);
    case Format::kObj:
      return read_obj(bytes, name, options, file);
    case Format::kOff:
      return read_off(bytes, name, options, file);
    case Format::k3mf:
      return read_3mf(bytes, name, options, file);
  }
}

}  // namespace

const char* to_string(Format format) {
  constexpr std::array<const char*, 6> kNames = {"STL (text)", "STL (binary)", "PLY",
                                                 "OBJ",        "3MF",          "OFF"};
  return kNames[static_cast<size_t>(format)];
}

void check_count(uint64_t count, uint64_t bytes_left, uint64_t bytes_each, const char* what,
                 const std::string& name, const ReadOptions& options) {
  if (bytes_each > 0 && count > bytes_left / bytes_each) {
    throw Error(ErrorKind::kInput,
                "the file says it has " + std::to_string(count) + " " + what + ", but only " +
                    std::to_string(bytes_left) + " bytes follow: it is damaged or cut off",
                {name});
  }
  if (count > options.max_elements) {
    throw Error(ErrorKind::kLimit,
                std::to_string(count) + " " + what + " are more than the limit of " +
                    std::to_string(options.max_elements),
                {name});
  }
}

Format detect_format(std::string_view bytes, const std::string& name) {
  if (bytes.empty()) throw Error(ErrorKind::kInput, "the file is empty", {name});
  const std::string extension = lower_extension(name);
  if (bytes.starts_with("PK\x03\x04")) return Format::k3mf;
  if (bytes.starts_with("ply\n") || bytes.starts_with("ply\r")) return Format::kPly;
  if (is_binary_stl_size(bytes)) return Format::kStlBinary;
  std::string_view start = bytes.substr(0, 4096);
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  start = trim(start);
  if (starts_with_word(start, "solid") && !has_zero_byte(bytes)) {
    return Format::kStlText;
  }
  if (extension == ".stl") {
    return has_zero_byte(bytes) || !starts_with_word(start, "facet") ? Format::kStlBinary
                                                                     : Format::kStlText;
  }
  if (extension == ".off") return Format::kOff;
  if (extension == ".obj") return Format::kObj;
  if (extension == ".ply") return Format::kPly;
  if (extension == ".3mf") return Format::k3mf;
  const std::string_view word = next_word(start);
  if (word.size() >= 3 && word.size() <= 8 && word.ends_with("OFF")) return Format::kOff;
  throw Error(ErrorKind::kUnsupported,
              "not a mesh format this program reads (STL, PLY, OBJ, 3MF, OFF)", {name});
}

MeshFile read_mesh_bytes(std::string_view bytes, const std::string& name,
                         const ReadOptions& options) {
  MeshFile file;
  file.format = detect_format(bytes, name);
  run_reader(bytes, name, options, file);
  drop_unusable(file);
  if (file.unit == Unit::kUnknown) file.unit = unit_hint(stem(name));
  if (options.weld) {
    const WeldReport report = weld(file.mesh);
    if (report.triangles_dropped > 0) {
      file.warnings.push_back(std::to_string(report.triangles_dropped) +
                              " triangles with two equal corners dropped");
    }
  }
  if (file.mesh.triangles.empty()) {
    throw Error(ErrorKind::kInput, std::string(to_string(file.format)) + " has no usable triangle",
                {name});
  }
  return file;
}

MeshFile read_mesh(const std::string& path, const ReadOptions& options) {
  return read_mesh_bytes(read_file(path), path, options);
}

}  // namespace cadrecode::mesh
