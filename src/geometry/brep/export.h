// Writing shapes to files.
//
// Every writer first makes the whole text or byte string, then replaces the file in
// one step, so a failed export leaves no half file. The same shape gives the same
// bytes: no dates, no machine names. Failures to write are kInput, naming the path.
#pragma once

#include <string>
#include <vector>

#include "geometry/brep/shape.h"
#include "geometry/brep/tessellate.h"

namespace cadrecode::brep {

enum class Format { kStep, kStl, kStlAscii, kBrep, kGlb, kGltf, k3mf, kSvg, kNpz };

// By extension (.step .stp .stl .brep .glb .gltf .3mf .svg .npz, any case; .npz are
// the UV grids of uv_grid.h); kUnsupported
// with the list of known ones otherwise.
Format format_of(const std::string& path);

struct ExportOptions {
  std::string name = "part";       // product name in STEP, node name in glTF, object name in 3MF
  TessellateOptions tessellation;  // STL, glTF, 3MF
  std::string unit = "mm";         // mm, cm, m, in, ft: what one program unit is
};

// The file's content in memory.
std::string to_bytes(const Shape& shape, Format format, const ExportOptions& options = {});
// to_bytes by the path's extension, then an atomic write.
void export_file(const Shape& shape, const std::string& path, const ExportOptions& options = {});

std::string step_text(const Shape& shape, const ExportOptions& options = {});
std::string brep_text(const Shape& shape);
std::string stl_bytes(const Shape& shape, bool ascii, const ExportOptions& options = {});
std::string glb_bytes(const Shape& shape, const ExportOptions& options = {});
std::string gltf_text(const Shape& shape, const ExportOptions& options = {});
std::string threemf_bytes(const Shape& shape, const ExportOptions& options = {});

}  // namespace cadrecode::brep
