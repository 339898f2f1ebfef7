// When two parts count as one, and a set that remembers a hundred million.
#pragma once

#include <cstdint>
#include <vector>

#include "geometry/part/part.h"

namespace cadrecode::procgen {

// 64-bit hash of the part's canonical form (part/canonical.h: loop start and
// direction, order of regions and inner loops, frames of one and the same
// plane), invariant besides to
//   the order of steps    within a run of the same operation, where it has no
//                         meaning (A + B = B + A, A - B - C = A - C - B)
//   the cube's rotations  if asked for: the least of the 24 hashes
// Equal on every machine.
uint64_t invariant_hash(const part::Part& part, bool rotations);

// Open addressing, linear probing, 8 bytes a slot, at most 80 % full: 10 million
// hashes take 128 MiB. Different parts with equal hashes are taken for
// duplicates: with n parts the expected number is n^2 / 2^65, 3e-6 for 10
// million. Such a loss would drop a sample, never let a duplicate pass.
class HashSet {
 public:
  HashSet();
  bool insert(uint64_t hash);  // false if it was there
  bool contains(uint64_t hash) const;
  uint64_t size() const { return size_ + (has_zero_ ? 1 : 0); }
  uint64_t bytes() const { return slots_.size() * sizeof(uint64_t); }

 private:
  uint64_t find(uint64_t hash) const;
  void grow();

  std::vector<uint64_t> slots_;  // 0: free
  uint64_t size_ = 0;
  bool has_zero_ = false;
};

}  // namespace cadrecode::procgen
