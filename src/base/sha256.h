// SHA-256 (FIPS 180-4): what a file's bytes are, in 64 hexadecimal digits.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cadrecode {

class Sha256 {
 public:
  void add(std::string_view bytes);
  std::string hex();  // ends it

 private:
  void block(const unsigned char* p);

  std::array<uint32_t, 8> h_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> rest_{};
  uint64_t size_ = 0;
};

std::string sha256(std::string_view bytes);
// Of a file's bytes. Errors: kInput when it cannot be read.
std::string sha256_of_file(const std::string& path);

}  // namespace cadrecode
