// Zip archives in memory (PKWARE APPNOTE 6.3): reading stored and deflated
// entries by name, in pieces; writing deflated ones.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cadrecode::mesh {

struct ZipEntry {
  std::string name;
  uint64_t packed = 0, size = 0;  // bytes in the archive, bytes unpacked
  uint64_t header = 0;            // of the local header
  uint32_t crc = 0;
  uint16_t method = 0, flags = 0;
};

// Errors, here and below: kInput for a damaged archive, kUnsupported for
// encrypted entries and other methods; `name` stands in messages.
std::vector<ZipEntry> read_zip_directory(std::string_view archive, const std::string& name);

// Unpacks in pieces of at most 64 KiB and checks length and checksum. An entry
// that swells more than a hundredfold beyond 64 MiB is refused (kLimit).
void unzip(std::string_view archive, const ZipEntry& entry, const std::string& name,
           const std::function<void(std::string_view piece)>& on_piece);

// Collects files and makes the archive. The time stamp is DOS time zero
// (1980-01-01), so that the same files give the same bytes. Up to 4 GiB in all.
class ZipWriter {
 public:
  void add(const std::string& name, const std::string& bytes);
  std::string finish() const;

 private:
  std::string data_, directory_;
  uint64_t count_ = 0;
};

}  // namespace cadrecode::mesh
