#include "language/interpreter/mersenne.h"

namespace cadrecode::interpreter {

void Mersenne::seed(uint64_t number) {
  std::vector<uint32_t> key{static_cast<uint32_t>(number)};
  if (number >> 32) key.push_back(static_cast<uint32_t>(number >> 32));
  seed_array(key);
  next_gauss.reset();
}

void Mersenne::seed_array(const std::vector<uint32_t>& key) {
  constexpr size_t n = 624;
  state_[0] = 19650218U;
  for (size_t i = 1; i < n; ++i) {
    state_[i] = 1812433253U * (state_[i - 1] ^ (state_[i - 1] >> 30)) + static_cast<uint32_t>(i);
  }
  size_t i = 1, j = 0;
  for (size_t k = n > key.size() ? n : key.size(); k > 0; --k) {
    state_[i] = (state_[i] ^ ((state_[i - 1] ^ (state_[i - 1] >> 30)) * 1664525U)) + key[j] +
                static_cast<uint32_t>(j);
    if (++i >= n) state_[0] = state_[n - 1], i = 1;
    if (++j >= key.size()) j = 0;
  }
  for (size_t k = n - 1; k > 0; --k) {
    state_[i] = (state_[i] ^ ((state_[i - 1] ^ (state_[i - 1] >> 30)) * 1566083941U)) -
                static_cast<uint32_t>(i);
    if (++i >= n) state_[0] = state_[n - 1], i = 1;
  }
  state_[0] = 0x80000000U;
  next_ = n;
}

uint32_t Mersenne::word() {
  constexpr size_t n = 624, m = 397;
  if (next_ >= n) {
    for (size_t k = 0; k < n; ++k) {
      const uint32_t y = (state_[k] & 0x80000000U) | (state_[(k + 1) % n] & 0x7FFFFFFFU);
      state_[k] = state_[(k + m) % n] ^ (y >> 1) ^ ((y & 1U) ? 0x9908B0DFU : 0U);
    }
    next_ = 0;
  }
  uint32_t y = state_[next_++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9D2C5680U;
  y ^= (y << 15) & 0xEFC60000U;
  return y ^ (y >> 18);
}

double Mersenne::unit() {
  const uint32_t a = word() >> 5, b = word() >> 6;
  return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0);
}

uint64_t Mersenne::bits(int count) {
  if (count <= 32) return word() >> (32 - count);
  const uint64_t low = word();
  return low | static_cast<uint64_t>(word() >> (64 - count)) << 32;
}

uint64_t Mersenne::below(uint64_t n) {
  const int count = 64 - __builtin_clzll(n);
  uint64_t r = bits(count);
  while (r >= n) r = bits(count);
  return r;
}

}  // namespace cadrecode::interpreter
