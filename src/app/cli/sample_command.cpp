// cadrecode sample: points on the surface of anything, as the models see them.
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/files.h"
#include "base/progress.h"
#include "geometry/cloud/io.h"
#include "geometry/cloud/process.h"
#include "geometry/cloud/sample.h"
#include "geometry/mesh/measure.h"
#include "learning/dataset/source.h"
#include "pipeline/subject/subject.h"

namespace cadrecode::cli {
namespace {

using nlohmann::ordered_json;

struct Settings {
  std::string input, output, frame = "unit";
  size_t points = 256, dense = 8192;
  uint64_t seed = 0;
  bool brep = false, json = false;
};

// unit: own box into [-1,1]^3; raw100: program units / 100; source: untouched.
cloud::Normalisation frame_of(const Settings& settings, const subject::Subject& subject) {
  if (settings.frame == "source") return {};
  if (settings.frame == "raw100") return {{}, 0.01};
  return cloud::unit_normalisation(subject.is_cloud() ? cloud::bounding_box(subject.cloud.points)
                                                      : mesh::bounding_box(subject.mesh));
}

cloud::PointCloud draw(const Settings& settings, const subject::Subject& subject) {
  cloud::PointCloud dense =
      subject.is_cloud() ? subject.cloud
                         : cloud::sample_surface(subject.mesh, settings.dense, settings.seed).cloud;
  dense = cloud::apply(frame_of(settings, subject), dense);
  if (settings.points == 0) return dense;
  if (dense.points.size() < settings.points) {
    throw Error(ErrorKind::kValue,
                fmt::format("'{}' has {} points, fewer than --points {}", settings.input,
                            dense.points.size(), settings.points));
  }
  return cloud::take(dense, cloud::farthest_points(dense.points, settings.points));
}

void write(const cloud::PointCloud& points, const std::string& path) {
  std::string extension = lower_extension(path);
  // The field's caches are bare N x 3 float32 arrays.
  if (extension == ".npy") return cloud::write_npy({points.points, {}}, path);
  if (extension == ".ply") return cloud::write_ply(points, path);
  if (extension == ".xyz") return cloud::write_xyz(points, path);
  throw Error(ErrorKind::kUnsupported, "cannot write '" + path + "': use .npy, .ply or .xyz");
}

void print(const Settings& settings, const char* what, size_t count, double seconds) {
  if (!settings.json) {
    fmt::print("{}: {} {}, wrote {}\n", settings.input, count, what, settings.output);
    return;
  }
  fmt::print("{}\n", ordered_json{{"id", settings.input},
                                  {what, count},
                                  {"seconds", seconds},
                                  {"outputs", {settings.output}}}
                         .dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

// UV grids of faces and edges, made where the kernel runs.
int run_brep(const Settings& settings) {
  if (lower_extension(settings.output) != ".npz") {
    throw Error(ErrorKind::kUnsupported,
                "cannot write B-rep grids to '" + settings.output + "': use .npz");
  }
  execute::Executor executor(1);
  std::optional<execute::Job> job = subject::job_of(settings.input);
  if (!job) {
    throw Error(
        ErrorKind::kUnsupported,
        "'" + settings.input + "' has no faces and edges: --brep wants a program, STEP or BREP");
  }
  job->tessellate = false;
  job->outputs = {settings.output};
  const execute::Outcome outcome = executor.run(*job);
  if (outcome.failure) {
    const auto& f = *outcome.failure;
    throw Error(f.kind, f.message, {settings.input, f.line, f.column});
  }
  print(settings, "faces", static_cast<size_t>(outcome.facts->faces), outcome.seconds);
  return kDone;
}

// The grids of every program of a data set, OUTPUT/<id>.npz: what training reads
// (learning/dataset/brep.h). Files that are there are left alone.
int run_brep_set(const Settings& settings) {
  const auto start = std::chrono::steady_clock::now();
  execute::Executor executor(std::max(1u, std::thread::hardware_concurrency()));
  const dataset::Rows rows = dataset::open_rows(settings.input);
  std::filesystem::create_directories(settings.output);
  uint64_t at = 0, written = 0, present = 0, failed = 0;
  const auto next = [&]() -> std::optional<execute::Job> {
    while (at < rows.size) {
      const dataset::Row row = rows.at(at++);
      const std::string path = dataset::brep_path(settings.output, row.id);
      if (std::filesystem::exists(path)) {
        ++present;
        continue;
      }
      execute::Job job;
      job.id = row.id, job.code = row.code, job.measure = false, job.outputs = {path};
      return job;
    }
    return std::nullopt;
  };
  Progress progress("sample", rows.size);
  executor.run(next, [&](const execute::Outcome& outcome) {
    outcome.failure ? ++failed : ++written;
    if (outcome.failure) fmt::print(stderr, "{}: {}\n", outcome.id, outcome.failure->message);
    progress.update(present + written + failed);
  });
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  if (settings.json) {
    fmt::print("{}\n", ordered_json{{"count", rows.size},
                                    {"written", written},
                                    {"present", present},
                                    {"failed", failed},
                                    {"seconds", took.count()}}
                           .dump());
  } else {
    fmt::print("{} programs, {} written, {} there before, {} failed: {}\n", rows.size, written,
               present, failed, settings.output);
  }
  return failed ? kSomeFailed : kDone;
}

bool is_set(const std::string& path) {
  return std::filesystem::is_directory(path) || lower_extension(path) == ".jsonl";
}

int run(const Settings& settings) {
  if (settings.brep && is_set(settings.input)) return run_brep_set(settings);
  if (settings.brep) return run_brep(settings);
  auto start = std::chrono::steady_clock::now();
  execute::Executor executor(1);
  cloud::PointCloud points = draw(settings, subject::load(settings.input, executor));
  write(points, settings.output);
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  print(settings, "points", points.points.size(), seconds);
  return kDone;
}

}  // namespace

void add_sample(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  CLI::App* command =
      app.add_subcommand("sample", "Draw points on the surface of a program, solid or mesh");
  command
      ->add_option("input", s->input,
                   "A .py program, STEP, BREP, mesh or cloud; with --brep also a data set: shards, "
                   "programs, or a .jsonl file with code")
      ->required()
      ->type_name("INPUT");
  command
      ->add_option("-o,--output", s->output,
                   ".npy (N x 3, float32), .ply or .xyz (with normals); .npz with --brep, or a "
                   "folder for a data set's")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--points", s->points, "Farthest points kept of the dense sample; 0 keeps all")
      ->capture_default_str();
  command->add_option("--dense", s->dense, "Points drawn uniformly by area")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000'000));
  command
      ->add_option("--frame", s->frame,
                   "unit: box into [-1,1]^3; raw100: program units / 100; source: as is")
      ->capture_default_str()
      ->check(CLI::IsMember({"unit", "raw100", "source"}));
  command->add_flag("--brep", s->brep,
                    "UV grids of every face (20x20: point, normal, mask) and edge, as .npz");
  command->add_option("--seed", s->seed, "Same seed, same points")->capture_default_str();
  command->add_flag("--json", s->json, "One JSON object");
  command->callback([s, &action] { action = [s] { return run(*s); }; });
}

}  // namespace cadrecode::cli
