#include "evaluation/benchmark/gallery.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/parallel.h"
#include "evaluation/benchmark/data_set.h"
#include "evaluation/metric/frame.h"
#include "geometry/render/scene.h"
#include "pipeline/subject/subject.h"

namespace cadrecode::benchmark {
namespace {

constexpr int kPanel = 230, kSamples = 3;  // pixels; samples a pixel, each way
constexpr double kAzimuth = -55, kElevation = 30, kCrease = 30;

using Meshes = std::map<std::string, mesh::TriangleMesh>;  // by score::Input::key()

// Programs and solids by the workers, meshes here; what fails is left out.
void load(const std::vector<score::Input>& inputs, execute::Executor& executor, Meshes& meshes) {
  std::vector<execute::Job> jobs;
  std::vector<std::string> keys;
  for (const score::Input& input : inputs) {
    if (input.missing() || meshes.count(input.key())) continue;
    meshes[input.key()] = {};
    try {
      std::optional<execute::Job> job;
      if (input.code) {
        job = execute::Job{.id = "", .code = *input.code, .tessellate = true, .measure = false};
      } else {
        job = subject::job_of(input.path);
      }
      if (job) {
        jobs.push_back(std::move(*job)), keys.push_back(input.key());
      } else {
        meshes[input.key()] = subject::read(input.path).mesh;
      }
    } catch (const Error&) {  // no picture
    }
  }
  size_t next = 0, answered = 0;
  executor.run(
      [&]() -> std::optional<execute::Job> {
        if (next == jobs.size()) return std::nullopt;
        return std::move(jobs[next++]);
      },
      [&](execute::Outcome outcome) {
        const std::string& key = keys[answered++];
        if (!outcome.failure) meshes[key] = std::move(outcome.mesh);
      });
}

std::string flat(std::string text) {
  for (char& c : text)
    if (c == '/') c = '_';
  return text;
}

std::string filled(std::string text, const std::map<std::string, std::string>& words) {
  for (const auto& [name, value] : words) {
    for (size_t at; (at = text.find("{" + name + "}")) != std::string::npos;)
      text.replace(at, name.size() + 2, value);
  }
  return text;
}

}  // namespace

std::string pair_picture(const mesh::TriangleMesh& truth, const mesh::TriangleMesh& answer) {
  std::vector<render::Subject> subjects(2);
  const mesh::TriangleMesh* meshes[] = {&truth, &answer};
  for (size_t i = 0; i < 2; ++i) {
    if (!meshes[i]->empty())
      subjects[i].mesh = metric::apply(metric::to_official(*meshes[i]), *meshes[i]);
  }
  render::Camera camera = render::aimed_camera(kAzimuth, kElevation);
  render::frame_subjects(camera, subjects, kPanel, kPanel, 0.06 * kPanel);
  camera.scale *= kSamples, camera.middle_x *= kSamples, camera.middle_y *= kSamples;
  render::Picture picture;
  picture.width = 2 * kPanel, picture.height = kPanel;
  picture.pixels.assign(static_cast<size_t>(picture.width) * kPanel, {255, 255, 255});
  for (int i = 0; i < 2; ++i) {
    if (subjects[static_cast<size_t>(i)].mesh.empty()) continue;
    render::Canvas canvas(kPanel * kSamples, kPanel * kSamples);
    render::draw_subject(canvas, camera, subjects[static_cast<size_t>(i)], 0, kCrease, kSamples);
    render::downsample(canvas, kSamples, picture, i * kPanel, 0);
  }
  return render::png_bytes(picture);
}

Gallery::Gallery(const report::Analysis& analysis, const report::Options& options,
                 const Config& config, const std::string& answers_path, int threads,
                 execute::Executor& executor)
    : viewer_(config.viewer) {
  for (const report::Cell& cell : analysis.cells) {
    if (cell.choice != options.choose.front()) continue;
    for (const auto& list : {report::worst(cell, options.gallery),
                             report::random_parts(cell, options.gallery, options.seed)}) {
      for (const report::Chosen* c : list) {
        const uint32_t candidate = c->row ? c->row->candidate : 0;
        entries_[{cell.data, cell.system, c->part->part, candidate}].id = c->part->id();
      }
    }
  }
  find_answers(answers_path);
  find_truths(config, threads);
  draw(threads, executor);
}

void Gallery::find_answers(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line);) {
    const nlohmann::json j = nlohmann::json::parse(line, nullptr, false);
    if (!j.is_object() || !j.contains("part") || !j.contains("candidate")) continue;
    const auto at = entries_.find({j.value("data", ""), j.value("system", ""),
                                   j["part"].get<uint64_t>(), j["candidate"].get<uint32_t>()});
    if (at == entries_.end()) continue;
    if (j.contains("code")) at->second.answer.code = j["code"].get<std::string>();
    at->second.answer.path = j.value("path", "");
  }
}

void Gallery::find_truths(const Config& config, int threads) {
  for (const DataConfig& d : config.data) {
    const DataSet set = load_data(d, threads, false);
    for (auto& [key, entry] : entries_) {
      const uint64_t part = std::get<2>(key);
      if (std::get<0>(key) != d.name || part >= set.parts.size()) continue;
      if (set.parts[part].id == entry.id) entry.truth = set.parts[part].truth;
    }
  }
}

void Gallery::draw(int threads, execute::Executor& executor) {
  std::vector<score::Input> inputs;
  for (const auto& [key, entry] : entries_)
    inputs.push_back(entry.truth), inputs.push_back(entry.answer);
  Meshes meshes;
  load(inputs, executor, meshes);
  std::vector<Entry*> list;
  for (auto& [key, entry] : entries_) list.push_back(&entry);
  static const mesh::TriangleMesh kNothing;
  const auto of = [&](const score::Input& input) -> const mesh::TriangleMesh& {
    const auto at = meshes.find(input.key());
    return at == meshes.end() ? kNothing : at->second;
  };
  parallel_for(list.size(), threads, [&](size_t i) {
    const auto &truth = of(list[i]->truth), &answer = of(list[i]->answer);
    if (!truth.empty() || !answer.empty()) list[i]->png = pair_picture(truth, answer);
  });
}

report::Shown Gallery::show(const report::Cell& cell, const report::Chosen& chosen) const {
  report::Shown shown;
  shown.chosen = &chosen;
  const uint32_t candidate = chosen.row ? chosen.row->candidate : 0;
  const auto at = entries_.find({cell.data, cell.system, chosen.part->part, candidate});
  if (at == entries_.end()) return shown;
  shown.png = at->second.png;
  const score::Input& answer = at->second.answer;
  if (answer.code) {
    shown.code = *answer.code;
  } else if (lower_extension(answer.path) == ".py") {
    try {
      shown.code = read_file(answer.path, size_t{1} << 20);
    } catch (const Error&) {  // gone since
    }
  }
  if (!viewer_.empty()) {
    shown.link = filled(viewer_, {{"data", cell.data},
                                  {"system", cell.system},
                                  {"id", chosen.part->id()},
                                  {"flat", flat(chosen.part->id())},
                                  {"candidate", std::to_string(candidate)}});
  }
  return shown;
}

}  // namespace cadrecode::benchmark
