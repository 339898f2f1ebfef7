#include "learning/dataset/row.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace cadrecode::dataset {
namespace {

using nlohmann::json;

std::string text(const std::string& value, const char* key) {
  try {
    return json(value).dump();
  } catch (const json::exception&) {
    throw Error(ErrorKind::kValue, fmt::format("'{}' of a row is not UTF-8", key));
  }
}

// The shortest digits that read back to the same number, with a point or an
// exponent.
std::string number(double value, const char* key) {
  if (!std::isfinite(value)) {
    throw Error(ErrorKind::kValue, fmt::format("'{}' of a row is {}: not finite", key, value));
  }
  std::string out = fmt::format("{}", value);
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

std::string numbers(const Box3& box) {
  std::string out = "[";
  for (const Vec3& corner : {box.lo, box.hi}) {
    for (int a = 0; a < 3; ++a) out += (out.size() > 1 ? ", " : "") + number(corner[a], "bbox");
  }
  return out + "]";
}

class Reader {
 public:
  Reader(const json& row, const Place& place) : row_(row), place_(place) {}

  std::string string(const char* key, bool required = false) const {
    const json* v = find(key);
    if (!v && required) fail(key, "is missing");
    if (!v) return {};
    if (!v->is_string()) fail(key, "is no text");
    return v->get<std::string>();
  }
  std::optional<double> real(const char* key) const {
    const json* v = find(key);
    if (!v) return {};
    if (!v->is_number()) fail(key, "is no number");
    return v->get<double>();
  }
  std::optional<int64_t> integer(const char* key) const {
    const json* v = find(key);
    if (!v) return {};
    if (!v->is_number_integer()) fail(key, "is no whole number");
    if (v->is_number_unsigned() && v->get<uint64_t>() > uint64_t{INT64_MAX}) {
      fail(key, "is beyond 63 bits");
    }
    return v->get<int64_t>();
  }
  Box3 box(const char* key) const {
    const json* v = find(key);
    if (!v) return {};
    if (!v->is_array() || v->size() != 6) fail(key, "is no list of 6 numbers");
    Box3 out;
    for (int i = 0; i < 6; ++i) {
      if (!(*v)[i].is_number()) fail(key, "is no list of 6 numbers");
      (i < 3 ? out.lo : out.hi)[i % 3] = (*v)[i].get<double>();
    }
    if (out.empty()) fail(key, "has a lower corner above the upper one");
    return out;
  }
  std::optional<uint64_t> hexadecimal(const char* key) const {
    if (!find(key)) return {};
    const std::string digits = string(key);
    uint64_t out = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out, 16);
    if (digits.size() > 16 || code != std::errc{} || end != digits.data() + digits.size()) {
      fail(key, "is not of up to 16 hexadecimal digits");
    }
    return out;
  }

 private:
  // Null where the key is absent or null.
  const json* find(const char* key) const {
    const auto at = row_.find(key);
    return at == row_.end() || at->is_null() ? nullptr : &*at;
  }
  [[noreturn]] void fail(const char* key, const char* what) const {
    throw Error(ErrorKind::kInput, fmt::format("'{}' of the row {}", key, what), place_);
  }

  const json& row_;
  const Place& place_;
};

}  // namespace

bool Row::operator==(const Row& o) const {
  return id == o.id && code == o.code && source == o.source && seed == o.seed &&
         bbox.lo == o.bbox.lo && bbox.hi == o.bbox.hi && volume == o.volume && hash == o.hash;
}

std::string to_line(const Row& row) {
  return fmt::format(
      R"({{"id": {}, "code": {}, "source": {}, "seed": {}, "bbox": {}, "volume": {}, "hash": {}}})",
      text(row.id, "id"), text(row.code, "code"), text(row.source, "source"),
      row.seed ? fmt::format("{}", *row.seed) : "null",
      row.bbox.empty() ? "null" : numbers(row.bbox),
      row.volume ? number(*row.volume, "volume") : "null",
      row.hash ? fmt::format("\"{:016x}\"", *row.hash) : "null");
}

Row from_line(std::string_view line, const Place& place) {
  const json parsed = json::parse(line, nullptr, false);
  if (!parsed.is_object()) {
    throw Error(ErrorKind::kInput, "the row is no JSON object", place);
  }
  const Reader read(parsed, place);
  Row row;
  row.id = read.string("id");
  row.code = read.string("code", true);
  row.source = read.string("source");
  row.seed = read.integer("seed");
  row.bbox = read.box("bbox");
  row.volume = read.real("volume");
  row.hash = read.hexadecimal("hash");
  return row;
}

}  // namespace cadrecode::dataset
