#include "geometry/part/build.h"

#include <cstring>
#include <string>

#include "base/error.h"

namespace cadrecode::part {

Loop rectangle(Vec2 c, double width, double height) {
  const double x = width / 2, y = height / 2;
  return polygon({{c.x - x, c.y - y}, {c.x + x, c.y - y}, {c.x + x, c.y + y}, {c.x - x, c.y + y}});
}

Loop circle(Vec2 center, double radius) { return {{Curve::circle(center, radius)}}; }

Loop polygon(const std::vector<Vec2>& corners) {
  Loop loop;
  loop.curves.reserve(corners.size());
  for (size_t i = 0; i < corners.size(); ++i) {
    loop.curves.push_back(Curve::line(corners[i], corners[(i + 1) % corners.size()]));
  }
  return loop;
}

Profile profile(Loop outer, std::vector<Loop> inner) {
  Profile p;
  p.regions.push_back({std::move(outer), std::move(inner)});
  return p;
}

Extrusion extrude(const Frame& frame, Profile profile, double distance) {
  return {frame, std::move(profile), std::min(0.0, distance), std::max(0.0, distance)};
}

Step join(Extrusion e) { return {Operation::kJoin, std::move(e)}; }
Step cut(Extrusion e) { return {Operation::kCut, std::move(e)}; }
Step intersect(Extrusion e) { return {Operation::kIntersect, std::move(e)}; }

Extrusion box(Vec3 lo, Vec3 hi) {
  const Vec2 center{(lo.x + hi.x) / 2, (lo.y + hi.y) / 2};
  return {{}, profile(rectangle(center, hi.x - lo.x, hi.y - lo.y)), lo.z, hi.z};
}

Extrusion cylinder(const Frame& frame, double radius, double height) {
  return extrude(frame, profile(circle({}, radius)), height);
}

Frame named_plane(const char* name, Vec3 origin) {
  struct Named {
    const char* name;
    Vec3 x, normal;
  };
  static constexpr Named kPlanes[] = {
      {"XY", {1, 0, 0}, {0, 0, 1}},    {"YZ", {0, 1, 0}, {1, 0, 0}},
      {"ZX", {0, 0, 1}, {0, 1, 0}},    {"XZ", {1, 0, 0}, {0, -1, 0}},
      {"YX", {0, 1, 0}, {0, 0, -1}},   {"ZY", {0, 0, 1}, {-1, 0, 0}},
      {"front", {1, 0, 0}, {0, 0, 1}}, {"back", {-1, 0, 0}, {0, 0, -1}},
      {"left", {0, 0, 1}, {-1, 0, 0}}, {"right", {0, 0, -1}, {1, 0, 0}},
      {"top", {1, 0, 0}, {0, 1, 0}},   {"bottom", {1, 0, 0}, {0, -1, 0}},
  };
  for (const Named& p : kPlanes) {
    if (std::strcmp(p.name, name) == 0) return {origin, p.x, p.normal};
  }
  throw Error(ErrorKind::kValue, std::string("no plane is called '") + name +
                                     "'; use XY, YZ, ZX, XZ, YX, ZY, front, back, left, right, "
                                     "top or bottom");
}

}  // namespace cadrecode::part
