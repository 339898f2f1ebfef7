// Mesh files in and out: STL, PLY, OBJ, 3MF, OFF.
//
// Guarantees for any input, however damaged: a mesh or an Error(kInput) whose
// place names the file (and the line of a text format; the message names the
// byte of a binary one). Never a crash, and never an allocation larger than a
// small multiple of the file: counts in headers are checked against the bytes
// that are there before anything is reserved.
//
// Coordinates keep the file's own unit and frame. Formats are recognised by
// content first, then by the name's extension.
//   STL   text or binary, told apart by size and content, never by "solid" alone
//   PLY   ascii, binary little and big endian, any property layout; faces as
//         lists or triangle strips; polygons are cut into triangles
//   OBJ   v and f (polygons, negative indices); all else is passed over
//   3MF   every build item with its transforms and components; unit attribute
//   OFF   OFF, COFF, NOFF, … with comments; polygons are cut into triangles
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geometry/mesh/mesh.h"
#include "geometry/mesh/unit.h"

namespace cadrecode::mesh {

enum class Format { kStlText, kStlBinary, kPly, kObj, k3mf, kOff };
const char* to_string(Format format);  // "STL (text)", "STL (binary)", "PLY", …

struct ReadOptions {
  // Corners at exactly equal positions become one vertex and triangles that
  // lose a corner by it are dropped: what STL needs to have any topology.
  bool weld = true;
  // More vertices or triangles than this are refused (kLimit).
  size_t max_elements = 200'000'000;
};

struct MeshFile {
  TriangleMesh mesh;
  Unit unit = Unit::kUnknown;
  Format format = Format::kStlBinary;
  std::vector<std::string> warnings;  // what was dropped or guessed, in words
};

// Errors: kInput for a file that is missing, damaged, or has no triangle;
// kUnsupported for a format not listed above. Triangles with a NaN, infinite
// or absurd (beyond 1e30) coordinate are dropped with a warning.
MeshFile read_mesh(const std::string& path, const ReadOptions& options = {});

// The same from memory; `name` stands in messages and gives the extension.
MeshFile read_mesh_bytes(std::string_view bytes, const std::string& name,
                         const ReadOptions& options = {});

// Writers replace the file atomically; kInput when it cannot be written.
// Binary STL has float coordinates; the others print doubles so that reading
// gives the same number back (PLY: binary little-endian doubles).
void write_stl(const TriangleMesh& mesh, const std::string& path);
void write_stl_text(const TriangleMesh& mesh, const std::string& path);
void write_ply(const TriangleMesh& mesh, const std::string& path);
void write_obj(const TriangleMesh& mesh, const std::string& path);

// What those write, as bytes.
std::string stl_bytes(const TriangleMesh& mesh);
std::string stl_text(const TriangleMesh& mesh);
std::string ply_bytes(const TriangleMesh& mesh);
std::string obj_text(const TriangleMesh& mesh);

}  // namespace cadrecode::mesh
