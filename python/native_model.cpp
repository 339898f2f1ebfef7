// Models: points to program text on the CPU engine.
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <memory>

#include "base/error.h"
#include "learning/infer/infer.h"
#include "native.h"

namespace cadrecode::python {
namespace nb = nanobind;
namespace {

infer::Options options_of(const std::string& folder, const std::string& weights, size_t samples,
                          double temperature, double top_p, size_t max_new_tokens, uint64_t seed,
                          bool constrain, size_t threads) {
  infer::Options o;
  o.model = folder;
  if (!weights.empty()) o.weights = decode::weight_format_from_string(weights);
  o.samples = samples, o.max_new_tokens = max_new_tokens, o.seed = seed;
  o.constrain = constrain, o.threads = threads;
  o.sampling.temperature = temperature;
  o.sampling.top_p = top_p;
  return o;
}

nb::list generate(const std::string& folder, const std::string& weights,
                  const std::vector<PointsIn>& clouds, const std::string& frame, size_t samples,
                  double temperature, double top_p, size_t max_new_tokens, uint64_t seed,
                  bool constrain, size_t threads) {
  std::vector<cloud::PointCloud> inputs;
  for (const PointsIn& points : clouds) {
    inputs.emplace_back();
    inputs.back().points = points_of(points);
  }
  const infer::Options options = options_of(folder, weights, samples, temperature, top_p,
                                            max_new_tokens, seed, constrain, threads);
  const infer::Frame in = infer::frame_from_string(frame);
  std::vector<std::vector<infer::Answer>> answers(inputs.size());
  std::vector<std::string> failures(inputs.size());
  {
    const nb::gil_scoped_release release;
    infer::Inference inference(options);
    size_t at = 0, done = 0;
    inference.run(
        [&]() -> std::optional<infer::Input> {
          if (at == inputs.size()) return std::nullopt;
          infer::Input input;
          input.id = std::to_string(at);
          try {
            input.prepared = infer::prepare(inputs[at], inference.points(), in);
          } catch (const Error& e) {
            input.failure = e;
          }
          ++at;
          return input;
        },
        [&](const infer::Input& input, const std::vector<infer::Answer>& made) {
          if (input.failure) failures[done] = input.failure->what();
          answers[done++] = made;
        });
  }
  nb::list out;
  for (size_t i = 0; i < answers.size(); ++i) {
    nb::list rows;
    for (const infer::Answer& a : answers[i]) {
      nb::dict d;
      d["code"] = a.code, d["tokens"] = a.tokens, d["log_probability"] = a.log_probability;
      d["finish"] = decode::to_string(a.finish), d["error"] = a.error;
      rows.append(d);
    }
    if (!failures[i].empty()) {
      nb::dict d;
      d["code"] = "", d["error"] = failures[i], d["finish"] = "failed";
      rows.append(d);
    }
    out.append(rows);
  }
  return out;
}

}  // namespace

void bind_model(nb::module_& m) {
  m.def("generate", generate,
        nb::sig("def generate(folder: str, weights: str, clouds: "
                "collections.abc.Sequence[numpy.typing.NDArray[numpy.float64]], frame: str, "
                "samples: int, temperature: float, top_p: float, max_new_tokens: int, seed: int, "
                "constrain: bool, threads: int) -> list[list[dict[str, typing.Any]]]"),
        nb::arg("folder"), nb::arg("weights"), nb::arg("clouds"), nb::arg("frame"),
        nb::arg("samples"), nb::arg("temperature"), nb::arg("top_p"), nb::arg("max_new_tokens"),
        nb::arg("seed"), nb::arg("constrain"), nb::arg("threads"));
}

}  // namespace cadrecode::python
