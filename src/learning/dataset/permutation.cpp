#include "learning/dataset/permutation.h"

#include <cmath>

#include "base/random.h"

namespace cadrecode::dataset {
namespace {

constexpr int kRounds = 10;

uint64_t ceil_sqrt(uint64_t n) {
  auto a = static_cast<uint64_t>(std::sqrt(static_cast<double>(n)));
  while (a > 1 && (a - 1) * (a - 1) >= n) --a;
  while (a * a < n) ++a;
  return a;
}

}  // namespace

Permutation::Permutation(uint64_t n, uint64_t seed, uint64_t epoch)
    : n_(n), a_(n ? ceil_sqrt(n) : 1), b_(n ? (n + a_ - 1) / a_ : 1), seed_(seed), epoch_(epoch) {}

uint64_t Permutation::round(uint64_t value, int number) const {
  const auto w =
      philox4x32({static_cast<uint32_t>(value), static_cast<uint32_t>(value >> 32),
                  static_cast<uint32_t>(epoch_),
                  static_cast<uint32_t>(epoch_ >> 32) ^ (static_cast<uint32_t>(number) << 16)},
                 {static_cast<uint32_t>(seed_), static_cast<uint32_t>(seed_ >> 32)});
  return w[0] | uint64_t{w[1]} << 32;
}

// The bias of `% a` is below a / 2^64.
uint64_t Permutation::at(uint64_t place) const {
  do {
    uint64_t l = place % a_, r = place / a_;
    for (int i = 0; i < kRounds; i += 2) {
      l = (l + round(r, i) % a_) % a_;
      r = (r + round(l, i + 1) % b_) % b_;
    }
    place = r * a_ + l;
  } while (place >= n_);
  return place;
}

uint64_t Permutation::place(uint64_t row) const {
  do {
    uint64_t l = row % a_, r = row / a_;
    for (int i = kRounds - 2; i >= 0; i -= 2) {
      r = (r + b_ - round(l, i + 1) % b_) % b_;
      l = (l + a_ - round(r, i) % a_) % a_;
    }
    row = r * a_ + l;
  } while (row >= n_);
  return row;
}

}  // namespace cadrecode::dataset
