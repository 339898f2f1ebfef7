// Counter-based random streams: same seed, same numbers, on every machine.
//
// Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as
// 1, 2, 3"): block i of stream s under seed k is a pure function of (k, s, i),
// so work may be split over threads or shards in any way and still draw the
// same numbers. The outputs are pinned in tests/unit/base/random_test.cpp;
// changing any is changing every data set.
//
// No libm call decides a bit: normals come from Wichura's AS241 with our own
// logarithm, correctly rounded operations only.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>

namespace cadrecode {

// Four 32-bit words from a 128-bit counter and a 64-bit key.
inline std::array<uint32_t, 4> philox4x32(std::array<uint32_t, 4> c, std::array<uint32_t, 2> k) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t p0 = uint64_t{0xD2511F53u} * c[0];
    const uint64_t p1 = uint64_t{0xCD9E8D57u} * c[2];
    c = {static_cast<uint32_t>(p1 >> 32) ^ c[1] ^ k[0], static_cast<uint32_t>(p1),
         static_cast<uint32_t>(p0 >> 32) ^ c[3] ^ k[1], static_cast<uint32_t>(p0)};
    k[0] += 0x9E3779B9u;
    k[1] += 0xBB67AE85u;
  }
  return c;
}

// Natural logarithm of a positive normal number, the same bits everywhere
// (within 2 ulp of exact).
inline double portable_log(double x) {
  const uint64_t bits = std::bit_cast<uint64_t>(x);
  int exponent = static_cast<int>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFull) | 0x3FF0000000000000ull);
  if (m > 1.4142135623730951) m *= 0.5, ++exponent;
  const double s = (m - 1) / (m + 1), z = s * s;  // log m = 2 atanh s, |s| < 0.1716
  double series = 0;
  for (int k = 23; k >= 3; k -= 2) series = (series + 1.0 / k) * z;
  return exponent * 0.6931471805599453 + (2 * s + 2 * s * series);
}

// Inverse of the standard normal distribution function, 0 < p < 1
// (Wichura 1988, algorithm AS241 PPND16; relative error about 1e-16).
inline double normal_quantile(double p);

// One stream of numbers. Two kinds of use: in sequence (next_…), or by index
// (…_at), which leaves the sequence alone. Copying copies the position.
class RandomStream {
 public:
  explicit RandomStream(uint64_t seed, uint64_t stream = 0) : seed_(seed), stream_(stream) {}

  // 64 random bits number `index` of this stream.
  uint64_t bits_at(uint64_t index) const {
    const auto w = block(index >> 1);
    return index & 1 ? join(w[2], w[3]) : join(w[0], w[1]);
  }
  // Uniform in [0, 1), a multiple of 2^-53.
  double uniform_at(uint64_t index) const { return to_unit(bits_at(index)); }

  uint64_t next_bits() {
    if (!(index_ & 1)) buffer_ = block(index_ >> 1);
    const uint64_t bits = index_ & 1 ? join(buffer_[2], buffer_[3]) : join(buffer_[0], buffer_[1]);
    ++index_;
    return bits;
  }
  double next_uniform() { return to_unit(next_bits()); }
  double next_uniform(double lo, double hi) { return lo + (hi - lo) * next_uniform(); }

  // Uniform in 0 … n-1 without bias (Lemire 2019); n > 0.
  uint64_t next_below(uint64_t n) {
    unsigned __int128 m = static_cast<unsigned __int128>(next_bits()) * n;
    if (static_cast<uint64_t>(m) < n) {
      const uint64_t least = (0 - n) % n;
      while (static_cast<uint64_t>(m) < least) m = static_cast<unsigned __int128>(next_bits()) * n;
    }
    return static_cast<uint64_t>(m >> 64);
  }
  // Uniform in lo … hi, both included.
  int64_t next_int(int64_t lo, int64_t hi) {
    const uint64_t span = static_cast<uint64_t>(hi) - static_cast<uint64_t>(lo) + 1;
    return static_cast<int64_t>(static_cast<uint64_t>(lo) +
                                (span ? next_below(span) : next_bits()));
  }
  bool next_chance(double probability) { return next_uniform() < probability; }
  // Standard normal.
  double next_normal() { return normal_quantile(next_uniform() + 0x1p-54); }

