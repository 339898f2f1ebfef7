// PCD 0.7, the Point Cloud Library's format: a text header, then rows as text,
// as bytes, or as LZF-compressed columns.
#include <array>
#include <cstring>

#include "geometry/cloud/formats.h"
#include "geometry/mesh/text.h"

namespace cadrecode::cloud {
namespace {

using mesh::load;
using mesh::next_word;
using mesh::TextCursor;

struct Field {
  std::string name;
  char type = 'F';  // F float, I signed, U unsigned
  uint64_t size = 4, count = 1;
  uint64_t bytes() const { return size * count; }
};

struct Header {
  std::vector<Field> fields;
  uint64_t points = 0;
  std::string data;
  size_t body = 0;
  int body_line = 1;

  uint64_t row_bytes() const {
    uint64_t sum = 0;
    for (const Field& f : fields) sum += f.bytes();
    return sum;
  }
  int find(std::string_view name) const {
    for (size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].name == name) return static_cast<int>(i);
    }
    return -1;
  }
};

[[noreturn]] void fail(const std::string& message, const std::string& name) {
  throw Error(ErrorKind::kInput, "PCD: " + message, {name});
}

uint64_t count(std::string_view word, uint64_t limit, const TextCursor& text) {
  const auto number = mesh::parse_integer(word);
  if (!number || *number < 0 || static_cast<uint64_t>(*number) > limit) {
    text.fail("not a count: '" + mesh::shown(word) + "'");
  }
  return static_cast<uint64_t>(*number);
}

Header parse_header(std::string_view bytes, const std::string& name) {
  constexpr uint64_t kMostPoints = uint64_t{1} << 40;
  TextCursor text(bytes, name);
  Header header;
  uint64_t width = 0, height = 1;
  bool has_points = false;
  std::string_view line;
  while (text.next_line(line)) {
    const std::string_view key = next_word(line);
    if (key.empty() || key[0] == '#') continue;
    if (key == "FIELDS") {
      for (auto w = next_word(line); !w.empty(); w = next_word(line)) {
        header.fields.push_back({std::string(w)});
      }
    } else if (key == "SIZE" || key == "COUNT") {
      for (Field& f : header.fields) {
        (key == "SIZE" ? f.size : f.count) = count(next_word(line), 65536, text);
      }
    } else if (key == "TYPE") {
      for (Field& f : header.fields) {
        const std::string_view w = next_word(line);
        if (w != "F" && w != "I" && w != "U") text.fail("not a type: '" + mesh::shown(w) + "'");
        f.type = w[0];
      }
    } else if (key == "WIDTH") {
      width = count(next_word(line), kMostPoints, text);
    } else if (key == "HEIGHT") {
      height = count(next_word(line), 1 << 20, text);
    } else if (key == "POINTS") {
      header.points = count(next_word(line), kMostPoints, text);
      has_points = true;
    } else if (key == "DATA") {
      header.data = next_word(line);
      header.body = text.offset();
      header.body_line = text.line() + 1;
      if (!has_points) header.points = width * height;
      const char last = bytes[header.body - 1];
      if (last != '\n' && last != '\r') fail("the file ends with its header", name);
      return header;
    } else if (key != "VERSION" && key != "VIEWPOINT") {
      text.fail("not a PCD header line: '" + mesh::shown(key) + "'");
    }
  }
  fail("its header has no DATA line: the file is cut off", name);
}

double field_value(const Field& f, const char* p) {
  if (f.type == 'F') return f.size == 8 ? load<double>(p, false) : load<float>(p, false);
  switch (f.size) {
    case 1:
      return f.type == 'I' ? load<int8_t>(p, false) : load<uint8_t>(p, false);
    case 2:
      return f.type == 'I' ? load<int16_t>(p, false) : load<uint16_t>(p, false);
    case 4:
      return f.type == 'I' ? load<int32_t>(p, false) : load<uint32_t>(p, false);
    default:
      return f.type == 'I' ? static_cast<double>(load<int64_t>(p, false))
                           : static_cast<double>(load<uint64_t>(p, false));
  }
}

// LZF (Lehmann's liblzf): literals of 1-32 bytes, or copies of 3-264 bytes
// from at most 8192 back.
std::string decompress(std::string_view in, size_t size, const std::string& name) {
  std::string out;
  out.reserve(size);
  size_t at = 0;
  const auto next = [&]() -> size_t {
    if (at >= in.size()) fail("its compressed data is damaged", name);
    return static_cast<uint8_t>(in[at++]);
  };
  while (at < in.size()) {
    const size_t control = next();
    if (control < 32) {
      const size_t n = control + 1;
      if (in.size() - at < n || size - out.size() < n) fail("its compressed data is damaged", name);
      out.append(in.substr(at, n));
      at += n;
      continue;
    }
    size_t n = control >> 5;
    if (n == 7) n += next();
    n += 2;
    const size_t back = ((control & 31) << 8 | next()) + 1;
    if (back > out.size() || size - out.size() < n) fail("its compressed data is damaged", name);
    for (size_t i = 0; i < n; ++i) out += out[out.size() - back];
  }
  if (out.size() != size) fail("its compressed data is cut off", name);
  return out;
}

