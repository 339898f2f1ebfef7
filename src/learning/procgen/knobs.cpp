#include "learning/procgen/knobs.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <cmath>
#include <functional>
#include <numeric>
#include <type_traits>

#include "base/error.h"
#include "base/files.h"

namespace cadrecode::procgen {
namespace {

struct Range {
  double lo, hi;
};
constexpr Range kShare{0, 1}, kLength{1e-6, 100}, kAny{0, 1e6};

// The one list of keys: name, member, range of every number in it.
template <typename K, typename Visit>
void each_key(K& k, Visit&& visit) {
  visit("primitives", k.primitives, kAny);
  visit("circle", k.circle, kShare);
  visit("rotated", k.rotated, kShare);
  visit("concentric", k.concentric, kShare);
  visit("concentric_steps", k.concentric_steps, kShare);
  visit("cut", k.cut, kShare);
  visit("cut_concentric", k.cut_concentric, kShare);
  visit("cut_size", k.cut_size, kShare);
  visit("cuts_last", k.cuts_last, kShare);
  visit("side_min", k.side_min, kLength);
  visit("side_max", k.side_max, kLength);
  visit("reach", k.reach, kAny);
  visit("regions", k.regions, kAny);
  visit("keep_large", k.keep_large, Range{0, 10});
  visit("hole", k.hole, kShare);
  visit("hole_centered", k.hole_centered, kShare);
  visit("steps", k.steps, kAny);
  visit("second_plane", k.second_plane, kShare);
  visit("second_regions", k.second_regions, Range{0, 1000});
  visit("height_min", k.height_min, kLength);
  visit("height_max", k.height_max, kLength);
  visit("offset", k.offset, kAny);
  visit("cut_step", k.cut_step, kShare);
  visit("intersect_step", k.intersect_step, kShare);
  visit("ascending", k.ascending, kShare);
  visit("half_side", k.half_side, Range{1, 1e6});
  visit("least_length", k.least_length, kAny);
  visit("most_chars", k.most_chars, Range{1, 1e6});
  visit("box_error", k.box_error, kAny);
  visit("least_effect", k.least_effect, kShare);
  visit("rotations", k.rotations, Range{0, 1});
  visit("attempts", k.attempts, Range{1, 1e6});
}

[[noreturn]] void fail(const std::string& key, const std::string& what, Place place) {
  throw Error(ErrorKind::kValue, "'" + key + "' " + what, std::move(place));
}

void check(const std::string& key, double v, Range range, const Place& place) {
  if (v >= range.lo && v <= range.hi) return;
  fail(key, fmt::format("is {}; it must lie in {} … {}", v, range.lo, range.hi), place);
}

template <typename T>
void read(const std::string& key, const YAML::Node& node, T& member, Range range,
          const Place& place) {
  try {
    member = node.as<T>();
  } catch (const YAML::Exception&) {
    constexpr const char* kWanted = std::is_same_v<T, bool>     ? "true or false"
                                    : std::is_same_v<T, int>    ? "a whole number"
                                    : std::is_same_v<T, double> ? "a number"
                                                                : "a list of numbers like [1, 2]";
    fail(key, std::string("must be ") + kWanted, place);
  }
  if constexpr (std::is_same_v<T, std::vector<double>>) {
    for (const double v : member) check(key, v, range, place);
    if (!(std::accumulate(member.begin(), member.end(), 0.0) > 0)) {
      fail(key, "needs a weight above zero", place);
    }
  } else {
    check(key, member, range, place);
  }
}

void set(Knobs& knobs, const std::string& key, const YAML::Node& value, const Place& place) {
  bool known = false;
  std::string names;
  each_key(knobs, [&](const char* name, auto& member, Range range) {
    names += (names.empty() ? "" : ", ") + std::string(name);
    if (key != name) return;
    known = true;
    read(key, value, member, range, place);
  });
  if (!known) fail(key, "is no key of the generator; its keys are " + names, place);
}

void check_pairs(const Knobs& k) {
  if (k.side_min > k.side_max) fail("side_min", "is above side_max", {});
  if (k.height_min > k.height_max) fail("height_min", "is above height_max", {});
  if (k.cut_step + k.intersect_step > 1) fail("cut_step", "and intersect_step exceed 1", {});
}

}  // namespace

Knobs parse_knobs(const std::string& yaml, const std::string& name) {
  Knobs knobs;
  YAML::Node root;
  try {
    root = YAML::Load(yaml);
  } catch (const YAML::Exception& e) {
    throw Error(ErrorKind::kValue, "this is not YAML: " + e.msg,
                {name, e.mark.line + 1, e.mark.column + 1});
  }
  if (root.IsNull()) return knobs;
  if (!root.IsMap()) throw Error(ErrorKind::kValue, "the knobs are `key: value` lines", {name});
  for (const auto& entry : root) {
    const YAML::Mark mark = entry.first.Mark();
    const Place place{name, mark.line + 1, mark.column + 1};
    if (!entry.first.IsScalar()) throw Error(ErrorKind::kValue, "a key must be a word", place);
    set(knobs, entry.first.Scalar(), entry.second, place);
  }
  check_pairs(knobs);
  return knobs;
}

Knobs load_knobs(const std::string& path) {
  return parse_knobs(read_file(path, size_t{1} << 20), path);
}

void override_knobs(Knobs& knobs, const std::string& word) {
  const size_t equals = word.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(ErrorKind::kValue, "'" + word + "' is not of the form key=value");
  }
  YAML::Node value;
  try {
    value = YAML::Load(word.substr(equals + 1));
  } catch (const YAML::Exception& e) {
    throw Error(ErrorKind::kValue, "'" + word + "': " + e.msg);
  }
  set(knobs, word.substr(0, equals), value, {});
  check_pairs(knobs);
}

std::string fingerprint(const Knobs& knobs) {
  std::string out;
  each_key(knobs, [&](const char* name, const auto& member, Range) {
    out += (out.empty() ? "" : " ") + std::string(name) + "=";
    if constexpr (std::is_same_v<std::decay_t<decltype(member)>, std::vector<double>>) {
      out += fmt::format("[{}]", fmt::join(member, ","));
    } else {
      out += fmt::format("{}", member);
    }
  });
  return out;
}

}  // namespace cadrecode::procgen
