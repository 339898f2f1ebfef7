#include "pipeline/learned/learned.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "base/error.h"
#include "geometry/part/canonical.h"
#include "language/dialect/recognise.h"
#include "learning/infer/infer.h"

namespace cadrecode::learned {
namespace {

constexpr double kProgramUnits = 100;  // programs reach to +-100 where clouds reach to +-1
constexpr size_t kDense = 8192;        // points drawn on a mesh before the choice

infer::Options inference_options(const Options& options) {
  infer::Options o;
  o.model = options.model;
  o.samples = options.samples;
  o.max_new_tokens = options.max_new_tokens;
  o.sampling.temperature = options.samples > 1 ? options.temperature : 0;
  o.threads = 1;
  o.constrain = true;
  return o;
}

infer::Prepared shown(const reconstruct::Scan& scan, size_t points, uint64_t seed) {
  return scan.is_mesh() ? infer::prepare(scan.mesh, points, kDense, infer::Frame::kUnit, seed)
                        : infer::prepare(scan.cloud, points, infer::Frame::kUnit);
}

part::Motion into_scan(const cloud::Normalisation& frame) {
  part::Motion motion;
  motion.scale = 1 / (kProgramUnits * frame.scale);
  motion.frame.origin = frame.center;
  return motion;
}

std::vector<reconstruct::Proposed> parts_of(const std::vector<infer::Answer>& answers,
                                            const cloud::Normalisation& frame) {
  std::vector<reconstruct::Proposed> out;
  std::set<uint64_t> seen;
  for (const infer::Answer& answer : answers) {
    if (answer.code.empty()) continue;
    try {
      const dialect::Recognition read = dialect::recognise(answer.code);
      if (!read.part || !seen.insert(part::hash(*read.part)).second) continue;
      out.push_back({part::moved(*read.part, into_scan(frame)),
                     fmt::format("written by the model (sample {})", answer.sample + 1)});
    } catch (const Error&) {  // no program
    }
  }
  return out;
}

}  // namespace

reconstruct::Proposer proposer(const Options& options) {
  const auto model = std::make_shared<infer::Inference>(inference_options(options));
  return [model](const reconstruct::Scan& scan, uint64_t seed) {
    std::optional<infer::Input> input{{"scan", shown(scan, model->points(), seed), std::nullopt}};
    const cloud::Normalisation frame = input->prepared.frame;
    std::vector<reconstruct::Proposed> out;
    model->run([&] { return std::exchange(input, std::nullopt); },
               [&](const infer::Input&, const std::vector<infer::Answer>& answers) {
                 out = parts_of(answers, frame);
               });
    return out;
  };
}

}  // namespace cadrecode::learned