struct Columns {
  std::array<int, 6> at{};  // x y z, normal_x normal_y normal_z
  bool normals = false;
};

Columns find_columns(const Header& header, const std::string& name) {
  Columns c;
  c.at = {header.find("x"),        header.find("y"),        header.find("z"),
          header.find("normal_x"), header.find("normal_y"), header.find("normal_z")};
  if (c.at[0] < 0 || c.at[1] < 0 || c.at[2] < 0) fail("its points need x, y and z", name);
  c.normals = c.at[3] >= 0 && c.at[4] >= 0 && c.at[5] >= 0;
  for (const Field& f : header.fields) {
    const bool ok = f.type == 'F' ? f.size == 4 || f.size == 8
                                  : f.size == 1 || f.size == 2 || f.size == 4 || f.size == 8;
    if (!ok || f.count == 0)
      fail("field '" + mesh::shown(f.name) + "' has an impossible size", name);
  }
  return c;
}

void add(const std::array<double, 6>& v, bool normals, PointCloud& cloud) {
  cloud.points.push_back({v[0], v[1], v[2]});
  if (normals) cloud.normals.push_back({v[3], v[4], v[5]});
}

void read_ascii(std::string_view bytes, const std::string& name, const Header& header,
                const Columns& columns, PointCloud& cloud) {
  TextCursor text(bytes.substr(header.body), name, header.body_line);
  for (uint64_t p = 0; p < header.points; ++p) {
    std::array<double, 6> v{};
    for (size_t f = 0; f < header.fields.size(); ++f) {
      for (uint64_t i = 0; i < header.fields[f].count; ++i) {
        const double value = text.next_number("a PCD value");
        for (size_t c = 0; c < 6; ++c) {
          if (columns.at[c] == static_cast<int>(f) && i == 0) v[c] = value;
        }
      }
    }
    add(v, columns.normals, cloud);
  }
}

// Rows of fields, or (compressed) one whole column after another.
void read_binary(std::string_view data, const Header& header, const Columns& columns,
                 bool by_column, PointCloud& cloud) {
  std::vector<uint64_t> offset;  // of field f in a row, or of its column
  uint64_t sum = 0;
  for (const Field& f : header.fields) {
    offset.push_back(sum);
    sum += f.bytes() * (by_column ? header.points : 1);
  }
  const uint64_t row = header.row_bytes();
  for (uint64_t p = 0; p < header.points; ++p) {
    std::array<double, 6> v{};
    for (size_t c = 0; c < (columns.normals ? 6u : 3u); ++c) {
      const Field& f = header.fields[static_cast<size_t>(columns.at[c])];
      const uint64_t start = offset[static_cast<size_t>(columns.at[c])];
      v[c] = field_value(f, data.data() + start + p * (by_column ? f.bytes() : row));
    }
    add(v, columns.normals, cloud);
  }
}

}  // namespace

void read_pcd(std::string_view bytes, const std::string& name, CloudFile& file) {
  const Header header = parse_header(bytes, name);
  const Columns columns = find_columns(header, name);
  const uint64_t row = header.row_bytes(), left = bytes.size() - header.body;
  const auto check = [&](uint64_t there, uint64_t each) {
    if (header.points > there / each) {
      fail(std::to_string(header.points) + " points are announced, but only " +
               std::to_string(there) + " bytes follow: it is cut off",
           name);
    }
  };
  if (header.data == "ascii") {
    uint64_t values = 0;
    for (const Field& f : header.fields) values += f.count;
    check(left + 1, 2 * values);
    read_ascii(bytes, name, header, columns, file.cloud);
  } else if (header.data == "binary") {
    check(left, row);
    read_binary(bytes.substr(header.body), header, columns, false, file.cloud);
  } else if (header.data == "binary_compressed") {
    if (left < 8) fail("the file ends before its compressed data", name);
    const uint64_t packed = load<uint32_t>(bytes.data() + header.body, false);
    const uint64_t size = load<uint32_t>(bytes.data() + header.body + 4, false);
    if (packed > left - 8) fail("its compressed data is cut off", name);
    if (size > packed * 132 || header.points > size / row || header.points * row != size) {
      fail("its compressed data has an impossible size", name);
    }
    const std::string data = decompress(bytes.substr(header.body + 8, packed), size, name);
    read_binary(data, header, columns, true, file.cloud);
  } else {
    fail("not an encoding: '" + mesh::shown(header.data) + "'", name);
  }
}

}  // namespace cadrecode::cloud
