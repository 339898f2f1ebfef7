#include "geometry/mesh/ply_table.h"

#include <array>

#include "geometry/mesh/formats.h"
#include "geometry/mesh/text.h"

namespace cadrecode::mesh {
namespace {

PlyType type_of(std::string_view word, const TextCursor& text) {
  constexpr std::array<std::array<std::string_view, 2>, 8> kNames = {{{"char", "int8"},
                                                                      {"uchar", "uint8"},
                                                                      {"short", "int16"},
                                                                      {"ushort", "uint16"},
                                                                      {"int", "int32"},
                                                                      {"uint", "uint32"},
                                                                      {"float", "float32"},
                                                                      {"double", "float64"}}};
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (word == kNames[i][0] || word == kNames[i][1]) return static_cast<PlyType>(i);
  }
  text.fail("not a PLY type: '" + shown(word) + "'");
}

size_t size_of(PlyType type) {
  constexpr std::array<size_t, 8> kSizes = {1, 1, 2, 2, 4, 4, 4, 8};
  return kSizes[static_cast<size_t>(type)];
}

double load_as(PlyType type, const char* p, bool big) {
  switch (type) {
    case PlyType::kInt8:
      return load<int8_t>(p, big);
    case PlyType::kUint8:
      return load<uint8_t>(p, big);
    case PlyType::kInt16:
      return load<int16_t>(p, big);
    case PlyType::kUint16:
      return load<uint16_t>(p, big);
    case PlyType::kInt32:
      return load<int32_t>(p, big);
    case PlyType::kUint32:
      return load<uint32_t>(p, big);
    case PlyType::kFloat32:
      return load<float>(p, big);
    case PlyType::kFloat64:
      return load<double>(p, big);
  }
  return 0;
}

// Scalars from the body, ascii or binary.
class PlyBody {
 public:
  PlyBody(std::string_view bytes, const std::string& name, const PlyHeader& header)
      : bytes_(bytes),
        name_(name),
        at_(header.body),
        big_(header.encoding == PlyHeader::Encoding::kBig),
        ascii_(header.encoding == PlyHeader::Encoding::kAscii),
        text_(bytes.substr(header.body), name, header.body_line) {}

  uint64_t bytes_left() const { return bytes_.size() - offset(); }
  size_t offset() const { return ascii_ ? bytes_.size() - text_left() : at_; }
  bool ascii() const { return ascii_; }

  double next(PlyType type) {
    if (ascii_) return text_.next_number("a PLY value");
    const size_t size = size_of(type);
    if (bytes_.size() - at_ < size) fail_cut_off();
    const double value = load_as(type, bytes_.data() + at_, big_);
    at_ += size;
    return value;
  }

  uint64_t next_count(const PlyProperty& list) {
    const double count = next(list.count_type);
    const uint64_t each = ascii_ ? 2 : size_of(list.type);
    if (!(count >= 0) || count != static_cast<double>(static_cast<int64_t>(count)) ||
        count > static_cast<double>((bytes_left() + 1) / each)) {
      fail("a list of " + std::to_string(count) + " items cannot be");
    }
    return static_cast<uint64_t>(count);
  }

  void end_row() {
    if (ascii_ && !trim(text_.rest_of_line()).empty()) ++surplus_rows_;
  }
  uint64_t surplus_rows() const { return surplus_rows_; }

  [[noreturn]] void fail(const std::string& message) const {
    if (ascii_) text_.fail(message);
    throw Error(ErrorKind::kInput, message + " (before byte " + std::to_string(at_) + ")", {name_});
  }

 private:
  size_t text_left() const { return text_size() - text_.offset(); }
  size_t text_size() const { return bytes_.size() - at_; }
  [[noreturn]] void fail_cut_off() const {
    throw Error(ErrorKind::kInput,
                "the file ends at byte " + std::to_string(bytes_.size()) +
                    ", inside its data: it is cut off",
                {name_});
  }

