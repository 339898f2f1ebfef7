// The header of a safetensors file: JSON from a stranger, read event by event.
//
// nlohmann's SAX parser keeps no tree and no call stack, so nesting cannot hurt,
// and it shows every key, so duplicates cannot hide.
#include <algorithm>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "learning/checkpoint/safetensors.h"

namespace cadrecode::checkpoint {
namespace {

constexpr uint64_t kMaxHeader = 100'000'000;  // the reference's limit
constexpr size_t kMaxRank = 32;               // more dimensions than any tensor library has

// A name for a message: control characters and length kept in bounds.
std::string shown(const std::string& text) {
  std::string out;
  for (const char c : text.substr(0, 120)) {
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  }
  return text.size() > 120 ? out + "…" : out;
}

struct Entry {
  std::string name, dtype;
  std::vector<uint64_t> shape, offsets;
  bool has_dtype = false, has_shape = false, has_offsets = false;
};

// What the events mean, by where we are: the outer object, __metadata__, a
// tensor, or one of a tensor's two arrays.
class HeaderEvents : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::vector<Entry> entries;
  std::map<std::string, std::string> metadata;
  std::string problem;  // the first one; stops the parser

  bool null() override { return fail("a null"); }
  bool boolean(bool) override { return fail("a truth value"); }
  bool number_integer(number_integer_t) override { return fail("a negative number"); }
  bool number_float(number_float_t, const string_t&) override { return fail("a fraction"); }
  bool binary(binary_t&) override { return fail("binary data"); }

  bool number_unsigned(number_unsigned_t value) override {
    if (where_ != Where::kArray) return fail("a number");
    if (array_->size() == kMaxRank) return fail("more than 32 numbers");
    array_->push_back(value);
    return true;
  }

  bool string(string_t& value) override {
    if (where_ == Where::kMetadata) {
      if (!metadata.emplace(key_, value).second) return fail("a repeated key");
      return true;
    }
    if (where_ != Where::kTensor || key_ != "dtype") return fail("a text");
    entries.back().dtype = value;
    return once(entries.back().has_dtype);
  }

  bool start_object(std::size_t) override {
    if (where_ == Where::kStart) return enter(Where::kOuter);
    if (where_ != Where::kOuter) return fail("an object");
    if (key_ == "__metadata__") return once(seen_metadata_) && enter(Where::kMetadata);
    if (!names_.insert(key_).second) return fail("a second tensor of this name");
    entries.push_back({key_});
    return enter(Where::kTensor);
  }

  bool key(string_t& name) override {
    key_ = name;
    return true;
  }

  bool end_object() override {
    if (where_ == Where::kTensor) {
      const Entry& e = entries.back();
      key_ = e.name;
      if (!e.has_dtype || !e.has_shape || !e.has_offsets) {
        return fail("no dtype, shape or data_offsets");
      }
    }
    return enter(where_ == Where::kOuter ? Where::kEnd : Where::kOuter);
  }

  bool start_array(std::size_t) override {
    if (where_ != Where::kTensor) return fail("a list");
    Entry& e = entries.back();
    const bool shape = key_ == "shape";
    if (!shape && key_ != "data_offsets") return fail("a list");
    array_ = shape ? &e.shape : &e.offsets;
    return once(shape ? e.has_shape : e.has_offsets) && enter(Where::kArray);
  }

  bool end_array() override { return enter(Where::kTensor); }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception&) override {
    problem = "is no JSON in UTF-8 (byte " + std::to_string(position) + ")";
    return false;
  }

 private:
  enum class Where { kStart, kOuter, kMetadata, kTensor, kArray, kEnd };

  bool enter(Where where) {
    where_ = where;
    return true;
  }
  bool once(bool& flag) {
    if (flag) return fail("a repeated key");
    return flag = true;
  }
  bool fail(const std::string& what) {
    const std::string at = where_ == Where::kTensor || where_ == Where::kArray
                               ? "tensor '" + shown(entries.back().name) + "', "
                               : std::string();
    problem = "has, at " + at + "'" + shown(key_) + "', " + what;
    return false;
  }

  Where where_ = Where::kStart;
  std::string key_;
  std::vector<uint64_t>* array_ = nullptr;
  std::set<std::string> names_;
  bool seen_metadata_ = false;
};

class Reader {
 public:
  Reader(std::span<const std::byte> bytes, std::string_view file) : bytes_(bytes), file_(file) {}

