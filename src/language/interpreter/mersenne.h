// CPython's random generator: MT19937 with init_by_array seeding, so that a
// seeded program draws the same numbers here as there.
// Source: M. Matsumoto, T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998),
// and CPython's _randommodule.c and random.py for what is made of its words.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace cadrecode::interpreter {

class Mersenne {
 public:
  Mersenne() { seed(0); }
  void seed(uint64_t number);  // random.seed(±number)
  uint32_t word();
  double unit();                     // random.random(): [0, 1), 53 bits
  uint64_t bits(int count);          // random.getrandbits(count), count in 1 … 64
  uint64_t below(uint64_t n);        // random._randbelow(n), n > 0
  std::optional<double> next_gauss;  // gauss() makes two numbers at a time

 private:
  void seed_array(const std::vector<uint32_t>& key);
  std::array<uint32_t, 624> state_;
  size_t next_ = 624;
};

}  // namespace cadrecode::interpreter
