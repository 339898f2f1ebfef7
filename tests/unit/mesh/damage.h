// Feeding readers damaged files: each must give a result or Error(kInput, kLimit
// or kUnsupported) naming the file, never anything else.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/random.h"

namespace cadrecode::damage {

// Reads `bytes` from a buffer of exactly that size (so that a sanitizer sees a
// read past the end). True when the reader took it.
template <typename Read>
bool takes(std::string_view bytes, const std::string& name, const Read& read) {
  const std::vector<char> exact(bytes.begin(), bytes.end());
  try {
    read(std::string_view(exact.data(), exact.size()), name);
    return true;
  } catch (const Error& error) {
    EXPECT_TRUE(error.kind() == ErrorKind::kInput || error.kind() == ErrorKind::kUnsupported ||
                error.kind() == ErrorKind::kLimit)
        << error.what();
    EXPECT_EQ(error.place().file.substr(0, name.size()), name) << error.what();
    EXPECT_STRNE(error.what(), "");
    return false;
  }
}

// Every proper prefix; returns how many were taken (0 for formats that say
// how long they are).
template <typename Read>
size_t prefixes_taken(std::string_view bytes, const std::string& name, const Read& read) {
  size_t taken = 0;
  for (size_t n = 0; n < bytes.size(); ++n) taken += takes(bytes.substr(0, n), name, read);
  EXPECT_TRUE(takes(bytes, name, read));
  return taken;
}

// Files with a few bytes changed at random.
template <typename Read>
void scramble(std::string_view bytes, const std::string& name, const Read& read,
              int rounds = 2000) {
  RandomStream random(bytes.size());
  for (int i = 0; i < rounds; ++i) {
    std::string copy(bytes);
    for (uint64_t k = random.next_below(4) + 1; k > 0; --k) {
      copy[random.next_below(copy.size())] = static_cast<char>(random.next_below(256));
    }
    takes(copy, name, read);
  }
}

}  // namespace cadrecode::damage
