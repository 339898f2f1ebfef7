// What a reconstruction leaves behind: program, STEP, STL, picture, JSON.
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "geometry/render/picture.h"
#include "language/dialect/print.h"
#include "pipeline/page/page.h"
#include "pipeline/parametrize/parametrize.h"
#include "pipeline/parametrize/program.h"
#include "pipeline/reconstruct/dress.h"
#include "pipeline/reconstruct/kernel.h"
#include "pipeline/reconstruct/likelihood.h"
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

// The kernel's files under scratch names: they get their own when they are finished.
struct KernelFiles {
  explicit KernelFiles(const std::string& base)
      : step(scratch_name(base + ".step")),
        stl(scratch_name(base + ".stl")),
        svg(scratch_name(base + ".svg")) {}
  KernelFiles(const KernelFiles&) = delete;
  KernelFiles& operator=(const KernelFiles&) = delete;
  ~KernelFiles() {
    std::error_code gone;
    for (const std::string* file : {&step, &stl, &svg}) std::filesystem::remove(*file, gone);
  }
  std::string step, stl, svg;
};

// The program that is written, and what the kernel made of it.
struct Written {
  std::string program;
  std::optional<parametrize::Model> model;  // absent where it could not be parametrised
  execute::Outcome outcome;
};

// Ranges are searched number by number, each by rebuilding the part: for parts of many
// numbers, which nobody turns by hand, that takes minutes.
constexpr size_t kRangedNumbers = 100, kNamedNumbers = 300;

std::optional<parametrize::Model> model_of(const Reconstruction& r, const std::string& stem) {
  const size_t numbers = parameters(r.part);
  if (numbers > kNamedNumbers) return std::nullopt;
  try {
    return parametrize::parametrize(
        r.part, {.name = stem, .unit = r.unit, .ranges = numbers <= kRangedNumbers});
  } catch (const Error&) {
    return std::nullopt;  // e.g. a part only a kernel takes: its plain program is written
  }
}

// Sound, and as large as the solid that was judged.
bool good(const execute::Outcome& o) { return !o.failure && o.facts && o.facts->valid; }

Written write_program(const Reconstruction& r, const std::string& base, const std::string& stem,
                      const OutputOptions& options, const KernelFiles& kernel) {
  const std::vector<std::string> files = {kernel.step, kernel.stl, kernel.svg};
  Written w;
  w.model = model_of(r, stem);
  w.program = r.program;
  if (options.dialect) {
    w.program = dialect::print(r.part);
  } else if (w.model) {
    w.program = parametrize::program_text(*w.model);
  }
  w.outcome = build(w.program, true, files, stem);
  if (!good(w.outcome) && w.program != r.program) {
    w.program = r.program;
    w.model.reset();
    w.outcome = build(w.program, true, files, stem);
  }
  if (w.outcome.failure)
    throw Error(w.outcome.failure->kind, "writing STEP and STL: " + w.outcome.failure->message);
  write_file(base + ".py", w.program);
  return w;
}

// The kernel's files, with a colour and a table of dimensions.
void finish_files(const Reconstruction& r, const Written& w, const std::string& base,
                  const KernelFiles& kernel) {
  write_file(base + ".step", coloured_step(read_file(kernel.step)));
  commit_file(kernel.stl, base + ".stl");
  std::vector<std::pair<std::string, std::string>> rows;
  if (w.model) {
    for (const parametrize::Parameter& p : w.model->parameters)
      rows.emplace_back(p.name, p.count ? fmt::format("{:g}", p.value)
                                        : fmt::format("{:.6g} {}", p.value, r.unit));
  }
  write_file(base + ".svg", drawing_with_table(read_file(kernel.svg), rows));
}

std::string with_unit(double value, const std::string& unit) {
  return std::isfinite(value) ? fmt::format("{:.4g}{}{}", value, unit.empty() ? "" : " ", unit)
                              : "-";
}

page::Comparison comparison_of(const Reconstruction& r, const Scan& input, const Written& w,
                               const render::Deviations& d, const std::string& stem) {
  page::Comparison c;
  c.title = stem;
  c.verdict = to_string(r.verdict);
  c.reason = r.reason;
  c.unit = r.unit;
  c.part = d.mesh;
  c.deviation = d.values;
  c.input_mesh = input.mesh;
  c.input_cloud = input.cloud;
  c.program = w.program;
  c.figures = {{"mean deviation", with_unit(r.fit.mean, r.unit)},
               {"95 % below", with_unit(r.fit.p95, r.unit)},
               {"largest", with_unit(r.fit.max, r.unit)},
               {"input explained", fmt::format("{:.1f} %", 100 * r.fit.covered)}};
  if (r.iou) c.figures.emplace_back("volume in common", fmt::format("{:.2f} %", 100 * *r.iou));
  if (w.outcome.facts) {
    const auto& f = *w.outcome.facts;
    c.figures.emplace_back("volume", with_unit(f.volume, r.unit.empty() ? "" : r.unit + "³"));
    c.figures.emplace_back("size",
                           fmt::format("{:.4g} × {:.4g} × {:.4g} {}", f.bbox[3] - f.bbox[0],
                                       f.bbox[4] - f.bbox[1], f.bbox[5] - f.bbox[2], r.unit));
  }
  c.figures.emplace_back("steps", std::to_string(r.part.steps.size()));
  return c;
}

page::Sliders sliders_of(const Written& w, const std::string& stem) {
  page::Sliders s;
  s.title = stem;
  s.summary = fmt::format("{} dimensions. The green stretch of each is where the part stays sound.",
                          w.model->parameters.size());
  s.model = parametrize::to_json(*w.model);
  s.program = parametrize::program_text(*w.model);
  for (const parametrize::Relation& r : w.model->relations)
    s.relations.emplace_back(parametrize::to_string(r.kind), r.what);
  return s;
}

void write_picture(const Reconstruction& r, const Scan& input, const render::Deviations& d,
                   const std::string& heading, const std::string& path) {
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
                                       const std::string& directory, const std::string& stem,
                                       const OutputOptions& options) {
  const std::string base = (std::filesystem::path(directory) / stem).string();
  std::filesystem::create_directories(directory);
  const KernelFiles kernel(base);
  const Written w = write_program(result, base, stem, options, kernel);
  finish_files(result, w, base, kernel);
  std::vector<std::string> written = {base + ".py", base + ".step", base + ".stl", base + ".svg"};
  // The result's flat faces are refined there, or only their corners had colour.
  const render::Deviations d = input.is_mesh()
                                   ? render::deviations_from(input.mesh, w.outcome.mesh)
                                   : render::deviations_from(input.cloud, w.outcome.mesh);
  write_picture(result, input, d,
                fmt::format("{}: {} - {}", stem, to_string(result.verdict), result.reason),
                base + ".png");
  written.push_back(base + ".png");
  if (options.pages) {
    page::Comparison c = comparison_of(result, input, w, d, stem);
    if (options.sliders && w.model) {
      write_file(base + ".sliders.html", page::sliders_page(sliders_of(w, stem)));
      written.push_back(base + ".sliders.html");
      c.sliders = stem + ".sliders.html";
    }
    write_file(base + ".html", page::comparison_page(c));
    written.push_back(base + ".html");
  }
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
