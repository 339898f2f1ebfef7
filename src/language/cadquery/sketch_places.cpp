// Sketch: the places at which the next faces are repeated.
#include <cmath>

#include "base/error.h"
#include "geometry/brep/curve.h"
#include "language/cadquery/sketch.h"
#include "language/cadquery/vector_math.h"

namespace cadrecode::cadquery {
namespace {

using brep::Kind;
using brep::Location;
using brep::Shape;

constexpr double kTolerance = 1e-6;

// The i-th of n positions from `start` to `stop`: both ends included on an open curve, the last
// left out on a closed one, where it is the first again.
double share(int i, int n, double start, double stop, bool closed) {
  if (closed) return start + i * (stop - start) / n;
  return n > 1 ? start + i * (stop - start) / (n - 1) : start;
}

}  // namespace

void Sketch::push(const std::vector<Location>& places, const std::string& tag) {
  selection_ = Items(places.begin(), places.end());
  if (!tag.empty()) tags_[tag] = *selection_;
}

void Sketch::rarray(double dx, double dy, int nx, int ny) {
  if (nx < 1 || ny < 1)
    throw Error(ErrorKind::kValue, "At least 1 elements required, requested " + std::to_string(nx) +
                                       ", " + std::to_string(ny));
  const std::vector<Location> bases = places(false);
  const Vec3 middle = Vec3{(nx - 1) * dx, (ny - 1) * dy, 0} * 0.5;
  std::vector<Location> result;
  for (int i = 0; i < nx; ++i)
    for (int j = 0; j < ny; ++j) {
      const Location here(Vec3{i * dx, j * dy, 0} - middle);
      for (const Location& base : bases) result.push_back(here * base);
    }
  push(result);
}

void Sketch::parray(double radius, double start, double range, int count, bool rotate) {
  if (count < 1)
    throw Error(ErrorKind::kValue,
                "At least 1 element required, requested " + std::to_string(count));
  const bool full_turns = std::abs(std::remainder(range, 360)) < kTolerance;
  const double step = full_turns ? range / count : count > 1 ? range / (count - 1) : start;
  const std::vector<Location> bases = places(false);
  std::vector<Location> result;
  for (int i = 0; i < count; ++i) {
    const double angle = start + step * i;
    const Location here(
        Vec3{radius * std::cos(radians(angle)), radius * std::sin(radians(angle)), 0});
    const Location turn({}, {0, 0, 1}, rotate ? angle : 0);
    for (const Location& base : bases) result.push_back(here * base * turn);
  }
  push(result);
}

void Sketch::distribute(int count, double start, double stop, bool rotate) {
  if (count < 1)
    throw Error(ErrorKind::kValue,
                "At least 1 element required, requested " + std::to_string(count));
  if (!has_selection()) throw Error(ErrorKind::kValue, "Nothing selected to distribute over");
  const bool trimmed = 1 - std::abs(stop - start) >= kTolerance;
  std::vector<Location> result;
  for (const Item& item : *selection_) {
    const auto* curve = std::get_if<Shape>(&item);
    if (!curve || (curve->type() != Kind::kWire && curve->type() != Kind::kEdge))
      throw Error(ErrorKind::kValue,
                  "Unsupported selection: only edges and wires can be distributed over");
    const bool closed = brep::is_closed(*curve) && !trimmed;
    for (int i = 0; i < count; ++i) {
      const double at = share(i, count, start, stop, closed);
      result.push_back(rotate ? brep::location_at(*curve, at, brep::ParamMode::kLength,
                                                  brep::FrameMode::kFrenet, true)
                              : Location(brep::position_at(*curve, at)));
    }
  }
  push(result);
}

}  // namespace cadrecode::cadquery
