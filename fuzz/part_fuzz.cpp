// Any bytes as a pair of parts: the decoder makes every byte string mean steps,
// most of them sensible, so that the engine is searched and not the decoder.
// A verdict is always given; what is valid has a volume, samples, an overlap, a
// canonical form and a text, and all of them agree with one another.
#include <algorithm>
#include <cstdint>

#include "base/error.h"
#include "geometry/part/build.h"
#include "geometry/part/curve.h"
#include "part_checks.h"

using namespace cadrecode;
using namespace cadrecode::part;

namespace {

class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : at_(data), end_(data + size) {}
  bool done() const { return at_ == end_; }
  uint8_t next() { return at_ < end_ ? *at_++ : uint8_t{0}; }
  int below(int n) { return next() % n; }

  // A coordinate as programs have them; now and then one off the grid, or one
  // that is nearly another.
  double number() {
    const uint8_t kind = next();
    const double whole = static_cast<int8_t>(next());
    if (kind < 200) return whole;
    if (kind < 230) return whole + next() / 256.0;
    if (kind < 245) return whole + static_cast<int8_t>(next()) * 1e-6;
    if (kind < 253) return whole + static_cast<int8_t>(next()) * 1e-9;
    return whole * 100;
  }
  Vec2 point() {
    const double x = number();
    return {x, number()};
  }

 private:
  const uint8_t *at_, *end_;
};

Loop chain(Bytes& in) {
  const int n = 2 + in.below(9);
  std::vector<Vec2> corners;
  for (int i = 0; i < n; ++i) {
    Vec2 p = in.point();
    if (i > 0 && in.below(3))
      (in.below(2) ? p.x : p.y) = in.below(2) ? corners.back().x : corners.back().y;
    corners.push_back(p);
  }
  Loop loop;
  for (int i = 0; i < n; ++i) {
    const Vec2 a = corners[i], b = corners[(i + 1) % n];
    if (in.below(3)) {
      loop.curves.push_back(Curve::line(a, b));
    } else {
      const double bulge = in.below(2) ? 0.5 : static_cast<int8_t>(in.next()) / 32.0;
      loop.curves.push_back(Curve::arc(a, (a + b) / 2 + perpendicular(b - a) * bulge, b));
    }
  }
  return loop;
}

Loop loop(Bytes& in) {
  switch (in.below(4)) {
    case 0: {
      const Vec2 c = in.point();
      return circle(c, in.number());
    }
    case 1: {
      const Vec2 c = in.point();
      const double w = in.number();
      return rectangle(c, w, in.number());
    }
    default:
      return chain(in);
  }
}

Frame frame(Bytes& in) {
  static const char* const kNames[] = {"XY", "YZ", "ZX", "XZ", "YX", "ZY"};
  const int kind = in.below(8);
  const double x = in.number(), y = in.number(), z = in.number();
  Frame f = named_plane(kNames[kind % 6], {x, y, z});
  if (kind < 6) return f;
  const double a = in.next() * (kPi / 128), b = in.next() * (kPi / 128);
  f.normal = {std::cos(a) * std::cos(b), std::sin(a) * std::cos(b), std::sin(b)};
  f.x = {-std::sin(a), std::cos(a), 0};
  return f;
}

Profile profile(Bytes& in) {
  std::vector<Loop> loops{loop(in)};
  const int more = std::max(0, in.below(8) - 4);
  for (int i = 0; i < more; ++i) loops.push_back(loop(in));
  const bool sound = std::all_of(loops.begin(), loops.end(),
                                 [](const Loop& l) { return check(l) == LoopFault::kNone; });
  if (sound && in.below(4)) return profile_from_loops(loops);
  Profile p{{{loops[0], {}}}};  // as it comes, nested or not
  for (size_t i = 1; i < loops.size(); ++i) p.regions[0].inner.push_back(loops[i]);
  return p;
}

Part decode(Bytes& in) {
  Part part;
  const int steps = 1 + in.below(5);
  for (int i = 0; i < steps && !in.done(); ++i) {
    const auto operation = static_cast<Operation>(std::max(0, in.below(8) - 5));
    const Frame f = frame(in);
    Profile p = profile(in);
    const double start = in.number();
    part.steps.push_back({i ? operation : Operation::kJoin,
                          {f, std::move(p), start, start + std::abs(in.number())}});
  }
  return part;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Bytes in(data, size);
  const Part a = decode(in), b = decode(in);
  const bool a_valid = prism::verdict(a).valid(), b_valid = prism::verdict(b).valid();
  if (!a_valid) {  // an answer or an Error, whatever it is
    try {
      const prism::Solid solid(a);
      prism::volume(solid);
      prism::bounds(solid);
    } catch (const Error& e) {
      if (e.kind() != ErrorKind::kGeometry) std::abort();
    }
    return 0;
  }
  fuzz::check_form(a);
  fuzz::check_text(a);
  fuzz::check_measures(a, 1);
  if (b_valid) fuzz::check_pair(a, b);
  return 0;
}
