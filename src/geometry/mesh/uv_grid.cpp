#include "geometry/mesh/uv_grid.h"

#include <cmath>
#include <cstring>
#include <optional>

#include "base/error.h"
#include "geometry/mesh/zip.h"

namespace cadrecode::mesh {
namespace {

using Shape = std::vector<size_t>;

std::string shape_text(const Shape& shape) {
  std::string out = "(";
  for (const size_t n : shape) out += std::to_string(n) + ", ";
  if (shape.size() > 1) out.resize(out.size() - 2);
  return out + ")";
}

// NPY version 1.0, header padded to 64 bytes.
std::string npy(const char* type, const Shape& shape, const void* data, size_t bytes) {
  std::string header = std::string("{'descr': '") + type +
                       "', 'fortran_order': False, 'shape': " + shape_text(shape) + ", }";
  header.resize((10 + header.size() + 1 + 63) / 64 * 64 - 10 - 1, ' ');
  header += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(header.size() & 0xFF);
  out += static_cast<char>(header.size() >> 8);
  out += header;
  return out.append(static_cast<const char*>(data), bytes);
}

class Archive {
 public:
  Archive(std::string_view bytes, const std::string& file)
      : bytes_(bytes), file_(file), entries_(read_zip_directory(bytes, file)) {}

  [[noreturn]] void fail(const std::string& array, const std::string& what) const {
    throw Error(ErrorKind::kInput, file_ + ": array '" + array + "' " + what, {file_, 0, 0});
  }

  // The numbers of an array of `type` whose shape is [rows] + `rest`; rows are
  // whatever the file says.
  template <typename T>
  std::vector<T> read(const std::string& name, const char* type, const Shape& rest) const {
    const std::string text = unpacked(name);
    size_t each = sizeof(T);
    for (const size_t n : rest) each *= n;
    const size_t start = body(name, text, type);
    const size_t there = text.size() - start, rows = there / each;
    Shape shape = {rows};
    shape.insert(shape.end(), rest.begin(), rest.end());
    if (rows * each != there ||
        text.substr(0, start).find("'shape': " + shape_text(shape)) == text.npos) {
      fail(name, "is not of a shape (n" + shape_text(rest).substr(1).insert(0, ", ") +
                     " that fits its bytes");
    }
    std::vector<T> out(there / sizeof(T));
    if (!out.empty()) std::memcpy(out.data(), text.data() + start, there);
    return out;
  }

 private:
  std::string unpacked(const std::string& name) const {
    for (const ZipEntry& entry : entries_) {
      if (entry.name != name + ".npy") continue;
      std::string out;
      unzip(bytes_, entry, file_, [&](std::string_view piece) { out += piece; });
      return out;
    }
    fail(name, "is missing");
  }

  size_t body(const std::string& name, const std::string& text, const char* type) const {
    if (text.size() < 10 || text.compare(0, 8, std::string("\x93NUMPY\x01\x00", 8)) != 0) {
      fail(name, "is no NPY of version 1.0");
    }
    const size_t length = static_cast<uint8_t>(text[8]) + 256u * static_cast<uint8_t>(text[9]);
    if (text.size() - 10 < length) fail(name, "ends inside its header");
    const std::string header = text.substr(10, length);
    if (header.find(std::string("'descr': '") + type + "'") == header.npos ||
        header.find("'fortran_order': False") == header.npos) {
      fail(name, std::string("is not of type ") + type + " in C order");
    }
    return 10 + length;
  }

  std::string_view bytes_;
  const std::string& file_;
  std::vector<ZipEntry> entries_;
};

void check_finite(const Archive& archive, const char* name, const std::vector<float>& values) {
  for (const float v : values) {
    if (!std::isfinite(v)) archive.fail(name, "holds a value that is no number");
  }
}

}  // namespace

std::string npz_bytes(const UvGrids& g) {
  const std::array<float, 4> frame = {static_cast<float>(g.centre.x),
                                      static_cast<float>(g.centre.y),
                                      static_cast<float>(g.centre.z), static_cast<float>(g.scale)};
  ZipWriter zip;
  zip.add("faces.npy", npy("<f4", {g.face_count(), kUvSide, kUvSide, kFaceChannels}, g.faces.data(),
                           g.faces.size() * sizeof(float)));
  zip.add("edges.npy", npy("<f4", {g.edge_count(), kUvSide, kEdgeChannels}, g.edges.data(),
                           g.edges.size() * sizeof(float)));
  zip.add("edge_faces.npy", npy("<i4", {g.edge_count(), 2}, g.edge_faces.data(),
                                g.edge_faces.size() * sizeof(std::array<int32_t, 2>)));
  zip.add("centre_scale.npy", npy("<f4", {4}, frame.data(), sizeof frame));
  return zip.finish();
}

UvGrids parse_npz(std::string_view bytes, const std::string& file) {
  const Archive archive(bytes, file);
  UvGrids g;
  g.faces = archive.read<float>("faces", "<f4", {kUvSide, kUvSide, kFaceChannels});
  g.edges = archive.read<float>("edges", "<f4", {kUvSide, kEdgeChannels});
  const auto pairs = archive.read<int32_t>("edge_faces", "<i4", {2});
  const auto frame = archive.read<float>("centre_scale", "<f4", {});
  if (frame.size() != 4) archive.fail("centre_scale", "does not hold 4 numbers");
  check_finite(archive, "faces", g.faces);
  check_finite(archive, "edges", g.edges);
  check_finite(archive, "centre_scale", frame);
  if (pairs.size() / 2 != g.edges.size() / (kUvSide * kEdgeChannels)) {
    archive.fail("edge_faces", "has not as many rows as 'edges'");
  }
  const auto faces = static_cast<int32_t>(g.face_count());
  for (size_t i = 0; i < pairs.size(); i += 2) {
    for (const int32_t face : {pairs[i], pairs[i + 1]}) {
      if (face < 0 || face >= faces)
        archive.fail("edge_faces",
                     "names face " + std::to_string(face) + " of " + std::to_string(faces));
    }
    g.edge_faces.push_back({pairs[i], pairs[i + 1]});
  }
  g.centre = {frame[0], frame[1], frame[2]};
  g.scale = frame[3];
  return g;
}

}  // namespace cadrecode::mesh
