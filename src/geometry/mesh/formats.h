// The readers behind io.h, one function a format, and what they share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geometry/mesh/io.h"

namespace cadrecode::mesh {

// Fills `file.mesh` as the file has it: no welding, indices in range, polygons
// cut into triangles; unit and warnings where the format has any.
void read_stl(std::string_view bytes, const std::string& name, const ReadOptions&, MeshFile& file);
void read_ply(std::string_view bytes, const std::string& name, const ReadOptions&, MeshFile& file);
void read_obj(std::string_view bytes, const std::string& name, const ReadOptions&, MeshFile& file);
void read_off(std::string_view bytes, const std::string& name, const ReadOptions&, MeshFile& file);
void read_3mf(std::string_view bytes, const std::string& name, const ReadOptions&, MeshFile& file);

// Which reader a file belongs to. Errors: kInput for an empty file,
// kUnsupported for anything else that is none of ours.
Format detect_format(std::string_view bytes, const std::string& name);

// Appends polygon `corners` (indices into mesh.vertices) as triangles: a fan
// when convex, else ears (Meisters 1975) in its mean plane.
void add_polygon(TriangleMesh& mesh, const std::vector<uint32_t>& corners);

// Refuses a count that cannot be (kInput: more than the bytes allow) or may
// not be (kLimit).
void check_count(uint64_t count, uint64_t bytes_left, uint64_t bytes_each, const char* what,
                 const std::string& name, const ReadOptions& options);

}  // namespace cadrecode::mesh
