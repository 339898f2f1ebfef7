// PLY as a table: a header of elements with properties, then their rows
// (Turk, "The PLY Polygon File Format", 1994). Shared by meshes and clouds.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/mesh/io.h"

namespace cadrecode::mesh {

enum class PlyType { kInt8, kUint8, kInt16, kUint16, kInt32, kUint32, kFloat32, kFloat64 };

struct PlyProperty {
  std::string name;
  PlyType type = PlyType::kFloat32;  // of a scalar, or of a list's items
  bool is_list = false;
  PlyType count_type = PlyType::kUint8;
};

struct PlyElement {
  std::string name;
  uint64_t count = 0;
  std::vector<PlyProperty> properties;

  int property(std::string_view property_name) const;  // its position, or -1
};

struct PlyHeader {
  enum class Encoding { kAscii, kLittle, kBig };
  Encoding encoding = Encoding::kAscii;
  std::vector<PlyElement> elements;
  std::string remarks;  // comment and obj_info lines
  size_t body = 0;      // byte after the header
  int body_line = 1;

  bool has_faces() const;  // a face or tristrips element that is not empty
};

// One row: scalars by property position, and the items of its lists likewise.
struct PlyRow {
  std::vector<double> scalars;
  std::vector<std::vector<double>> lists;
};

// Errors: kInput with the line.
PlyHeader parse_ply_header(std::string_view bytes, const std::string& name);

// Calls on_row(element, row) for every row of the file, in order. An ascii row
// begins on its own line; more on the line than the header announces, and
// bytes after the last row, are passed over with a warning. Errors: kInput for
// rows that are cut off or not numbers, before anything large is allocated.
void read_ply_rows(std::string_view bytes, const std::string& name, const PlyHeader& header,
                   const ReadOptions& options,
                   const std::function<void(const PlyElement&, const PlyRow&)>& on_row,
                   std::vector<std::string>& warnings);

}  // namespace cadrecode::mesh
