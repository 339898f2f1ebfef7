// What a reconstruction leaves behind: program, STEP, STL, picture, JSON.
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "geometry/render/picture.h"
#include "pipeline/reconstruct/kernel.h"
#include "pipeline/reconstruct/reconstruct.h"

namespace cadrecode::reconstruct {
namespace {

using nlohmann::ordered_json;

ordered_json number(double x) { return std::isfinite(x) ? ordered_json(x) : ordered_json(nullptr); }

ordered_json number(const std::optional<double>& x) {
  return x ? number(*x) : ordered_json(nullptr);
}

ordered_json fit_row(const FitFigures& f) {
  return {{"mean", number(f.mean)},
          {"p95", number(f.p95)},
          {"max", number(f.max)},
          {"back_mean", number(f.back_mean)},
          {"back_p95", number(f.back_p95)},
          {"covered", number(f.covered)},
          {"tolerance", number(f.tolerance)},
          {"noise", number(f.noise)},
          {"unseen", number(f.unseen)}};
}

ordered_json point(Vec3 p) { return {number(p.x), number(p.y), number(p.z)}; }

ordered_json gap_row(const Gap& g) {
  return {{"what", g.unseen ? "part without input" : "input without part"},
          {"share", number(g.share)},
          {"largest", number(g.largest)},
          {"from", point(g.box.lo)},
          {"to", point(g.box.hi)}};
}

ordered_json row_of(const Reconstruction& r, const std::string& id) {
  ordered_json row = {{"id", id},
                      {"status", "ok"},
                      {"valid", r.valid},
                      {"cd", number(r.cd)},
                      {"iou", number(r.iou)}};
  if (!r.iou) row["iou_reason"] = r.iou_reason;
  row["seconds"] = number(std::round(r.seconds * 1e4) / 1e4);
  row["candidates"] = r.candidates.size();
  row["chosen"] = r.chosen;
  row["verdict"] = to_string(r.verdict);
  row["reason"] = r.reason;
  row["fit"] = fit_row(r.fit);
  row["unexplained"] = ordered_json::array();
  for (const Gap& g : r.gaps) row["unexplained"].push_back(gap_row(g));
  row["unit"] = r.unit;
  row["how"] = r.candidates[static_cast<size_t>(r.chosen)].how;
  row["steps"] = r.part.steps.size();
  row["code"] = r.program;
  return row;
}

void write_picture(const Reconstruction& r, const Scan& input, const mesh::TriangleMesh& result,
                   const std::string& heading, const std::string& path) {
  // The result's flat faces are refined there, or only their corners had colour.
  const render::Deviations d = input.is_mesh() ? render::deviations_from(input.mesh, result)
                                               : render::deviations_from(input.cloud, result);
  const auto picture =
      input.is_mesh() ? render::compare_picture(input.mesh, d.mesh, d.values, r.unit, heading)
                      : render::compare_picture(input.cloud, d.mesh, d.values, r.unit, heading);
  render::write_png(picture, path);
}

}  // namespace

std::string json_row(const Reconstruction& result, const std::string& id) {
  return row_of(result, id).dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::vector<std::string> write_outputs(const Reconstruction& result, const Scan& input,
                                       const std::string& directory, const std::string& stem) {
  const std::string base = (std::filesystem::path(directory) / stem).string();
  std::filesystem::create_directories(directory);
  std::vector<std::string> written;
  write_file(base + ".py", result.program);
  written.push_back(base + ".py");
  const auto outcome = build(result.program, true, {base + ".step", base + ".stl"});
  if (outcome.failure)
    throw Error(outcome.failure->kind, "writing STEP and STL: " + outcome.failure->message);
  for (const auto& path : outcome.written) written.push_back(path);
  const std::string heading =
      fmt::format("{}: {} - {}", stem, to_string(result.verdict), result.reason);
  write_picture(result, input, outcome.mesh, heading, base + ".png");
  written.push_back(base + ".png");
  // Last: a run that is taken up again sees by it that the input is done.
  written.push_back(base + ".json");
  ordered_json row = row_of(result, stem);
  for (const Candidate& c : result.candidates)
    row["all_candidates"].push_back({{"how", c.how},
                                     {"steps", c.part.steps.size()},
                                     {"score", number(c.score)},
                                     {"iou", number(c.iou)},
                                     {"cd", number(c.cd)},
                                     {"fit", fit_row(c.fit)},
                                     {"valid", c.checked ? ordered_json(c.valid) : nullptr}});
  write_file(base + ".json",
             row.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n");
  return written;
}

}  // namespace cadrecode::reconstruct
