// A zip archive of stored or deflated files, for the 3MF tests.
#pragma once

#include <zlib.h>

#include <cstring>
#include <string>
#include <vector>

namespace cadrecode::shapes {

struct ZipFile {
  std::string name, content;
};

inline std::string deflated(const std::string& text) {
  z_stream z{};
  deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, static_cast<uLong>(text.size())), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

inline std::string zip(const std::vector<ZipFile>& files, bool compress) {
  std::string out, directory;
  const auto put = [](std::string& to, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i));
  };
  for (const ZipFile& f : files) {
    const std::string data = compress ? deflated(f.content) : f.content;
    const size_t offset = out.size();
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(f.content.data()),
                           static_cast<uInt>(f.content.size()));
    const auto common = [&](std::string& to) {
      put(to, 20, 2), put(to, 0, 2), put(to, compress ? 8 : 0, 2), put(to, 0, 4);
      put(to, crc, 4), put(to, data.size(), 4), put(to, f.content.size(), 4);
      put(to, f.name.size(), 2), put(to, 0, 2);
    };
    put(out, 0x04034b50, 4), common(out);
    out += f.name + data;
    put(directory, 0x02014b50, 4), put(directory, 20, 2), common(directory);
    put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 4);
    put(directory, offset, 4);
    directory += f.name;
  }
  const size_t at = out.size();
  out += directory;
  put(out, 0x06054b50, 4), put(out, 0, 4), put(out, files.size(), 2), put(out, files.size(), 2);
  put(out, directory.size(), 4), put(out, at, 4), put(out, 0, 2);
  return out;
}

}  // namespace cadrecode::shapes
