// A shuffled order of any number of rows, without a list of them.
//
// Permutation(n, seed, epoch) maps 0 ... n-1 onto itself; value and inverse of
// one place cost a few block ciphers and no memory, so any worker may ask for
// any place of any epoch.
//
// Method: format-preserving encryption (Black and Rogaway 2002). n is put into
// a grid of a x b >= n cells, a = ceil(sqrt n); an alternating Feistel network
// over Z_a x Z_b (ten rounds, round function Philox 4x32-10 keyed by seed and
// epoch) permutes the grid, and cells beyond n are walked on until one below n
// comes (less than 1 + 1/sqrt n steps on average).
#pragma once

#include <cstdint>

namespace cadrecode::dataset {

class Permutation {
 public:
  Permutation(uint64_t n, uint64_t seed, uint64_t epoch);

  uint64_t size() const { return n_; }
  uint64_t at(uint64_t place) const;   // place < size()
  uint64_t place(uint64_t row) const;  // its inverse

 private:
  uint64_t round(uint64_t value, int number) const;

  uint64_t n_, a_, b_, seed_, epoch_;
};

}  // namespace cadrecode::dataset