  Header read() {
    const uint64_t length = header_length();
    HeaderEvents events;
    const char* text = reinterpret_cast<const char*>(bytes_.data()) + 8;
    if (length == 0 || text[0] != '{') fail("the header does not start with '{'");
    if (!nlohmann::json::sax_parse(text, text + length, &events)) {
      fail("the header " + events.problem);
    }
    buffer_ = bytes_.subspan(8 + length);
    Header header{{}, std::move(events.metadata)};
    for (const Entry& e : events.entries) header.tensors.push_back(tensor(e));
    check_cover(header.tensors);
    return header;
  }

 private:
  [[noreturn]] void fail(const std::string& what, ErrorKind kind = ErrorKind::kInput) const {
    throw Error(kind, std::string(file_) + ": " + what, {std::string(file_), 0, 0});
  }
  [[noreturn]] void fail(const Entry& e, const std::string& what,
                         ErrorKind kind = ErrorKind::kInput) const {
    fail("tensor '" + shown(e.name) + "' " + what, kind);
  }

  uint64_t header_length() const {
    if (bytes_.size() < 8) {
      fail("not a safetensors file: " + std::to_string(bytes_.size()) +
           " bytes, at least 8 wanted");
    }
    uint64_t length = 0;
    for (int i = 7; i >= 0; --i) length = length << 8 | static_cast<uint8_t>(bytes_[i]);
    if (length > kMaxHeader) {
      fail("header of " + std::to_string(length) +
           " bytes, more than the format's 100,000,000: not a safetensors file?");
    }
    if (length > bytes_.size() - 8) {
      fail("cut short: header of " + std::to_string(length) + " bytes in a file of " +
           std::to_string(bytes_.size()));
    }
    return length;
  }

  Tensor tensor(const Entry& e) const {
    const auto type = dtype_from_name(e.dtype);
    if (!type)
      fail(e, "has elements of unknown type '" + shown(e.dtype) + "'", ErrorKind::kUnsupported);
    if (e.offsets.size() != 2) fail(e, "has data_offsets that are not two numbers");
    Tensor out{e.name, *type, {}, {}, file_};
    uint64_t size = bytes_of(*type);
    for (const uint64_t n : e.shape) {
      if (n > uint64_t{std::numeric_limits<int64_t>::max()} ||
          __builtin_mul_overflow(size, n, &size)) {
        fail(e, "has a shape whose size overflows");
      }
      out.shape.push_back(static_cast<int64_t>(n));
    }
    const uint64_t begin = e.offsets[0], end = e.offsets[1];
    if (end < begin || end > buffer_.size()) {
      fail(e, "lies at bytes " + std::to_string(begin) + " to " + std::to_string(end) +
                  ", the file holds " + std::to_string(buffer_.size()) +
                  (end >= begin ? " (cut short?)" : ""));
    }
    if (end - begin != size) {
      fail(e, "of type " + e.dtype + " and shape " + to_string(out.shape) + " takes " +
                  std::to_string(size) + " bytes, but has " + std::to_string(end - begin));
    }
    out.data = buffer_.subspan(begin, size);
    return out;
  }

  // Sorted by place, the tensors must follow each other without gap or overlap
  // and fill the file: bytes that belong to nobody could be anything.
  void check_cover(std::vector<Tensor>& tensors) const {
    std::stable_sort(tensors.begin(), tensors.end(), [](const Tensor& a, const Tensor& b) {
      return std::pair(a.data.data(), a.data.size()) < std::pair(b.data.data(), b.data.size());
    });
    const std::byte* next = buffer_.data();
    for (const Tensor& t : tensors) {
      if (t.data.data() != next) {
        fail("tensor '" + shown(t.name) + "' " +
             (t.data.data() < next ? "overlaps its neighbour" : "leaves a gap before it"));
      }
      next = t.data.data() + t.data.size();
    }
    const auto rest = buffer_.data() + buffer_.size() - next;
    if (rest != 0) fail(std::to_string(rest) + " bytes after the last tensor belong to none");
  }

  std::span<const std::byte> bytes_, buffer_;
  std::string_view file_;
};

}  // namespace

Header parse_safetensors(std::span<const std::byte> bytes, std::string_view file) {
  return Reader(bytes, file).read();
}

std::string to_string(const Shape& shape) {
  std::string out = "[";
  for (size_t i = 0; i < shape.size(); ++i) out += (i ? ", " : "") + std::to_string(shape[i]);
  return out + "]";
}

std::vector<float> floats_of(const Tensor& tensor) {
  std::vector<float> out(tensor.count());
  try {
    to_floats(tensor.dtype, tensor.data.data(), out.size(), out.data());
  } catch (const Error& error) {
    throw Error(error.kind(),
                std::string(tensor.file) + ": tensor '" + shown(tensor.name) + "': " + error.what(),
                {std::string(tensor.file), 0, 0});
  }
  return out;
}

}  // namespace cadrecode::checkpoint
