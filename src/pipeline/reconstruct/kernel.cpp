#include "pipeline/reconstruct/kernel.h"

#include "base/error.h"

namespace cadrecode::reconstruct {
namespace {

// A program that takes the kernel longer is tangled: another candidate is due.
constexpr double kBuildSeconds = 6;
constexpr double kFileSeconds = 60;  // reading a solid, or writing the answer's files

execute::Executor& executor(bool file) {
  static execute::Executor build(1, {.worker = {.cpu_seconds = kBuildSeconds,
                                                .rights = {Rights::Files::kSystem, false, false}}});
  if (!file) return build;
  static execute::Executor files(
      1, {.worker = {.cpu_seconds = kFileSeconds, .rights = {Rights::Files::kAll, false, false}}});
  return files;
}

}  // namespace

execute::Outcome build(const std::string& program, bool tessellate,
                       const std::vector<std::string>& outputs, const std::string& name) {
  execute::Job job;
  job.id = name + ".step";  // what is in the files is named after its stem
  job.code = program;
  job.tessellate = tessellate;
  job.outputs = outputs;
  // What was built within the limit must also be written: files take longer.
  return executor(!outputs.empty()).run(job);
}

mesh::TriangleMesh mesh_of_solid_file(const std::string& path) {
  execute::Job job;
  job.id = path;
  job.solid_file = path;
  job.tessellate = true;
  auto outcome = executor(true).run(job);
  if (outcome.failure)
    throw Error(outcome.failure->kind, outcome.failure->message, Place{path, 0, 0});
  return std::move(outcome.mesh);
}

}  // namespace cadrecode::reconstruct
