#include "geometry/mesh/io.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/repair.h"
#include "unit/mesh/damage.h"
#include "unit/mesh/shapes.h"
#include "unit/mesh/zip_writer.h"

namespace cadrecode::mesh {
namespace {

const auto kRead = [](std::string_view bytes, const std::string& name) {
  read_mesh_bytes(bytes, name, {.max_elements = 1000000});
};

TriangleMesh box() { return shapes::box({1, 2, 3}, {2, 4, 6.5}); }

void expect_box(const MeshFile& file) {
  EXPECT_EQ(file.mesh.vertices.size(), 8u);
  EXPECT_EQ(file.mesh.triangles.size(), 12u);
  EXPECT_NEAR(volume(file.mesh), 7, 1e-12);
  EXPECT_TRUE(closedness(file.mesh).manifold());
}

// Runs f and returns its error's message, "" without one.
template <typename F>
std::string message_of(const F& f) {
  try {
    f();
  } catch (const Error& error) {
    return std::string(to_string(error.kind())) + ": " + error.what() + " @" +
           to_string(error.place());
  }
  return "";
}

std::string read_error(const std::string& bytes, const std::string& name) {
  return message_of([&] { read_mesh_bytes(bytes, name); });
}

TEST(MeshIo, EveryWriterReadsBack) {
  const std::string folder = testing::TempDir() + "cadrecode_mesh_io/";
  write_stl(box(), folder + "a.stl");
  write_stl_text(box(), folder + "b.stl");
  write_ply(box(), folder + "c.ply");
  write_obj(box(), folder + "d.obj");
  for (const char* name : {"a.stl", "b.stl", "c.ply", "d.obj"}) {
    SCOPED_TRACE(name);
    expect_box(read_mesh(folder + name));
  }
  EXPECT_EQ(read_mesh(folder + "a.stl").format, Format::kStlBinary);
  EXPECT_EQ(read_mesh(folder + "b.stl").format, Format::kStlText);
  std::filesystem::remove_all(folder);
}

TEST(MeshIo, PlyAndObjKeepDoubles) {
  TriangleMesh m = box();
  m.vertices[0] = {0.1, 1.0 / 3, -1e-17};
  for (const std::string& bytes : {ply_bytes(m), obj_text(m), stl_text(m)}) {
    bool found = false;
    for (const Vec3& p : read_mesh_bytes(bytes, "x.obj").mesh.vertices) found |= p == m.vertices[0];
    EXPECT_TRUE(found);
  }
}

TEST(MeshIo, MissingEmptyAndForeignFiles) {
  EXPECT_NE(message_of([] { read_mesh("/nonexistent/part.stl"); }).find("/nonexistent/part.stl"),
            std::string::npos);
  EXPECT_EQ(read_error("", "e.stl"), "input: the file is empty @e.stl");
  EXPECT_EQ(read_error("hello world\n", "e.txt").substr(0, 11), "unsupported");
}

TEST(Stl, BinaryThatCallsItselfSolid) {
  std::string bytes = stl_bytes(box());
  bytes.replace(0, 11, "solid part\n");
  EXPECT_EQ(read_mesh_bytes(bytes, "x.stl").format, Format::kStlBinary);
  bytes += "trailing";
  const MeshFile file = read_mesh_bytes(bytes, "x.stl");
  EXPECT_EQ(file.format, Format::kStlBinary);
  EXPECT_EQ(file.warnings.size(), 1u);
  expect_box(file);
}

TEST(Stl, CountLargerThanTheFile) {
  std::string bytes = stl_bytes(box()).substr(0, 100);
  bytes.replace(80, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_NE(read_error(bytes, "x.stl").find("4294967295 triangles"), std::string::npos);
}

TEST(Stl, EveryPrefix) {
  EXPECT_EQ(damage::prefixes_taken(stl_bytes(box()), "x.stl", kRead), 0u);
  // "endsolid" cut inside the name that follows it is still whole.
  const std::string text = stl_text(box());
  EXPECT_EQ(damage::prefixes_taken(text, "x.stl", kRead), sizeof(" cadrecode\n") - 1);
  damage::scramble(stl_bytes(box()), "x.stl", kRead);
  damage::scramble(text, "x.stl", kRead);
}

TEST(Stl, TextErrorsHaveTheirLine) {
  std::string text = stl_text(box());
  text.replace(text.find("vertex"), 8, "vertex x");
  EXPECT_NE(read_error(text, "x.stl").find("x.stl:4"), std::string::npos);
}

TEST(Stl, SeveralSolidsUpperCaseAndCarriageReturns) {
  std::string text = stl_text(box()) + stl_text(shapes::box({9, 9, 9}, {10, 10, 10}));
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  std::string crlf;
  for (char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const MeshFile file = read_mesh_bytes(crlf, "x.STL");
  EXPECT_EQ(components(file.mesh).count, 2u);
  EXPECT_NEAR(volume(file.mesh), 8, 1e-12);
}

TEST(Stl, UnusableCoordinatesAreDroppedWithAWarning) {
  TriangleMesh m = box();
  m.vertices[0].x = std::nan("");
  for (const std::string& bytes : {stl_bytes(m), stl_text(m), obj_text(m), ply_bytes(m)}) {
    const MeshFile file = read_mesh_bytes(bytes, "x.obj");
    EXPECT_LT(file.mesh.triangles.size(), 12u);
    ASSERT_FALSE(file.warnings.empty());
    EXPECT_NE(file.warnings[0].find("NaN"), std::string::npos);
    for (const Vec3& p : file.mesh.vertices) EXPECT_TRUE(std::isfinite(p.x));
  }
}

TEST(Stl, UnitHints) {
  EXPECT_EQ(read_mesh_bytes(stl_bytes(box()), "counter.unitsmm.STL").unit, Unit::kMillimeter);
  EXPECT_EQ(read_mesh_bytes(stl_bytes(box()), "dir_mm/part.stl").unit, Unit::kUnknown);
  std::string bytes = stl_bytes(box());
  bytes.replace(0, 20, "exported units=inch ");
  EXPECT_EQ(read_mesh_bytes(bytes, "x.stl").unit, Unit::kInch);
}

TEST(Unit, Hints) {
  EXPECT_EQ(unit_hint("unit_cube"), Unit::kUnknown);
  EXPECT_EQ(unit_hint("Rocker Arm_input_mm_decimated"), Unit::kMillimeter);
  EXPECT_EQ(unit_hint("UNITS: Meters"), Unit::kMeter);
  EXPECT_EQ(unit_hint("part_in_box"), Unit::kUnknown);
  EXPECT_EQ(millimeters(Unit::kInch), 25.4);
}

std::string ply_ascii_box() {
  std::string text =
      "ply\nformat ascii 1.0\ncomment units mm\nelement vertex 8\nproperty uchar red\n"
      "property double x\nproperty list uchar int extra\nproperty float y\nproperty float z\n"
      "element nothing 3\nelement face 6\nproperty list uchar int vertex_indices\n"
      "property float quality\nend_header\n";
  for (const Vec3& p : box().vertices) {
    text += "255 " + std::to_string(p.x) + " 2 7 8 " + std::to_string(p.y) + " " +
            std::to_string(p.z) + "\n";
  }
  return text +
         "4 0 2 3 1 0.5\n4 4 5 7 6 0.5\n4 0 1 5 4 0.5\n4 2 6 7 3 0.5\n4 0 4 6 2 0.5\n4 1 3 7 5 "
         ".5\n";
}

TEST(Ply, AsciiWithOddLayoutAndQuads) {
  const MeshFile file = read_mesh_bytes(ply_ascii_box(), "x.ply");
  expect_box(file);
  EXPECT_EQ(file.unit, Unit::kMillimeter);
  EXPECT_NE(read_error(ply_ascii_box().substr(0, 330), "x.ply").find("x.ply"), std::string::npos);
}

// The binary form of the same table, either way round.
std::string ply_binary_box(bool big) {
  std::string out = std::string("ply\r\nformat binary_") + (big ? "big" : "little") +
                    "_endian 1.0\r\nelement vertex 8\r\nproperty float x\r\nproperty double y\r\n"
                    "property short pad\r\nproperty float z\r\nelement face 12\r\n"
                    "property list int uint vertex_index\r\nend_header\r\n";
  const auto put = [&](auto value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    if (big) std::reverse(bytes, bytes + sizeof value);
    out.append(bytes, sizeof value);
  };
  for (const Vec3& p : box().vertices) {
    put(static_cast<float>(p.x)), put(p.y), put(short{7}), put(static_cast<float>(p.z));
  }
  for (const auto& t : box().triangles) {
    put(int32_t{3});
    for (uint32_t v : t) put(v);
  }
  return out;
}

TEST(Ply, BinaryBothWaysRound) {
  for (bool big : {false, true}) {
    expect_box(read_mesh_bytes(ply_binary_box(big), "x.ply"));
    EXPECT_EQ(damage::prefixes_taken(ply_binary_box(big), "x.ply", kRead), 0u);
    damage::scramble(ply_binary_box(big), "x.ply", kRead);
  }
  EXPECT_EQ(damage::prefixes_taken(ply_bytes(box()), "x.ply", kRead), 0u);
}

TEST(Ply, AsciiPrefixes) {
  // Only the last row's last number can be shorter than it was ("5 .5").
  EXPECT_LE(damage::prefixes_taken(ply_ascii_box(), "x.ply", kRead), 2u);
  damage::scramble(ply_ascii_box(), "x.ply", kRead);
}

TEST(Ply, AbsurdCounts) {
  std::string bytes = ply_bytes(box());
  bytes.replace(bytes.find("vertex 8"), 8, "vertex 99999999999999");
  EXPECT_NE(read_error(bytes, "x.ply").find("99999999999999"), std::string::npos);
  std::string lists = ply_binary_box(false);
  const size_t first_count = lists.size() - 12 * 16;
  lists.replace(first_count, 4, "\xFF\xFF\xFF\x7F");
  EXPECT_NE(read_error(lists, "x.ply").find("2147483647"), std::string::npos);
  std::string index = ply_binary_box(false);
  index.replace(first_count + 4, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_NE(read_error(index, "x.ply").find("4294967295"), std::string::npos);
}

TEST(Ply, Strips) {
  const std::string text =
      "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\n"
      "property float z\nelement tristrips 1\nproperty list int int vertex_indices\nend_header\n"
      "0 0 0\n1 0 0\n0 1 0\n1 1 0\n8 0 1 2 3 -1 0 1 2\n";
  const MeshFile file = read_mesh_bytes(text, "x.ply");
  EXPECT_EQ(file.mesh.triangles.size(), 3u);
  for (size_t t = 0; t < 3; ++t) EXPECT_GT(triangle_normal_area2(file.mesh, t).z, 0);
}

TEST(Obj, PolygonsNegativeIndicesContinuationAndClutter) {
  const std::string text =
      "# Units: mm\nmtllib a.mtl\no part\nv 1 2 3\nv 2 2 3\nv 1 4 3\nv 2 4 3\nvt 0 0\nvn 0 0 1\n"
      "v 1 2 6.5 1 0 0\nv 2 2 6.5\nv 1 4 6.5\nv 2 4 6.5\nusemtl m\ns off\n"
      "f 1/1/1 3/1/1 4/1/1 2/1/1\nf 5//1 6//1 8//1 7//1\nf -8 -7 \\\n -3 -4\nf 3 7 8 4\n"
      "f 1 5 7 3 # side\nf 2 4 8 6\nl 1 2\n";
  const MeshFile file = read_mesh_bytes(text, "x.obj");
  expect_box(file);
  EXPECT_EQ(file.unit, Unit::kMillimeter);
  EXPECT_NE(read_error("v 0 0 0\nf 1 2 3\n", "x.obj").find("x.obj:2"), std::string::npos);
  EXPECT_NE(read_error("v 0 0\n", "x.obj").find("x.obj:1"), std::string::npos);
  damage::prefixes_taken(text, "x.obj", kRead);
  damage::scramble(text, "x.obj", kRead);
}

TEST(Off, VariantsAndComments) {
  const std::string text =
      "# made by hand\nCOFF\n8 6 0 # counts\n\n1 2 3 255 0 0\n2 2 3\n1 4 3\n2 4 3\n1 2 6.5\n"
      "2 2 6.5\n1 4 6.5\n2 4 6.5\n4 0 2 3 1\n4 4 5 7 6\n4 0 1 5 4 0.5 0.5 0.5\n4 2 6 7 3\n"
      "4 0 4 6 2\n4 1 3 7 5\n";
  expect_box(read_mesh_bytes(text, "x.off"));
  std::string joined = text;
  joined.replace(joined.find("COFF\n"), 5, "OFF");
  expect_box(read_mesh_bytes(joined, "x.off"));
  EXPECT_LE(damage::prefixes_taken(text, "x.off", kRead), 1u);
  damage::scramble(text, "x.off", kRead);
  EXPECT_EQ(read_error("4OFF\n1 1 1\n", "x.off").substr(0, 11), "unsupported");
  EXPECT_NE(read_error("OFF\n4000000000 1 1\n", "x.off").find("4000000000"), std::string::npos);
}

TEST(Polygon, ConcaveOnesKeepTheirArea) {
  // An L of area 3, any corner first.
  const std::vector<Vec2> l = {{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}};
  for (size_t first = 0; first < l.size(); ++first) {
    std::string text = "OFF\n6 1 0\n";
    for (Vec2 p : l) text += std::to_string(p.x) + " " + std::to_string(p.y) + " 5\n";
    text += "6";
    for (size_t i = 0; i < 6; ++i) text += " " + std::to_string((first + i) % 6);
    const MeshFile file = read_mesh_bytes(text + "\n", "x.off");
    EXPECT_EQ(file.mesh.triangles.size(), 4u);
    EXPECT_NEAR(area(file.mesh), 3, 1e-12);
    for (size_t t = 0; t < 4; ++t) EXPECT_GT(triangle_normal_area2(file.mesh, t).z, 0);
  }
}

std::string model_xml(const std::string& resources, const std::string& build,
                      const std::string& unit = "inch") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<model unit=\"" + unit +
         "\" xml:lang=\"en-US\" "
         "xmlns=\"http://schemas.microsoft.com/3dmanufacturing/core/2015/02\">"
         "\n<resources>" +
         resources + "</resources>\n<build>" + build + "</build>\n</model>\n";
}

std::string mesh_xml(const TriangleMesh& m) {
  std::string text = "<mesh><vertices>";
  for (const Vec3& p : m.vertices) {
    text += "<vertex x=\"" + std::to_string(p.x) + "\" y=\"" + std::to_string(p.y) + "\" z=\"" +
            std::to_string(p.z) + "\"/>";
  }
  text += "</vertices><triangles>";
  for (const auto& t : m.triangles) {
    text += "<triangle v1=\"" + std::to_string(t[0]) + "\" v2=\"" + std::to_string(t[1]) +
            "\" v3=\"" + std::to_string(t[2]) + "\"/>";
  }
  return text + "</triangles></mesh>";
}

std::string object_xml(const std::string& id, const std::string& content) {
  return "<object id=\"" + id + "\" type=\"model\">" + content + "</object>";
}

std::string package(const std::string& xml, bool compress = true) {
  return shapes::zip({{"[Content_Types].xml", "<Types/>"}, {"3D/3dmodel.model", xml}}, compress);
}

TEST(ThreeMf, UnitTransformsAndComponents) {
  const std::string xml =
      model_xml(object_xml("1", mesh_xml(box())) +
                    object_xml("2",
                               "<components><component objectid=\"1\"/><component objectid=\"1\" "
                               "transform=\"-1 0 0 0 1 0 0 0 1 0 0 0\"/></components>"),
                "<item objectid=\"2\" transform=\"2 0 0 0 2 0 0 0 2 10 20 30\"/>");
  for (bool compress : {false, true}) {
    const MeshFile file = read_mesh_bytes(package(xml, compress), "x.3mf");
    EXPECT_EQ(file.unit, Unit::kInch);
    EXPECT_EQ(file.mesh.triangles.size(), 24u);
    EXPECT_NEAR(volume(file.mesh), 2 * 7 * 8, 1e-9);  // the mirrored one is outward too
    const Box3 b = bounding_box(file.mesh);
    EXPECT_NEAR(norm(b.lo - Vec3{10 - 4, 20 + 4, 30 + 6}), 0, 1e-9);
    EXPECT_NEAR(norm(b.hi - Vec3{10 + 4, 20 + 8, 30 + 13}), 0, 1e-9);
  }
}

TEST(ThreeMf, RotationTurnsRowsAsTheSpecificationSays) {
  // x -> y: (1 0 0) M = (0 1 0).
  const std::string xml =
      model_xml(object_xml("1", mesh_xml(box())),
                "<item objectid=\"1\" transform=\"0 1 0 -1 0 0 0 0 1 0 0 0\"/>", "millimeter");
  const Box3 b = bounding_box(read_mesh_bytes(package(xml), "x.3mf").mesh);
  EXPECT_NEAR(norm(b.lo - Vec3{-4, 1, 3}), 0, 1e-12);
  EXPECT_NEAR(norm(b.hi - Vec3{-2, 2, 6.5}), 0, 1e-12);
}

TEST(ThreeMf, EveryPrefixAndScramble) {
  const std::string xml = model_xml(object_xml("1", mesh_xml(box())), "<item objectid=\"1\"/>");
  for (bool compress : {false, true}) {
    const std::string bytes = package(xml, compress);
    EXPECT_EQ(damage::prefixes_taken(bytes, "x.3mf", kRead), 0u);
    damage::scramble(bytes, "x.3mf", kRead);
  }
}

TEST(ThreeMf, Refusals) {
  const auto error = [](const std::string& resources, const std::string& build) {
    return read_error(package(model_xml(resources, build)), "x.3mf");
  };
  const std::string self = object_xml("1", "<components><component objectid=\"1\"/></components>");
  EXPECT_EQ(error(self, "<item objectid=\"1\"/>").substr(0, 5), "limit");
  EXPECT_NE(error("", "<item objectid=\"7\"/>").find("no object '7'"), std::string::npos);
  // Each level holds the one below ten times: 10^9 boxes.
  std::string bomb = object_xml("0", mesh_xml(box()));
  for (int level = 1; level <= 9; ++level) {
    std::string components;
    for (int i = 0; i < 10; ++i) {
      components += "<component objectid=\"" + std::to_string(level - 1) + "\"/>";
    }
    bomb += object_xml(std::to_string(level), "<components>" + components + "</components>");
  }
  EXPECT_EQ(error(bomb, "<item objectid=\"9\"/>").substr(0, 5), "limit");
  const std::string doctype = "<!DOCTYPE a [<!ENTITY b \"c\">]><model/>";
  EXPECT_NE(read_error(package(doctype), "x.3mf").find("DOCTYPE"), std::string::npos);
  const std::string bad =
      model_xml(object_xml("1",
                           "<mesh><vertices/><triangles><triangle v1=\"0\" v2=\"1\" v3=\"2\"/>"
                           "</triangles></mesh>"),
                "");
  EXPECT_NE(read_error(package(bad), "x.3mf").find("x.3mf!3D/3dmodel.model:3"), std::string::npos);
  std::string swapped = package(model_xml(object_xml("1", mesh_xml(box())), ""), false);
  swapped[swapped.find("vertex x=\"1") + 10] = '3';
  EXPECT_NE(read_error(swapped, "x.3mf").find("checksum"), std::string::npos);
}

}  // namespace
}  // namespace cadrecode::mesh
