#include "language/cadquery/set_order.h"

#include <bit>
#include <cmath>
#include <optional>

namespace cadrecode::cadquery {
namespace {

constexpr int kHashBits = 61;
constexpr uint64_t kModulus = (uint64_t{1} << kHashBits) - 1;

constexpr std::size_t kSmallestTable = 8;
constexpr std::size_t kLinearProbes = 9;
constexpr int kPerturbShift = 5;

struct Entry {
  Vec2 key;
  uint64_t hash;
};
using Slots = std::vector<std::optional<Entry>>;

// The slot that holds `entry`, or the empty one where it belongs.
std::size_t find_slot(const Slots& slots, const Entry& entry) {
  const std::size_t mask = slots.size() - 1;
  uint64_t perturb = entry.hash;
  std::size_t i = entry.hash & mask;
  while (true) {
    const std::size_t run = i + kLinearProbes <= mask ? kLinearProbes : 0;
    for (std::size_t at = i; at <= i + run; ++at)
      if (!slots[at] || (slots[at]->hash == entry.hash && slots[at]->key == entry.key)) return at;
    perturb >>= kPerturbShift;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

// CPython grows a table that is three fifths full to four times its entries.
Slots grown(const Slots& slots, std::size_t used) {
  std::size_t size = kSmallestTable;
  while (size <= used * 4) size *= 2;
  Slots larger(size);
  for (const auto& slot : slots)
    if (slot) larger[find_slot(larger, *slot)] = slot;
  return larger;
}

uint64_t rotated(uint64_t x, int bits) {
  return ((x << bits) & kModulus) | (x >> (kHashBits - bits));
}

}  // namespace

int64_t python_hash(double number) {
  int exponent = 0;
  double mantissa = std::frexp(std::abs(number), &exponent);
  uint64_t x = 0;
  while (mantissa != 0) {
    x = rotated(x, 28);
    mantissa *= 268435456.0;  // 2^28
    exponent -= 28;
    const auto digit = static_cast<uint64_t>(mantissa);
    mantissa -= static_cast<double>(digit);
    x += digit;
    if (x >= kModulus) x -= kModulus;
  }
  const int shift =
      exponent >= 0 ? exponent % kHashBits : kHashBits - 1 - ((-1 - exponent) % kHashBits);
  const auto hash = static_cast<int64_t>(rotated(x, shift));
  const int64_t signed_hash = number < 0 ? -hash : hash;
  return signed_hash == -1 ? -2 : signed_hash;
}

// The xxHash of tuples.
int64_t python_hash(Vec2 point) {
  constexpr uint64_t kPrime1 = 11400714785074694791U, kPrime2 = 14029467366897019727U,
                     kPrime5 = 2870177450012600261U;
  uint64_t sum = kPrime5;
  for (double number : {point.x, point.y}) {
    sum += static_cast<uint64_t>(python_hash(number)) * kPrime2;
    sum = std::rotl(sum, 31);
    sum *= kPrime1;
  }
  sum += 2 ^ (kPrime5 ^ 3527539U);
  return sum == ~uint64_t{0} ? 1546275796 : static_cast<int64_t>(sum);
}

std::vector<Vec2> in_set_order(const std::vector<Vec2>& points) {
  Slots slots(kSmallestTable);
  std::size_t used = 0;
  for (Vec2 point : points) {
    const Entry entry{point, static_cast<uint64_t>(python_hash(point))};
    const std::size_t at = find_slot(slots, entry);
    if (slots[at]) continue;
    slots[at] = entry;
    ++used;
    if (used * 5 >= (slots.size() - 1) * 3) slots = grown(slots, used);
  }
  std::vector<Vec2> ordered;
  for (const auto& slot : slots)
    if (slot) ordered.push_back(slot->key);
  return ordered;
}

}  // namespace cadrecode::cadquery
