// Metrics, rewards and generated programs.
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <memory>

#include "base/error.h"
#include "evaluation/metric/official.h"
#include "language/dialect/recognise.h"
#include "learning/procgen/knobs.h"
#include "learning/procgen/sample.h"
#include "learning/reward/reward.h"
#include "native.h"

namespace cadrecode::python {
namespace nb = nanobind;
namespace {

nb::dict row_of(const metric::OfficialScores& s) {
  nb::dict d;
  d["cd"] = nb::cast(s.cd), d["excess_cd"] = nb::cast(s.excess_cd), d["iou"] = nb::cast(s.iou);
  d["reason"] = s.reason;
  return d;
}

// Parts only: programs beyond them are measured by the program `cadrecode metric`.
nb::dict metric_of(const std::string& truth, const std::string& prediction, size_t points,
                   uint64_t seed, bool fixed_scale) {
  const reward::Attempt t = reward::attempt(truth), p = reward::attempt(prediction);
  if (!t.valid()) throw Error(ErrorKind::kValue, "the truth: " + t.reason);
  metric::OfficialScores scores;
  if (p.valid()) {
    metric::OfficialOptions options;
    options.points = points, options.seed = seed, options.fixed_scale = fixed_scale;
    const nb::gil_scoped_release release;
    scores = metric::official_scores(t.part, p.part, options);
  } else {
    scores.reason = p.reason;
  }
  nb::dict row = row_of(scores);
  row["valid"] = p.valid();
  return row;
}

// Rewards of programs, each against its own target or all against one.
std::vector<double> rewards(const std::vector<std::string>& programs,
                            const std::vector<std::string>& targets, double scale, double invalid,
                            size_t threads) {
  if (targets.size() != 1 && targets.size() != programs.size()) {
    throw Error(ErrorKind::kValue, std::to_string(targets.size()) + " targets for " +
                                       std::to_string(programs.size()) +
                                       " programs: give one, or one each");
  }
  const nb::gil_scoped_release release;
  std::vector<std::unique_ptr<reward::Target>> kept;
  for (const std::string& code : targets) {
    const reward::Attempt made = reward::attempt(code);
    if (!made.valid()) throw Error(ErrorKind::kValue, "a target: " + made.reason);
    kept.push_back(std::make_unique<reward::Target>(made.part));
  }
  std::vector<const reward::Target*> each;
  for (size_t i = 0; i < programs.size(); ++i) each.push_back(kept[kept.size() == 1 ? 0 : i].get());
  std::vector<double> out;
  for (const reward::Worth& w : reward::worths(programs, each, threads))
    out.push_back(reward::reward(w, {scale, invalid}));
  return out;
}

nb::dict generated(const procgen::Knobs& knobs, uint64_t seed, uint64_t index) {
  procgen::Sample s;
  {
    const nb::gil_scoped_release release;
    s = procgen::draw_sample(knobs, seed, index);
  }
  nb::dict d;
  d["index"] = index, d["code"] = s.code, d["volume"] = s.volume;
  d["bbox"] = nb::make_tuple(nb::make_tuple(s.bbox.lo.x, s.bbox.lo.y, s.bbox.lo.z),
                             nb::make_tuple(s.bbox.hi.x, s.bbox.hi.y, s.bbox.hi.z));
  return d;
}

}  // namespace

void bind_metric(nb::module_& m) {
  m.def("metric", metric_of,
        nb::sig("def metric(truth: str, prediction: str, points: int = 8192, seed: int = 0, "
                "fixed_scale: bool = False) -> dict[str, typing.Any]"),
        nb::arg("truth"), nb::arg("prediction"), nb::arg("points") = 8192, nb::arg("seed") = 0,
        nb::arg("fixed_scale") = false);
  m.def("rewards", rewards, nb::arg("programs"), nb::arg("targets"), nb::arg("iou"),
        nb::arg("invalid"), nb::arg("threads"));
  m.def(
      "misfit",
      [](const std::string& program, const PointsIn& points,
         uint64_t seed) -> std::optional<double> {
        const std::vector<Vec3> at = points_of(points);
        const nb::gil_scoped_release release;
        const reward::Attempt made = reward::attempt(program);
        if (!made.valid()) return std::nullopt;
        return reward::misfit(prism::Solid(made.part), at, seed);
      },
      nb::arg("program"), nb::arg("points"), nb::arg("seed") = 0,
      "How far the program's solid and the points are apart; None where there is no solid.");
  nb::class_<procgen::Knobs>(m, "Knobs")
      .def(nb::init<>())
      .def_static("load", &procgen::load_knobs, nb::arg("path"))
      .def("draw", generated,
           nb::sig("def draw(self, seed: int, index: int) -> dict[str, typing.Any]"),
           nb::arg("seed"), nb::arg("index"));
}

}  // namespace cadrecode::python
