#include "geometry/cloud/io.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <filesystem>

#include "unit/mesh/damage.h"
#include "unit/mesh/shapes.h"

namespace cadrecode::cloud {
namespace {

const auto kRead = [](std::string_view bytes, const std::string& name) {
  read_cloud_bytes(bytes, name);
};

PointCloud three(bool normals) {
  PointCloud c;
  c.points = {{1, 2, 3}, {0.1, -1.0 / 3, 1e-17}, {-5e6, 0, 7}};
  if (normals) c.normals = {{0, 0, 1}, {0.6, 0.8, 0}, {-1, 0, 0}};
  return c;
}

std::string read_error(const std::string& bytes, const std::string& name) {
  try {
    read_cloud_bytes(bytes, name);
  } catch (const Error& error) {
    return std::string(to_string(error.kind())) + ": " + error.what() + " @" +
           to_string(error.place());
  }
  return "";
}

TEST(CloudIo, EveryWriterReadsBackExactly) {
  const std::string folder = testing::TempDir() + "cadrecode_cloud_io/";
  for (bool normals : {false, true}) {
    const PointCloud c = three(normals);
    write_npy(c, folder + "a.npy", true);
    write_xyz(c, folder + "b.xyz");
    write_ply(c, folder + "c.ply");
    for (const char* name : {"a.npy", "b.xyz", "c.ply"}) {
      SCOPED_TRACE(name);
      const CloudFile file = read_cloud(folder + name);
      EXPECT_EQ(file.cloud.points, c.points);
      EXPECT_EQ(file.cloud.normals, c.normals);
      EXPECT_TRUE(file.warnings.empty());
    }
  }
  std::filesystem::remove_all(folder);
}

TEST(Npy, FloatsAreThoseOfThePoints) {
  const CloudFile file = read_cloud_bytes(npy_bytes(three(false)), "x.npy");
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(file.cloud.points[i].y, static_cast<float>(three(false).points[i].y));
  }
  EXPECT_EQ(npy_bytes(three(false)).find('\n') % 64, 63u);
}

std::string npy(const std::string& dict, const std::string& body, int version = 1) {
  std::string out = "\x93NUMPY";
  out += static_cast<char>(version);
  out += '\0';
  out += static_cast<char>(dict.size());
  out += std::string(version == 1 ? 1 : 3, '\0');
  return out + dict + body;
}

TEST(Npy, FortranOrderBigEndianAndVersions) {
  std::string body;
  for (double v : {1.0, 4.0, 2.0, 5.0, 3.0, 6.0}) {  // columns of two rows
    char bytes[8];
    std::memcpy(bytes, &v, 8);
    std::reverse(bytes, bytes + 8);
    body.append(bytes, 8);
  }
  for (int version : {1, 2, 3}) {
    const std::string bytes =
        npy("{\"fortran_order\": True, \"shape\":(2,3,), \"descr\": \">f8\"}", body, version);
    const CloudFile file = read_cloud_bytes(bytes, "x");
    EXPECT_EQ(file.cloud.points, (std::vector<Vec3>{{1, 2, 3}, {4, 5, 6}}));
  }
}

TEST(Npy, Refusals) {
  const auto dict = [](const char* type, const char* shape) {
    return std::string("{'descr': '") + type + "', 'fortran_order': False, 'shape': " + shape + "}";
  };
  EXPECT_NE(read_error(npy(dict("<f4", "(5, 2)"), std::string(40, 'x')), "x.npy").find("(5, 2)"),
            std::string::npos);
  EXPECT_NE(read_error(npy(dict("<f4", "(5,)"), std::string(40, 'x')), "x.npy").find("(5)"),
            std::string::npos);
  EXPECT_EQ(read_error(npy(dict("<i4", "(1, 3)"), std::string(12, 'x')), "x.npy").substr(0, 11),
            "unsupported");
  EXPECT_NE(read_error(npy(dict("<f4", "(4000000000000000000, 3)"), ""), "x.npy").find("cut off"),
            std::string::npos);
  EXPECT_NE(read_error(npy(dict("<f4", "(0, 3)"), ""), "x.npy").find("no usable point"),
            std::string::npos);
}

TEST(Npy, EveryPrefix) {
  for (bool normals : {false, true}) {
    EXPECT_EQ(damage::prefixes_taken(npy_bytes(three(normals)), "x.npy", kRead), 0u);
    damage::scramble(npy_bytes(three(normals)), "x.npy", kRead);
  }
}

TEST(Xyz, SeparatorsCommentsAndHeaders) {
  const std::vector<Vec3> expected = {{1.5, 2, 3}, {-4, 5e-1, 6}};
  const std::vector<std::string> texts = {
      "1.5 2 3\n-4 5e-1 6\n",
      "  1.5\t2\t\t3 \r\n\r\n-4\t0.5\t6",
      "1.5,2,3\n-4, 0.5, 6\n",
      "1.5;2;3\n-4;0.5;6;\n",
      "1,5;2;3\n-4;0,5;6\n",
      "# a comment\n// another\n1.5 2 3\n; more\n-4 0.5 6\n",
      "x,y,z\n1.5,2,3\n-4,0.5,6\n",
      "\"Points:0\",\"Points:1\",\"Points:2\"\n1.5,2,3\n-4,0.5,6\n",
      "id y x z\n7 2 1.5 3\n8 0.5 -4 6\n",
      "2\n1.5 2 3\n-4 0.5 6\n",
      "2\n1.5 2 3 -1200 90 91 92\n-4 0.5 6 -1100 93 94 95\n",
      "\xEF\xBB\xBFX Y Z\n+1.5 2 3\n-4 .5 6\n",
  };
  for (const std::string& text : texts) {
    SCOPED_TRACE(text);
    const CloudFile file = read_cloud_bytes(text, "x.xyz");
    EXPECT_EQ(file.cloud.points, expected);
    EXPECT_TRUE(file.cloud.normals.empty());
  }
}

TEST(Xyz, NormalsByNameAndByLength) {
  const CloudFile named =
      read_cloud_bytes("//X Y Z R G B Nx Ny Nz\n1 2 3 255 0 0 0 0 2\n4 5 6 0 0 9 1 0 0\n", "x.asc");
  ASSERT_EQ(named.cloud.normals.size(), 2u);
  EXPECT_EQ(named.cloud.normals[0], (Vec3{0, 0, 1}));
  EXPECT_EQ(named.cloud.normals[1], (Vec3{1, 0, 0}));
  const CloudFile guessed =
      read_cloud_bytes("1 2 3 120 0 0.6 0.8\n4 5 6 130 1 0 0\n7 8 9 7 0 0 -1\n", "x.txt");
  ASSERT_EQ(guessed.cloud.normals.size(), 3u);
  EXPECT_NEAR(guessed.cloud.normals[0].y, 0.6, 1e-15);
  EXPECT_TRUE(read_cloud_bytes("1 2 3 120 90 60\n4 5 6 1 2 3\n", "x.txt").cloud.normals.empty());
}

TEST(Xyz, ErrorsHaveTheirLine) {
  EXPECT_NE(read_error("1 2 3\n4 five 6\n", "x.xyz").find("'five' @x.xyz:2"), std::string::npos);
  EXPECT_NE(read_error("1 2 3\n\n4 5\n", "x.xyz").find("@x.xyz:3"), std::string::npos);
  EXPECT_NE(read_error("3\n1 2 3\n4 5 6\n", "x.pts").find("announces 3"), std::string::npos);
  EXPECT_EQ(read_error("one two three\nfour five six\n", "x.doc").substr(0, 11), "unsupported");
  EXPECT_NE(read_error("# nothing\n", "x.xyz").find("no usable point"), std::string::npos);
}

TEST(Xyz, UnusablePointsAreDroppedWithAWarning) {
  const CloudFile file =
      read_cloud_bytes("1 2 3\nnan 0 0\n0 inf 0\n0 0 1e300\n0 0 1e999\n4 5 6\n", "x.xyz");
  EXPECT_EQ(file.cloud.points.size(), 2u);
  ASSERT_EQ(file.warnings.size(), 1u);
  EXPECT_EQ(file.warnings[0].substr(0, 8), "4 points");
}

TEST(Xyz, PrefixesAndScramble) {
  const std::string text = "3\n1.5 2 3 0 0 1\n-4 0.5 6 0 1 0\n7 8 9.25 1 0 0\n";
  EXPECT_LE(damage::prefixes_taken(text, "x.pts", kRead), 4u);  // within the last number
  damage::scramble(text, "x.pts", kRead);
}

std::string pcd(const std::string& data) {
  return "# .PCD v0.7\nVERSION 0.7\nFIELDS x rgb y z\nSIZE 4 4 8 4\nTYPE F U F F\nCOUNT 1 2 1 1\n"
         "WIDTH 2\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS 2\nDATA " +
         data + "\n";
}

template <typename... T>
std::string packed(T... values) {
  std::string out;
  (out.append(reinterpret_cast<const char*>(&values), sizeof values), ...);
  return out;
}

TEST(Pcd, AsciiBinaryAndCompressed) {
  const std::vector<Vec3> expected = {{1, 2, 3}, {4, 5, 6}};
  const std::string ascii = pcd("ascii") + "1 9 9 2 3\n4 9 9 5 6\n";
  const std::string binary = pcd("binary") + packed(1.f, 9u, 9u, 2., 3.f, 4.f, 9u, 9u, 5., 6.f);
  // Columns; literals of at most 32 bytes, and one copy: four 9s are one, repeated.
  const std::string x = packed(1.f, 4.f), nine = packed(9u), y = packed(2., 5.),
                    z = packed(3.f, 6.f);
  std::string lzf = std::string(1, 11) + x + nine;                     // 12 literals
  lzf += std::string(1, static_cast<char>(7 << 5)) + '\x03' + '\x03';  // 12 bytes, from 4 back
  lzf += std::string(1, 23) + y + z;
  const std::string compressed =
      pcd("binary_compressed") + packed(static_cast<uint32_t>(lzf.size()), 48u) + lzf;
  for (const std::string& bytes : {ascii, binary, compressed}) {
    EXPECT_EQ(read_cloud_bytes(bytes, "x.pcd").cloud.points, expected);
    EXPECT_LE(damage::prefixes_taken(bytes, "x.pcd", kRead), bytes == ascii ? 1u : 0u);
    damage::scramble(bytes, "x.pcd", kRead);
  }
}

TEST(Pcd, AbsurdCounts) {
  std::string bytes = pcd("binary") + std::string(48, '\0');
  bytes.replace(bytes.find("POINTS 2"), 8, "POINTS 99999999999");
  EXPECT_NE(read_error(bytes, "x.pcd").find("99999999999 points"), std::string::npos);
  std::string packed_bytes = pcd("binary_compressed") + packed(4u, 0xFFFFFFF0u) + "abcd";
  EXPECT_NE(read_error(packed_bytes, "x.pcd").find("impossible size"), std::string::npos);
}

TEST(ReadScan, ChoosesMeshOrCloudByContent) {
  const mesh::TriangleMesh box = shapes::box({0, 0, 0}, {1, 1, 1});
  EXPECT_TRUE(read_scan_bytes(mesh::stl_bytes(box), "a.stl").is_mesh);
  EXPECT_TRUE(read_scan_bytes(mesh::ply_bytes(box), "a.ply").is_mesh);
  EXPECT_TRUE(read_scan_bytes(mesh::obj_text(box), "a.obj").is_mesh);
  EXPECT_FALSE(read_scan_bytes(ply_bytes(three(true)), "a.ply").is_mesh);
  EXPECT_FALSE(read_scan_bytes(npy_bytes(three(false)), "a.bin").is_mesh);
  EXPECT_FALSE(read_scan_bytes(xyz_text(three(false)), "a").is_mesh);
  const ScanFile points = read_scan_bytes("v 1 2 3\nv 4 5 6\n", "a.obj");
  EXPECT_FALSE(points.is_mesh);
  EXPECT_EQ(points.cloud.points.size(), 2u);
  EXPECT_FALSE(read_scan_bytes("OFF 2 0 0\n1 2 3\n4 5 6\n", "a.off").is_mesh);
  EXPECT_EQ(read_scan_bytes(mesh::stl_bytes(box), "a.unitsmm.stl").unit, mesh::Unit::kMillimeter);
  EXPECT_THROW(read_scan_bytes("", "a.stl"), Error);
  EXPECT_THROW(read_scan_bytes("what is this", "a.doc"), Error);
}

}  // namespace
}  // namespace cadrecode::cloud
