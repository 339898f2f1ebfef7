#include "geometry/mesh/zip.h"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "geometry/mesh/text.h"

namespace cadrecode::mesh {
namespace {

constexpr uint32_t kEndMagic = 0x06054b50, kEntryMagic = 0x02014b50, kLocalMagic = 0x04034b50;
constexpr size_t kEndSize = 22, kEntrySize = 46, kLocalSize = 30;
constexpr uint64_t kFreeSize = uint64_t{64} << 20, kMostSwelling = 100;

[[noreturn]] void fail(const std::string& message, const std::string& name) {
  throw Error(ErrorKind::kInput, "zip archive: " + message, {name});
}

template <typename T>
T at(std::string_view bytes, uint64_t offset, const std::string& name) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) {
    fail("it ends before byte " + std::to_string(offset + sizeof(T)), name);
  }
  return load<T>(bytes.data() + offset, false);
}

// The end record is the last thing but for a comment of at most 65535 bytes.
size_t find_end(std::string_view bytes, const std::string& name) {
  if (bytes.size() >= kEndSize) {
    const size_t last = bytes.size() - kEndSize;
    for (size_t back = 0; back <= std::min<size_t>(last, 65535); ++back) {
      if (load<uint32_t>(bytes.data() + last - back, false) == kEndMagic &&
          load<uint16_t>(bytes.data() + last - back + 20, false) == back) {
        return last - back;
      }
    }
  }
  fail("its directory is missing: the file is cut off or damaged", name);
}

void check_entry(const ZipEntry& entry, const std::string& name) {
  if (entry.flags & 1) {
    throw Error(ErrorKind::kUnsupported, "zip archive: '" + shown(entry.name) + "' is encrypted",
                {name});
  }
  if (entry.method != 0 && entry.method != 8) {
    throw Error(ErrorKind::kUnsupported,
                "zip archive: '" + shown(entry.name) + "' uses packing method " +
                    std::to_string(entry.method),
                {name});
  }
  if (entry.size > kFreeSize && entry.size / kMostSwelling > entry.packed) {
    throw Error(ErrorKind::kLimit,
                "zip archive: '" + shown(entry.name) + "' swells from " +
                    std::to_string(entry.packed) + " to " + std::to_string(entry.size) + " bytes",
                {name});
  }
}

// Takes the pieces' length and checksum as they pass.
struct Sink {
  const ZipEntry& entry;
  const std::string& name;
  const std::function<void(std::string_view)>& on_piece;
  uint64_t size = 0;
  uLong crc = crc32(0, nullptr, 0);

  void take(std::string_view piece) {
    size += piece.size();
    if (size > entry.size) fail("'" + shown(entry.name) + "' is longer than it says", name);
    crc = crc32(crc, reinterpret_cast<const Bytef*>(piece.data()), static_cast<uInt>(piece.size()));
    on_piece(piece);
  }
  void finish() const {
    if (size != entry.size) fail("'" + shown(entry.name) + "' is shorter than it says", name);
    if (crc != entry.crc) fail("'" + shown(entry.name) + "' has a wrong checksum", name);
  }
};

constexpr size_t kPiece = size_t{1} << 16;

struct Inflater {
  z_stream stream{};
  explicit Inflater(const std::string& name) {
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) fail("zlib cannot start", name);
  }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
};

void inflate_all(std::string_view packed, Sink& sink) {
  Inflater inflater(sink.name);
  z_stream& z = inflater.stream;
  std::vector<char> buffer(kPiece);
  size_t given = 0;
  for (int status = Z_OK; status != Z_STREAM_END;) {
    if (z.avail_in == 0) {
      const size_t n = std::min(packed.size() - given, kPiece);
      z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + given));
      z.avail_in = static_cast<uInt>(n);
      given += n;
    }
    z.next_out = reinterpret_cast<Bytef*>(buffer.data());
    z.avail_out = static_cast<uInt>(kPiece);
    status = inflate(&z, Z_NO_FLUSH);
    const size_t made = kPiece - z.avail_out;
    sink.take({buffer.data(), made});
    const bool stuck = status == Z_BUF_ERROR ||
                       (made == 0 && given == packed.size() && z.avail_in == 0 && status == Z_OK);
    if (stuck || (status != Z_OK && status != Z_STREAM_END)) {
      fail("'" + shown(sink.entry.name) + "' is damaged", sink.name);
    }
  }
}

}  // namespace

std::vector<ZipEntry> read_zip_directory(std::string_view archive, const std::string& name) {
  const size_t end = find_end(archive, name);
  const auto count = at<uint16_t>(archive, end + 10, name);
  uint64_t offset = at<uint32_t>(archive, end + 16, name);
  if (count == 0xFFFF || offset == 0xFFFFFFFF) {
    throw Error(ErrorKind::kUnsupported, "zip64 archives; save the mesh as STL or PLY", {name});
  }
  std::vector<ZipEntry> entries;
  for (uint32_t i = 0; i < count; ++i) {
    if (at<uint32_t>(archive, offset, name) != kEntryMagic) fail("its directory is damaged", name);
    ZipEntry entry;
    entry.flags = at<uint16_t>(archive, offset + 8, name);
    entry.method = at<uint16_t>(archive, offset + 10, name);
    entry.crc = at<uint32_t>(archive, offset + 16, name);
    entry.packed = at<uint32_t>(archive, offset + 20, name);
    entry.size = at<uint32_t>(archive, offset + 24, name);
    const auto name_size = at<uint16_t>(archive, offset + 28, name);
    const auto extra_size = at<uint16_t>(archive, offset + 30, name);
    const auto comment_size = at<uint16_t>(archive, offset + 32, name);
    entry.header = at<uint32_t>(archive, offset + 42, name);
    if (offset + kEntrySize + name_size > archive.size()) fail("its directory is cut off", name);
    entry.name = archive.substr(offset + kEntrySize, name_size);
    offset += kEntrySize + name_size + extra_size + comment_size;
    entries.push_back(std::move(entry));
  }
  return entries;
}

void unzip(std::string_view archive, const ZipEntry& entry, const std::string& name,
           const std::function<void(std::string_view piece)>& on_piece) {
  check_entry(entry, name);
  if (at<uint32_t>(archive, entry.header, name) != kLocalMagic) {
    fail("'" + shown(entry.name) + "' has no header at byte " + std::to_string(entry.header), name);
  }
  const uint64_t data = entry.header + kLocalSize + at<uint16_t>(archive, entry.header + 26, name) +
                        at<uint16_t>(archive, entry.header + 28, name);
  if (data > archive.size() || archive.size() - data < entry.packed) {
    fail("'" + shown(entry.name) + "' is cut off", name);
  }
  const std::string_view packed = archive.substr(data, entry.packed);
  Sink sink{entry, name, on_piece};
  if (entry.method == 8) {
    inflate_all(packed, sink);
  } else {
    for (size_t i = 0; i < packed.size(); i += kPiece) sink.take(packed.substr(i, kPiece));
  }
  sink.finish();
}

}  // namespace cadrecode::mesh
