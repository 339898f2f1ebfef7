// A name to a number: the same on every machine.
#pragma once

#include <cstdint>
#include <string_view>

namespace cadrecode {

// FNV-1a, 64 bits; `hash`: what was hashed before, to go on from. Not for untrusted
// keys of a table, nor against forgery (sha256.h).
inline uint64_t fnv1a(std::string_view text, uint64_t hash = 14695981039346656037u) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

}  // namespace cadrecode
