#include "pipeline/reconstruct/kernel.h"

#include "base/error.h"

namespace cadrecode::reconstruct {
namespace {

execute::Executor& executor() {
  static execute::Executor one(1, {.worker = {.cpu_seconds = 20}});
  return one;
}

}  // namespace

execute::Outcome build(const std::string& program, bool tessellate,
                       const std::vector<std::string>& outputs) {
  execute::Job job;
  job.id = "part";
  job.code = program;
  job.tessellate = tessellate;
  job.outputs = outputs;
  return executor().run(job);
}

mesh::TriangleMesh mesh_of_solid_file(const std::string& path) {
  execute::Job job;
  job.id = path;
  job.solid_file = path;
  job.tessellate = true;
  auto outcome = executor().run(job);
  if (outcome.failure)
    throw Error(outcome.failure->kind, outcome.failure->message, Place{path, 0, 0});
  return std::move(outcome.mesh);
}

}  // namespace cadrecode::reconstruct
