// Writing zip archives (PKWARE APPNOTE 6.3): local headers with their data, then
// the directory.
#include <zlib.h>

#include "base/error.h"
#include "geometry/mesh/zip.h"

namespace cadrecode::mesh {
namespace {

void put(std::string& out, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 255);
}

std::string deflated(const std::string& bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw Error(ErrorKind::kLimit, "no memory to compress a zip entry");
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

void ZipWriter::add(const std::string& name, const std::string& bytes) {
  std::string packed = deflated(bytes), common;
  put(common, 20, 2);  // version needed
  put(common, 0, 2);
  put(common, 8, 2);  // deflate
  put(common, 0, 2);
  put(common, 33, 2);
  put(common,
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())), 4);
  put(common, packed.size(), 4);
  put(common, bytes.size(), 4);
  put(common, name.size(), 2);
  put(common, 0, 2);  // no extra field
  directory_ += std::string("PK\x01\x02", 4);
  put(directory_, 20, 2);
  directory_ += common;
  directory_.append(10, '\0');  // no comment, disk 0, no attributes
  put(directory_, data_.size(), 4);
  directory_ += name;
  data_ += std::string("PK\x03\x04", 4) + common + name + packed;
  ++count_;
}

std::string ZipWriter::finish() const {
  std::string out = data_ + directory_ + std::string("PK\x05\x06", 4);
  put(out, 0, 4);
  put(out, count_, 2);
  put(out, count_, 2);
  put(out, directory_.size(), 4);
  put(out, data_.size(), 4);
  put(out, 0, 2);
  return out;
}

}  // namespace cadrecode::mesh
