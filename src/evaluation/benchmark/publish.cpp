#include "evaluation/benchmark/publish.h"

#include <fmt/format.h>

#include "base/files.h"
#include "evaluation/benchmark/gallery.h"
#include "evaluation/benchmark/store.h"

namespace cadrecode::benchmark {
namespace {

std::string words_of(const SystemConfig& s, const Config& config) {
  const uint64_t k = s.candidates.value_or(config.candidates);
  const std::string several = k == 1 ? "1 candidate" : fmt::format("up to {} candidates", k);
  switch (s.kind) {
    case SystemKind::kModel: {
      std::string text =
          fmt::format("model {}, {} weights, {} points, ", stem(s.path),
                      s.weights.empty() ? "stored" : s.weights, s.points.value_or(config.points));
      text += s.temperature == 0 ? "greedy" : fmt::format("temperature {}", s.temperature);
      if (s.top_p < 1) text += fmt::format(", top-p {}", s.top_p);
      if (s.constrain) text += ", by grammar";
      return text + ", " + several;
    }
    case SystemKind::kPredictions:
      return "stored predictions" + (s.key.empty() ? "" : " '" + s.key + "'") + ", " + several;
    default: {
      std::string text = s.kind == SystemKind::kFit
                             ? "proposals from geometry alone, unjudged"
                             : fmt::format("reconstruct, {} candidates judged", s.judged);
      text += s.cloud ? fmt::format(", from {} points", s.cloud) : ", from the whole surface";
      return text + ", " + several;
    }
  }
}

report::Facts facts_of(const std::string& folder, const Config& config) {
  report::Facts facts;
  const std::string path = folder + "/settings.json";
  const Settings settings = settings_of_json(read_file(path), path);
  for (const DataConfig& d : config.data) {
    const Settings::Data& known = settings.data.at(d.name);
    facts.data.push_back({d.name, config.references ? d.set : "", known.parts, known.fingerprint});
  }
  for (const SystemConfig& s : config.systems) facts.systems[s.name] = words_of(s, config);
  facts.metrics = fmt::format(
      "Seed {}. {} points a surface and IoU {}; programs run natively in isolated workers with {} "
      "s "
      "of processor time.",
      config.seed, config.metric_points ? config.metric_points : 8192,
      config.by == "auto" ? "by the analytic engine where both sides are sketch-and-extrude "
                            "programs, else from meshes"
                          : "by " + config.by,
      config.cpu_seconds);
  return facts;
}

}  // namespace

Published publish(const std::string& folder, const Config& config, const PublishOptions& options,
                  execute::Executor* executor) {
  Published p;
  p.rows = collect(folder, config);
  p.options = report_options(config);
  p.facts = facts_of(folder, config);
  p.analysis = report::analyse(p.rows, p.options);
  const auto write = [&](const char* name, const std::string& text) {
    p.files.push_back(folder + "/" + name);
    write_file(p.files.back(), text);
  };
  write("report.md", report::to_markdown(p.analysis, p.options, p.facts));
  write("report.csv", report::to_csv(p.analysis));
  write("report.tex", report::to_latex(p.analysis, p.options, p.facts));
  const std::string timing = timing_text(folder, config);
  if (!timing.empty()) write("timing.md", timing);
  std::optional<Gallery> gallery;
  if (options.pictures && executor && config.gallery > 0) {
    gallery.emplace(p.analysis, p.options, config, folder + "/predictions.jsonl", options.threads,
                    *executor);
  }
  report::Show show;
  if (gallery) {
    show = [&](const report::Cell& cell, const report::Chosen& chosen) {
      return gallery->show(cell, chosen);
    };
  }
  write("report.html", report::to_html(p.analysis, p.options, p.facts, show));
  return p;
}

}  // namespace cadrecode::benchmark
