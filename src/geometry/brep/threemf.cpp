// 3MF (3MF Consortium, core specification 1.3): a zip of one model with one object
// per solid, welded so that a closed solid is a closed mesh.
#include <fmt/format.h>
#include <zlib.h>

#include <map>

#include "geometry/brep/export.h"
#include "geometry/brep/occ.h"

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

std::string escaped(const std::string& s) {
  std::string out;
  for (unsigned char c : s) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c < 32 ? ' ' : static_cast<char>(c);
    }
  }
  return out;
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

void put(std::string& out, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 255);
}

std::string deflated(const std::string& bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw Error(ErrorKind::kLimit, "no memory to compress the 3MF file");
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// PKWARE APPNOTE 6.3: local headers with their data, then the directory. The time
// stamp is DOS time zero (1980-01-01), so that the same part gives the same bytes.
class Zip {
 public:
  void add(const std::string& name, const std::string& bytes) {
    std::string packed = deflated(bytes), common;
    put(common, 20, 2);  // version needed
    put(common, 0, 2);
    put(common, 8, 2);  // deflate
    put(common, 0, 2);
    put(common, 33, 2);
    put(common,
        crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())), 4);
    put(common, packed.size(), 4);
    put(common, bytes.size(), 4);
    put(common, name.size(), 2);
    put(common, 0, 2);  // no extra field
    directory_ += std::string("PK\x01\x02", 4);
    put(directory_, 20, 2);
    directory_ += common;
    directory_.append(10, '\0');  // no comment, disk 0, no attributes
    put(directory_, data_.size(), 4);
    directory_ += name;
    data_ += std::string("PK\x03\x04", 4) + common + name + packed;
    ++count_;
  }

  std::string finish() const {
    std::string out = data_ + directory_ + std::string("PK\x05\x06", 4);
    put(out, 0, 4);
    put(out, count_, 2);
    put(out, count_, 2);
    put(out, directory_.size(), 4);
    put(out, data_.size(), 4);
    put(out, 0, 2);
    return out;
  }

 private:
  std::string data_, directory_;
  uint64_t count_ = 0;
};

}  // namespace

std::string threemf_bytes(const Shape& shape, const ExportOptions& options) {
  std::string model = model_xml(shape, options);
  if (model.size() > 0xFFFFFFF0u) {
    throw Error(ErrorKind::kLimit, "the mesh is too large for a 3MF file; use a coarser tolerance");
  }
  Zip zip;
  zip.add("[Content_Types].xml", kContentTypes);
  zip.add("_rels/.rels", kRelations);
  zip.add("3D/3dmodel.model", model);
  return zip.finish();
}

}  // namespace cadrecode::brep