  std::string_view bytes_;
  const std::string& name_;
  size_t at_;  // binary: next byte; ascii: where the body began
  bool big_, ascii_;
  TextCursor text_;
  uint64_t surplus_rows_ = 0;
};

uint64_t least_row_bytes(const PlyElement& element, bool ascii) {
  uint64_t sum = 0;
  for (const PlyProperty& p : element.properties) {
    sum += ascii ? 2 : size_of(p.is_list ? p.count_type : p.type);
  }
  return sum;
}

void parse_element(std::string_view line, PlyHeader& header, const TextCursor& text) {
  PlyElement element;
  element.name = std::string(next_word(line));
  const auto count = parse_integer(next_word(line));
  if (!count || *count < 0) text.fail("an element needs a name and a count");
  element.count = static_cast<uint64_t>(*count);
  header.elements.push_back(std::move(element));
}

void parse_property(std::string_view line, PlyHeader& header, const TextCursor& text) {
  if (header.elements.empty()) text.fail("a property before any element");
  PlyProperty property;
  std::string_view word = next_word(line);
  if (word == "list") {
    property.is_list = true;
    property.count_type = type_of(next_word(line), text);
    word = next_word(line);
  }
  property.type = type_of(word, text);
  property.name = std::string(next_word(line));
  if (property.name.empty()) text.fail("a property without a name");
  header.elements.back().properties.push_back(std::move(property));
}

}  // namespace

int PlyElement::property(std::string_view property_name) const {
  for (size_t i = 0; i < properties.size(); ++i) {
    if (properties[i].name == property_name) return static_cast<int>(i);
  }
  return -1;
}

bool PlyHeader::has_faces() const {
  for (const PlyElement& e : elements) {
    if ((e.name == "face" || e.name == "tristrips") && e.count > 0) return true;
  }
  return false;
}

PlyHeader parse_ply_header(std::string_view bytes, const std::string& name) {
  TextCursor text(bytes, name);
  PlyHeader header;
  std::string_view line;
  if (!text.next_line(line) || trim(line) != "ply") text.fail("a PLY file begins with 'ply'");
  bool has_format = false;
  for (;;) {
    if (!text.next_line(line)) text.fail("the PLY header has no end_header: the file is cut off");
    const std::string_view whole = line;
    const std::string_view word = next_word(line);
    if (word == "format") {
      const std::string_view encoding = next_word(line);
      using Encoding = PlyHeader::Encoding;
      if (encoding == "ascii")
        header.encoding = Encoding::kAscii;
      else if (encoding == "binary_little_endian")
        header.encoding = Encoding::kLittle;
      else if (encoding == "binary_big_endian")
        header.encoding = Encoding::kBig;
      else
        text.fail("not a PLY encoding: '" + shown(encoding) + "'");
      has_format = true;
    } else if (word == "comment" || word == "obj_info") {
      header.remarks += std::string(trim(line)) + "\n";
    } else if (word == "element") {
      parse_element(line, header, text);
    } else if (word == "property") {
      parse_property(line, header, text);
    } else if (word == "end_header") {
      break;
    } else if (!word.empty()) {
      text.fail("not a PLY header line: '" + shown(whole) + "'");
    }
  }
  if (!has_format) text.fail("the PLY header has no format line");
  // A prefix that ends right at "end_header" has no line end yet.
  const char last = bytes[text.offset() - 1];
  if (last != '\n' && last != '\r') text.fail("the file ends with its header");
  header.body = text.offset();
  header.body_line = text.line() + 1;
  return header;
}

void read_ply_rows(std::string_view bytes, const std::string& name, const PlyHeader& header,
                   const ReadOptions& options,
                   const std::function<void(const PlyElement&, const PlyRow&)>& on_row,
                   std::vector<std::string>& warnings) {
  PlyBody body(bytes, name, header);
  PlyRow row;
  for (const PlyElement& element : header.elements) {
    const uint64_t least = least_row_bytes(element, body.ascii());
    if (least == 0) continue;  // no properties, no data
    check_count(element.count, body.bytes_left() + (body.ascii() ? 1 : 0), least,
                ("rows of '" + shown(element.name) + "'").c_str(), name, options);
    row.scalars.assign(element.properties.size(), 0);
    row.lists.resize(element.properties.size());
    for (uint64_t r = 0; r < element.count; ++r) {
      for (size_t p = 0; p < element.properties.size(); ++p) {
        const PlyProperty& property = element.properties[p];
        if (!property.is_list) {
          row.scalars[p] = body.next(property.type);
          continue;
        }
        row.lists[p].resize(body.next_count(property));
        for (double& item : row.lists[p]) item = body.next(property.type);
      }
      body.end_row();
      on_row(element, row);
    }
  }
  if (body.surplus_rows() > 0) {
    warnings.push_back(std::to_string(body.surplus_rows()) +
                       " PLY rows hold more values than the header says; those are ignored");
  }
  if (!trim(bytes.substr(body.offset())).empty()) {
    warnings.push_back(std::to_string(body.bytes_left()) + " bytes after the last row ignored");
  }
}

}  // namespace cadrecode::mesh
