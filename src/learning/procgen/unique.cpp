#include "learning/procgen/unique.h"

#include <algorithm>
#include <utility>

#include "geometry/part/canonical.h"

namespace cadrecode::procgen {
namespace {

uint64_t mixed(uint64_t x) {  // the finaliser of splitmix64
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

// Runs of one operation add up, so their order has no part in it; the runs
// follow one another.
uint64_t order_free_hash(const part::Part& part) {
  uint64_t state = 0x243F6A8885A308D3ull;
  for (size_t i = 0; i < part.steps.size();) {
    const part::Operation operation = part.steps[i].operation;
    uint64_t run = 0;
    for (; i < part.steps.size() && part.steps[i].operation == operation; ++i) {
      run += mixed(part::hash(part::Part{{part.steps[i]}}));
    }
    state = mixed(state ^ mixed(run + static_cast<uint64_t>(operation)));
  }
  return state;
}

// The cube's rotations: signed permutations of determinant 1.
std::vector<Frame> cube_rotations() {
  std::vector<Frame> out;
  for (int x = 0; x < 6; ++x) {
    for (int n = 0; n < 6; ++n) {
      if (x / 2 == n / 2) continue;
      Frame f;
      f.x = {}, f.normal = {};
      f.x[x / 2] = x % 2 ? -1 : 1;
      f.normal[n / 2] = n % 2 ? -1 : 1;
      out.push_back(f);
    }
  }
  return out;
}

}  // namespace

uint64_t invariant_hash(const part::Part& part, bool rotations) {
  if (!rotations) return order_free_hash(part);
  static const std::vector<Frame> kRotations = cube_rotations();
  uint64_t least = ~uint64_t{0};
  for (const Frame& f : kRotations) {
    least = std::min(least, order_free_hash(part::moved(part, {f, 1})));
  }
  return least;
}

HashSet::HashSet() : slots_(uint64_t{1} << 12) {}

// The slot of `hash`, or the free one where it belongs.
uint64_t HashSet::find(uint64_t hash) const {
  const uint64_t mask = slots_.size() - 1;
  uint64_t at = mixed(hash) & mask;
  while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & mask;
  return at;
}

bool HashSet::contains(uint64_t hash) const {
  return hash == 0 ? has_zero_ : slots_[find(hash)] == hash;
}

bool HashSet::insert(uint64_t hash) {
  if (hash == 0) return !std::exchange(has_zero_, true);
  const uint64_t at = find(hash);
  if (slots_[at] == hash) return false;
  slots_[at] = hash;
  if (++size_ * 5 > slots_.size() * 4) grow();
  return true;
}

void HashSet::grow() {
  std::vector<uint64_t> old(slots_.size() * 2);
  old.swap(slots_);
  for (const uint64_t hash : old) {
    if (hash != 0) slots_[find(hash)] = hash;
  }
}

}  // namespace cadrecode::procgen
