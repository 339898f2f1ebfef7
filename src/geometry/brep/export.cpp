#include "geometry/brep/export.h"

#include <BRepTools.hxx>
#include <TopTools_FormatVersion.hxx>
#include <sstream>

#include "base/files.h"
#include "geometry/brep/drawing.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/uv_grid.h"
#include "geometry/mesh/io.h"

namespace cadrecode::brep {

Format format_of(const std::string& path) {
  std::string ending = lower_extension(path);
  if (ending == ".step" || ending == ".stp") return Format::kStep;
  if (ending == ".stl") return Format::kStl;
  if (ending == ".brep" || ending == ".brp") return Format::kBrep;
  if (ending == ".glb") return Format::kGlb;
  if (ending == ".gltf") return Format::kGltf;
  if (ending == ".3mf") return Format::k3mf;
  if (ending == ".svg") return Format::kSvg;
  if (ending == ".npz") return Format::kNpz;
  throw Error(ErrorKind::kUnsupported,
              "cannot export to '" + path +
                  "': the ending must be one of .step .stl .brep .glb .gltf .3mf .svg .npz");
}

std::string brep_text(const Shape& shape) {
  return guarded("write a BREP", [&] {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    // Without triangles: a file that depends on the geometry only.
    BRepTools::Write(occ(shape), out, false, false, TopTools_FormatVersion_VERSION_1);
    return out.str();
  });
}

std::string stl_bytes(const Shape& shape, bool ascii, const ExportOptions& options) {
  mesh::TriangleMesh triangles = tessellate(shape, options.tessellation).mesh;
  if (triangles.empty()) fail_value("the shape has no faces, so there is nothing to mesh");
  return ascii ? mesh::stl_text(triangles) : mesh::stl_bytes(triangles);
}

std::string to_bytes(const Shape& shape, Format format, const ExportOptions& options) {
  switch (format) {
    case Format::kStep:
      return step_text(shape, options);
    case Format::kStl:
      return stl_bytes(shape, false, options);
    case Format::kStlAscii:
      return stl_bytes(shape, true, options);
    case Format::kBrep:
      return brep_text(shape);
    case Format::kGlb:
      return glb_bytes(shape, options);
    case Format::kGltf:
      return gltf_text(shape, options);
    case Format::k3mf:
      return threemf_bytes(shape, options);
    case Format::kSvg:
      return drawing_sheet(shape, options.name);
    case Format::kNpz:
      return mesh::npz_bytes(uv_grids(shape));
  }
  throw Error(ErrorKind::kInternal, "unknown export format");
}

void export_file(const Shape& shape, const std::string& path, const ExportOptions& options) {
  write_file(path, to_bytes(shape, format_of(path), options));
}

}  // namespace cadrecode::brep
