// NumPy's array file, versions 1 to 3 (numpy.lib.format's documentation):
// magic, version, header length, a Python dict as text, then the numbers.
#include <cstring>

#include "base/files.h"
#include "geometry/cloud/formats.h"
#include "geometry/mesh/text.h"

namespace cadrecode::cloud {
namespace {

using mesh::load;
using mesh::trim;

struct Header {
  std::string type;  // "<f4"
  bool fortran = false;
  std::vector<uint64_t> shape;
  size_t body = 0;
};

[[noreturn]] void fail(const std::string& message, const std::string& name) {
  throw Error(ErrorKind::kInput, "NPY: " + message, {name});
}

// What follows 'key': in the dict, blanks taken off.
std::string_view value_of(std::string_view dict, const char* key, const std::string& name) {
  for (const char quote : {'\'', '"'}) {
    const std::string quoted = quote + std::string(key) + quote;
    size_t at = dict.find(quoted);
    if (at == dict.npos) continue;
    at = dict.find(':', at + quoted.size());
    if (at != dict.npos) return trim(dict.substr(at + 1));
  }
  fail(std::string("its header has no '") + key + "'", name);
}

std::vector<uint64_t> parse_shape(std::string_view text, const std::string& name) {
  const size_t close = text.find(')');
  if (text.empty() || text[0] != '(' || close == text.npos) fail("its shape is no tuple", name);
  text = text.substr(1, close - 1);
  std::vector<uint64_t> shape;
  while (!trim(text).empty()) {
    const size_t comma = text.find(',');
    const auto number = mesh::parse_integer(trim(text.substr(0, comma)));
    if (!number || *number < 0) fail("its shape is not made of counts", name);
    shape.push_back(static_cast<uint64_t>(*number));
    if (comma == text.npos) break;
    text.remove_prefix(comma + 1);
  }
  return shape;
}

Header parse_header(std::string_view bytes, const std::string& name) {
  if (bytes.size() < 12) fail("the file ends inside its header", name);
  const auto version = static_cast<uint8_t>(bytes[6]);
  if (version < 1 || version > 3) fail("version " + std::to_string(version) + " is unknown", name);
  const size_t start = version == 1 ? 10 : 12;
  const size_t length = version == 1 ? load<uint16_t>(bytes.data() + 8, false)
                                     : load<uint32_t>(bytes.data() + 8, false);
  if (bytes.size() - start < length) fail("the file ends inside its header", name);
  const std::string_view dict = bytes.substr(start, length);
  Header header;
  const std::string_view type = value_of(dict, "descr", name);
  if (type.empty() || (type[0] != '\'' && type[0] != '"')) {
    throw Error(ErrorKind::kUnsupported, "NPY: records; an N x 3 array of floats is needed",
                {name});
  }
  const size_t close = type.find(type[0], 1);
  if (close == type.npos) fail("its type is cut off", name);
  header.type = type.substr(1, close - 1);
  header.fortran = value_of(dict, "fortran_order", name).starts_with("True");
  header.shape = parse_shape(value_of(dict, "shape", name), name);
  header.body = start + length;
  return header;
}

std::string shape_text(const std::vector<uint64_t>& shape) {
  std::string text = "(";
  for (size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + ")";
}

}  // namespace

void read_npy(std::string_view bytes, const std::string& name, CloudFile& file) {
  const Header header = parse_header(bytes, name);
  const bool is_double = header.type.ends_with("f8"), is_float = header.type.ends_with("f4");
  if (header.type.size() != 3 || (!is_double && !is_float)) {
    throw Error(ErrorKind::kUnsupported,
                "NPY: type '" + mesh::shown(header.type) + "'; float32 or float64 is needed",
                {name});
  }
  if (header.shape.size() != 2 || (header.shape[1] != 3 && header.shape[1] != 6)) {
    fail("its shape is " + shape_text(header.shape) + "; N x 3 or N x 6 (with normals) is needed",
         name);
  }
  const uint64_t rows = header.shape[0], columns = header.shape[1];
  const size_t each = is_double ? 8 : 4;
  const size_t there = bytes.size() - header.body;
  if (rows > there / (columns * each)) {
    fail(std::to_string(rows) + " rows are announced, but only " + std::to_string(there) +
             " bytes follow: it is cut off",
         name);
  }
  if (const size_t extra = there - rows * columns * each; extra > 0) {
    file.warnings.push_back(std::to_string(extra) + " bytes after the array ignored");
  }
  const bool big = header.type[0] == '>';
  const char* data = bytes.data() + header.body;
  const auto value = [&](uint64_t row, uint64_t column) -> double {
    const char* p = data + (header.fortran ? column * rows + row : row * columns + column) * each;
    return is_double ? load<double>(p, big) : static_cast<double>(load<float>(p, big));
  };
  file.cloud.points.resize(rows);
  if (columns == 6) file.cloud.normals.resize(rows);
  for (uint64_t r = 0; r < rows; ++r) {
    file.cloud.points[r] = {value(r, 0), value(r, 1), value(r, 2)};
    if (columns == 6) file.cloud.normals[r] = {value(r, 3), value(r, 4), value(r, 5)};
  }
}

}  // namespace cadrecode::cloud
