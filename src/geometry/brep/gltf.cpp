// glTF 2.0 (Khronos, ISO/IEC 12113): one mesh, one node that turns program space
// (z up, program units) into glTF's (y up, metres).
#include <fmt/format.h>

#include <cstring>
#include <map>

#include "geometry/brep/export.h"
#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

double metres_per(const std::string& unit) {
  static const std::map<std::string, double> kMetres = {
      {"mm", 0.001}, {"cm", 0.01}, {"m", 1}, {"in", 0.0254}, {"inch", 0.0254}, {"ft", 0.3048}};
  auto it = kMetres.find(unit);
  if (it == kMetres.end()) fail_value("unknown unit '" + unit + "'; use mm, cm, m, in or ft");
  return it->second;
}

std::string quoted(const std::string& s) {
  std::string out = "\"";
  for (unsigned char c : s) {
    if (c == '"' || c == '\\') out += '\\';
    out += c < 32 ? ' ' : static_cast<char>(c);
  }
  return out + "\"";
}

// Area-weighted normals; faces do not share vertices, so their borders stay sharp.
std::vector<Vec3> vertex_normals(const mesh::TriangleMesh& mesh) {
  std::vector<Vec3> normals(mesh.vertices.size());
  for (const auto& t : mesh.triangles) {
    Vec3 a = mesh.vertices[t[0]];
    Vec3 n = cross(mesh.vertices[t[1]] - a, mesh.vertices[t[2]] - a);
    for (uint32_t v : t) normals[v] += n;
  }
  for (Vec3& n : normals) n = norm(n) > 0 ? normalized(n) : Vec3{0, 0, 1};
  return normals;
}

void put(std::string& out, Vec3 v) {
  float xyz[3] = {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
  out.append(reinterpret_cast<const char*>(xyz), sizeof xyz);
}

void put(std::string& out, uint32_t value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

struct Document {
  std::string binary;  // positions, normals, indices
  std::string json;    // with "@BUFFER@" where the buffer's uri goes
};

Document document(const Shape& shape, const ExportOptions& options) {
  mesh::TriangleMesh mesh = tessellate(shape, options.tessellation).mesh;
  if (mesh.empty()) fail_value("the shape has no faces, so there is nothing to mesh");
  Document doc;
  Box3 box;
  for (Vec3 v : mesh.vertices) put(doc.binary, v), box.add(v);
  for (Vec3 n : vertex_normals(mesh)) put(doc.binary, n);
  for (const auto& t : mesh.triangles) {
    for (uint32_t v : t) put(doc.binary, v);
  }
  size_t points = mesh.vertices.size(), corners = mesh.triangles.size() * 3;
  double s = metres_per(options.unit);
  auto f = [](double v) { return static_cast<float>(v); };
  doc.json = fmt::format(
      R"({{"asset":{{"version":"2.0","generator":"cadrecode"}},"scene":0,"scenes":[{{"nodes":[0]}}],)"
      R"("nodes":[{{"name":{0},"mesh":0,"rotation":[-0.70710678,0,0,0.70710678],)"
      R"("scale":[{1},{1},{1}]}}],"meshes":[{{"name":{0},"primitives":[{{"attributes":)"
      R"({{"POSITION":0,"NORMAL":1}},"indices":2,"material":0}}]}}],"materials":[{{)"
      R"("pbrMetallicRoughness":{{"baseColorFactor":[0.7,0.72,0.75,1],"metallicFactor":0.1,)"
      R"("roughnessFactor":0.6}}}}],"accessors":[{{"bufferView":0,"componentType":5126,"count":{2},)"
      R"("type":"VEC3","min":[{3},{4},{5}],"max":[{6},{7},{8}]}},{{"bufferView":1,)"
      R"("componentType":5126,"count":{2},"type":"VEC3"}},{{"bufferView":2,"componentType":5125,)"
      R"("count":{9},"type":"SCALAR"}}],"bufferViews":[{{"buffer":0,"byteOffset":0,"byteLength":{10},)"
      R"("target":34962}},{{"buffer":0,"byteOffset":{10},"byteLength":{10},"target":34962}},)"
      R"({{"buffer":0,"byteOffset":{11},"byteLength":{12},"target":34963}}],)"
      R"("buffers":[{{@BUFFER@"byteLength":{13}}}]}})",
      quoted(options.name), s, points, f(box.lo.x), f(box.lo.y), f(box.lo.z), f(box.hi.x),
      f(box.hi.y), f(box.hi.z), corners, points * 12, points * 24, corners * 4, doc.binary.size());
  return doc;
}

void replace_buffer(std::string& json, const std::string& with) {
  json.replace(json.rfind("@BUFFER@"), std::strlen("@BUFFER@"), with);
}

std::string base64(const std::string& bytes) {
  static const char* const kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    size_t left = std::min<size_t>(3, bytes.size() - i);
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < left ? static_cast<unsigned char>(bytes[i + k]) : 0);
    }
    for (size_t k = 0; k < 4; ++k) {
      out += k <= left ? kDigits[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return out;
}

}  // namespace

std::string glb_bytes(const Shape& shape, const ExportOptions& options) {
  Document doc = document(shape, options);
  replace_buffer(doc.json, "");
  doc.json.append((4 - doc.json.size() % 4) % 4, ' ');
  doc.binary.append((4 - doc.binary.size() % 4) % 4, '\0');
  std::string out = "glTF";
  put(out, uint32_t{2});
  put(out, static_cast<uint32_t>(12 + 8 + doc.json.size() + 8 + doc.binary.size()));
  put(out, static_cast<uint32_t>(doc.json.size()));
  out += "JSON" + doc.json;
  put(out, static_cast<uint32_t>(doc.binary.size()));
  out.append("BIN\0", 4);
  return out + doc.binary;
}

std::string gltf_text(const Shape& shape, const ExportOptions& options) {
  Document doc = document(shape, options);
  replace_buffer(doc.json,
                 "\"uri\":\"data:application/octet-stream;base64," + base64(doc.binary) + "\",");
  return doc.json + "\n";
}

}  // namespace cadrecode::brep