  // Fisher-Yates, from the back.
  template <typename Container>
  void shuffle(Container& items) {
    for (uint64_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[next_below(i)]);
  }

  // An independent stream for one sub-task, whatever was drawn here so far.
  RandomStream fork(uint64_t id) const {
    const auto w =
        philox4x32({static_cast<uint32_t>(id), static_cast<uint32_t>(id >> 32),
                    static_cast<uint32_t>(stream_), static_cast<uint32_t>(stream_ >> 32)},
                   {~static_cast<uint32_t>(seed_), ~static_cast<uint32_t>(seed_ >> 32)});
    return RandomStream(join(w[0], w[1]), join(w[2], w[3]));
  }

 private:
  std::array<uint32_t, 4> block(uint64_t number) const {
    return philox4x32({static_cast<uint32_t>(number), static_cast<uint32_t>(number >> 32),
                       static_cast<uint32_t>(stream_), static_cast<uint32_t>(stream_ >> 32)},
                      {static_cast<uint32_t>(seed_), static_cast<uint32_t>(seed_ >> 32)});
  }
  static uint64_t join(uint32_t lo, uint32_t hi) { return lo | uint64_t{hi} << 32; }
  static double to_unit(uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

  uint64_t seed_, stream_, index_ = 0;
  std::array<uint32_t, 4> buffer_{};
};

inline double normal_quantile(double p) {
  const auto ratio = [](double x, const std::array<double, 8>& num,
                        const std::array<double, 8>& den) {
    double n = num[7], d = den[7];
    for (int i = 6; i >= 0; --i) n = n * x + num[i], d = d * x + den[i];
    return n / d;
  };
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    static constexpr std::array<double, 8> a = {3.3871328727963666080e0, 1.3314166789178437745e2,
                                                1.9715909503065514427e3, 1.3731693765509461125e4,
                                                4.5921953931549871457e4, 6.7265770927008700853e4,
                                                3.3430575583588128105e4, 2.5090809287301226727e3};
    static constexpr std::array<double, 8> b = {1.0,
                                                4.2313330701600911252e1,
                                                6.8718700749205790830e2,
                                                5.3941960214247511077e3,
                                                2.1213794301586595867e4,
                                                3.9307895800092710610e4,
                                                2.8729085735721942674e4,
                                                5.2264952788528545610e3};
    return q * ratio(0.180625 - q * q, a, b);
  }
  const double r = std::sqrt(-portable_log(q < 0 ? p : 1 - p));
  double x;
  if (r <= 5) {
    static constexpr std::array<double, 8> c = {
        1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
        3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
        2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static constexpr std::array<double, 8> d = {1.0,
                                                2.05319162663775882187e0,
                                                1.67638483018380384940e0,
                                                6.89767334985100004550e-1,
                                                1.48103976427480074590e-1,
                                                1.51986665636164571966e-2,
                                                5.47593808499534494600e-4,
                                                1.05075007164441684324e-9};
    x = ratio(r - 1.6, c, d);
  } else {
    static constexpr std::array<double, 8> e = {
        6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
        2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
        2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static constexpr std::array<double, 8> f = {1.0,
                                                5.99832206555887937690e-1,
                                                1.36929880922735805310e-1,
                                                1.48753612908506148525e-2,
                                                7.86869131145613259100e-4,
                                                1.84631831751005468180e-5,
                                                1.42151175831644588870e-7,
                                                2.04426310338993978564e-15};
    x = ratio(r - 5, e, f);
  }
  return q < 0 ? -x : x;
}

}  // namespace cadrecode
