#include "evaluation/benchmark/unit_meshes.h"

#include <filesystem>
#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "evaluation/benchmark/data_set.h"
#include "evaluation/metric/frame.h"
#include "geometry/mesh/io.h"
#include "pipeline/subject/subject.h"

namespace cadrecode::benchmark {
namespace {

namespace fs = std::filesystem;

void write(const mesh::TriangleMesh& mesh, const std::string& path) {
  write_file(path, mesh::stl_bytes(metric::apply(metric::to_official(mesh), mesh)));
}

}  // namespace

UnitMeshReport write_unit_meshes(const UnitMeshes& o) {
  const int threads = o.threads > 0
                          ? o.threads
                          : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  execute::Executor executor(static_cast<size_t>(threads));
  DataConfig config;
  config.name = "meshes", config.path = o.from, config.archive = o.archive;
  const DataSet data = load_data(config, threads, false);
  UnitMeshReport report;
  uint64_t done = 0;
  size_t next = 0;
  std::vector<const PartRef*> waiting;
  const auto target = [&](const PartRef& p) { return o.to + "/" + p.id + ".stl"; };
  const auto made = [&](const PartRef& p, const std::function<subject::Subject()>& load) {
    try {
      const subject::Subject s = load();
      if (s.is_cloud()) throw Error(ErrorKind::kUnsupported, "a point cloud has no surface");
      fs::create_directories(fs::path(target(p)).parent_path());
      write(s.mesh, target(p));
      ++report.written;
    } catch (const Error& error) {
      report.failures.emplace_back(p.id, error.what());
    }
    ++done;
  };
  bool going = true;
  size_t answered = 0;
  executor.run(
      [&]() -> std::optional<execute::Job> {
        while (going && next < data.parts.size()) {
          going = !o.progress || o.progress(done, data.parts.size());
          const PartRef& p = data.parts[next++];
          if (fs::exists(target(p))) {
            ++report.written, ++done;
            continue;
          }
          std::optional<execute::Job> job;
          if (p.truth.code) {
            job = execute::Job{.id = p.id, .code = *p.truth.code, .tessellate = true};
          } else {
            try {
              job = subject::job_of(p.truth.path);
            } catch (const Error& error) {
              report.failures.emplace_back(p.id, error.what());
              continue;
            }
          }
          if (!job) {
            made(p, [&] { return subject::read(p.truth.path); });
            continue;
          }
          waiting.push_back(&p);
          return job;
        }
        return std::nullopt;
      },
      [&](execute::Outcome outcome) {
        const PartRef& p = *waiting[answered++];
        made(p, [&] { return subject::from_outcome(std::move(outcome)); });
      });
  return report;
}

}  // namespace cadrecode::benchmark
