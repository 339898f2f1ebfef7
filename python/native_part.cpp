// Part: programs read and written, measured by the analytic engine.
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <memory>
#include <tuple>

#include "base/error.h"
#include "geometry/cloud/noise.h"
#include "geometry/cloud/sample.h"
#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"
#include "language/dialect/print.h"
#include "language/dialect/recognise.h"
#include "native.h"

namespace cadrecode::python {
namespace nb = nanobind;
namespace {

// A Part with its solid, prepared when first asked for. Immutable, so threads may
// share it; preparing holds the interpreter's lock.
class PyPart {
 public:
  explicit PyPart(part::Part part) : part_(std::move(part)) {}

  const part::Part& part() const { return part_; }
  const prism::Solid& solid() const {
    if (!solid_) solid_ = std::make_shared<prism::Solid>(part_);
    return *solid_;
  }

 private:
  part::Part part_;
  mutable std::shared_ptr<prism::Solid> solid_;
};

PyPart from_code(const std::string& code) {
  dialect::Recognition r = dialect::recognise(code);
  if (!r.part)
    throw Error(ErrorKind::kUnsupported, "not a sketch-and-extrude program: " + r.reason);
  return PyPart(std::move(*r.part));
}

using Triple = std::tuple<double, double, double>;
Triple triple(Vec3 v) { return {v.x, v.y, v.z}; }

nb::list curves_of(const part::Loop& loop) {
  nb::list out;
  for (const part::Curve& c : loop.curves) {
    nb::dict d;
    const auto pair = [](Vec2 p) { return nb::make_tuple(p.x, p.y); };
    if (c.kind == part::Curve::Kind::kCircle) {
      d["kind"] = "circle", d["center"] = pair(c.mid), d["radius"] = c.radius;
    } else {
      d["kind"] = c.kind == part::Curve::Kind::kArc ? "arc" : "line";
      d["start"] = pair(c.start), d["end"] = pair(c.end);
      if (c.kind == part::Curve::Kind::kArc) d["mid"] = pair(c.mid);
    }
    out.append(d);
  }
  return out;
}

nb::dict step_of(const part::Step& step) {
  static const char* const kNames[] = {"join", "cut", "intersect"};
  const part::Extrusion& e = step.extrusion;
  nb::dict d;
  d["operation"] = kNames[static_cast<int>(step.operation)];
  d["origin"] = nb::cast(triple(e.frame.origin));
  d["x"] = nb::cast(triple(e.frame.x));
  d["normal"] = nb::cast(triple(e.frame.normal));
  d["start"] = e.start, d["end"] = e.end;
  nb::list regions;
  for (const part::Region& region : e.profile.regions) {
    nb::dict r;
    nb::list inner;
    for (const part::Loop& loop : region.inner) inner.append(curves_of(loop));
    r["outer"] = curves_of(region.outer), r["inner"] = inner;
    regions.append(r);
  }
  d["profile"] = regions;
  return d;
}

nb::list steps_of(const PyPart& p) {
  nb::list out;
  for (const part::Step& step : p.part().steps) out.append(step_of(step));
  return out;
}

nb::tuple sample(const PyPart& p, size_t points, size_t dense, uint64_t seed) {
  const prism::Solid& solid = p.solid();
  std::vector<Vec3> chosen, normals;
  {
    const nb::gil_scoped_release release;
    const prism::SurfaceSamples drawn =
        prism::sample_surface(solid, dense ? std::max(dense, points) : points, seed);
    if (dense == 0) {
      chosen = drawn.points, normals = drawn.normals;
    } else {
      for (uint32_t i : cloud::farthest_points(drawn.points, points))
        chosen.push_back(drawn.points[i]), normals.push_back(drawn.normals[i]);
    }
  }
  return nb::make_tuple(array_of(chosen), array_of(normals));
}

Array distance(const PyPart& p, const PointsIn& points) {
  const prism::Solid& solid = p.solid();
  const std::vector<Vec3> at = points_of(points);
  std::vector<double> out(at.size());
  {
    const nb::gil_scoped_release release;
    prism::signed_distance(solid, at, out);
  }
  return array_of(std::move(out), {at.size()});
}

nb::dict moments(const PyPart& p) {
  const prism::Moments m = prism::moments(p.solid());
  nb::dict d;
  d["volume"] = m.volume;
  d["center"] = nb::cast(triple(m.centroid));
  d["second"] = nb::cast(std::vector<double>(m.second.begin(), m.second.end()));
  return d;
}

template <typename F>
auto unlocked(const PyPart& p, F f) {
  const prism::Solid& solid = p.solid();
  const nb::gil_scoped_release release;
  return f(solid);
}

}  // namespace

void bind_part(nb::module_& m) {
  nb::class_<PyPart>(m, "Part", "A sketch-and-extrude part: what a program of that kind means.")
      .def(nb::new_([](const std::string& code) { return from_code(code); }), nb::arg("code"),
           "Reads a program; Error where it is none, or goes beyond sketches and extrusions.")
      .def_prop_ro(
          "code", [](const PyPart& p) { return dialect::print(p.part()); },
          "The program in the compact dialect of CAD-Recode v1.5.")
      .def_prop_ro(
          "readable", [](const PyPart& p) { return dialect::print_readable(p.part()); },
          "The program with its dimensions named at the top.")
      .def_prop_ro("steps", steps_of, nb::sig("def steps(self) -> list[dict[str, object]]"),
                   "Every step as plain dicts: operation, plane, profile, extent.")
      .def_prop_ro(
          "valid", [](const PyPart& p) { return prism::verdict(p.part()).valid(); },
          "Whether a CAD kernel builds a valid solid of it.")
      .def_prop_ro(
          "verdict",
          [](const PyPart& p) {
            const prism::Verdict v = prism::verdict(p.part());
            return v.valid() ? std::string() : v.message();
          },
          "Why it is not valid; empty where it is.")
      .def_prop_ro("volume",
                   [](const PyPart& p) {
                     return unlocked(p, [](const prism::Solid& s) { return prism::volume(s); });
                   })
      .def_prop_ro("area",
                   [](const PyPart& p) {
                     return unlocked(p, [](const prism::Solid& s) { return prism::area(s); });
                   })
      .def_prop_ro(
          "bbox",
          [](const PyPart& p) {
            const Box3 box = prism::bounds(p.solid());
            return std::tuple(triple(box.lo), triple(box.hi));
          },
          "((x, y, z), (x, y, z)): the exact box's corners.")
      .def_prop_ro("moments", moments, nb::sig("def moments(self) -> dict[str, object]"),
                   "volume, center, second moments xx yy zz xy yz zx about it.")
      .def(
          "iou",
          [](const PyPart& a, const PyPart& b) {
            const prism::Solid &x = a.solid(), &y = b.solid();
            const nb::gil_scoped_release release;
            return prism::iou(x, y);
          },
          nb::arg("other"), "Intersection over union of the two volumes, where they lie.")
      .def("sample", sample,
           nb::sig(
               "def sample(self, points: int = 256, dense: int = 8192, seed: int = 0) -> "
               "tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64]]"),
           nb::arg("points") = 256, nb::arg("dense") = 8192, nb::arg("seed") = 0,
           "(points [N, 3], normals [N, 3]): the farthest from each other of `dense` drawn evenly\n"
           "from the surface; dense=0: the drawn ones themselves.")
      .def("signed_distance", distance, nb::arg("points"),
           "Distance of each point [N, 3] from the surface, negative inside.")
      .def(
          "rounded",
          [](const PyPart& p, double grid) { return PyPart(dialect::rounded(p.part(), grid)); },
          nb::arg("grid") = 1.0, "The part with every length a multiple of `grid`.")
      .def(
          "__eq__",
          [](const PyPart& a, const PyPart& b) {
            return part::canonical(a.part()) == part::canonical(b.part());
          },
          nb::is_operator(), nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](const PyPart& p) { return std::hash<std::string>{}(dialect::print(p.part())); })
      .def("__len__", [](const PyPart& p) { return p.part().steps.size(); })
      .def("__getstate__", [](const PyPart& p) { return dialect::print(p.part()); })
      .def("__setstate__",
           [](PyPart& p, const std::string& code) { new (&p) PyPart(from_code(code)); });
  m.def(
      "farthest_points",
      [](const PointsIn& points, size_t count) {
        const std::vector<Vec3> at = points_of(points);
        const nb::gil_scoped_release release;
        return cloud::farthest_points(at, count);
      },
      nb::arg("points"), nb::arg("count"),
      "Indices of `count` points far from each other (pytorch3d's, from index 0).");
}

}  // namespace cadrecode::python
