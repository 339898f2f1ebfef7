// 3MF (3MF Consortium, core specification 1.3): a zip of one model with one object
// per solid, welded so that a closed solid is a closed mesh.
#include <fmt/format.h>

#include <map>

#include "base/markup.h"
#include "geometry/brep/export.h"
#include "geometry/brep/occ.h"
#include "geometry/mesh/zip.h"

namespace cadrecode::brep {
namespace {

constexpr const char* kContentTypes =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>
)";
constexpr const char* kRelations =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Target="/3D/3dmodel.model" Id="rel0" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>
)";

std::string unit_word(const std::string& unit) {
  static const std::map<std::string, std::string> kWords = {
      {"mm", "millimeter"}, {"cm", "centimeter"}, {"m", "meter"},
      {"in", "inch"},       {"inch", "inch"},     {"ft", "foot"}};
  auto it = kWords.find(unit);
  if (it == kWords.end()) fail_value("unknown unit '" + unit + "'; use mm, cm, m, in or ft");
  return it->second;
}

// XML 1.0 has no control characters, escaped or not.
std::string escaped(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 32) c = ' ';
  }
  return escape_markup(text);
}

void add_object(std::string& xml, size_t id, const std::string& name,
                const mesh::TriangleMesh& mesh) {
  auto to = std::back_inserter(xml);
  fmt::format_to(to, "<object id=\"{}\" name=\"{}\" type=\"model\"><mesh><vertices>\n", id,
                 escaped(name));
  for (Vec3 v : mesh.vertices) {
    fmt::format_to(to, "<vertex x=\"{}\" y=\"{}\" z=\"{}\"/>\n", v.x, v.y, v.z);
  }
  xml += "</vertices><triangles>\n";
  for (const auto& t : mesh.triangles) {
    fmt::format_to(to, "<triangle v1=\"{}\" v2=\"{}\" v3=\"{}\"/>\n", t[0], t[1], t[2]);
  }
  xml += "</triangles></mesh></object>\n";
}

std::string model_xml(const Shape& shape, const ExportOptions& options) {
  std::vector<Shape> bodies = shape.solids();
  if (bodies.empty()) bodies = {shape};
  std::string xml = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<model unit=\"{}\" xml:lang=\"en-US\" "
      "xmlns=\"http://schemas.microsoft.com/3dmanufacturing/core/2015/02\">"
      "<metadata name=\"Application\">cadrecode</metadata><resources>\n",
      unit_word(options.unit));
  std::string build;
  for (size_t i = 0; i < bodies.size(); ++i) {
    mesh::TriangleMesh mesh = welded_mesh(bodies[i], options.tessellation);
    if (mesh.empty()) continue;
    std::string name =
        bodies.size() == 1 ? options.name : fmt::format("{} {}", options.name, i + 1);
    add_object(xml, i + 1, name, mesh);
    build += fmt::format("<item objectid=\"{}\"/>", i + 1);
  }
  if (build.empty()) fail_value("the shape has no faces, so there is nothing to mesh");
  return xml + "</resources><build>" + build + "</build></model>\n";
}

}  // namespace

std::string threemf_bytes(const Shape& shape, const ExportOptions& options) {
  std::string model = model_xml(shape, options);
  if (model.size() > 0xFFFFFFF0u) {
    throw Error(ErrorKind::kLimit, "the mesh is too large for a 3MF file; use a coarser tolerance");
  }
  mesh::ZipWriter zip;
  zip.add("[Content_Types].xml", kContentTypes);
  zip.add("_rels/.rels", kRelations);
  zip.add("3D/3dmodel.model", model);
  return zip.finish();
}

}  // namespace cadrecode::brep
