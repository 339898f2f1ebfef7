#include "pipeline/subject/subject.h"

#include <set>

#include "base/files.h"
#include "geometry/cloud/io.h"

namespace cadrecode::subject {
namespace {

const std::set<std::string> kSolidFiles = {".step", ".stp", ".brep", ".brp"};

Subject from_executor(execute::Job job, execute::Executor& executor) {
  job.tessellate = true;
  execute::Outcome outcome = executor.run(job);
  if (outcome.failure) {
    const execute::Failure& f = *outcome.failure;
    throw Error(f.kind, f.message, {job.id, f.line, f.column});
  }
  Subject subject;
  subject.path = job.id;
  subject.mesh = std::move(outcome.mesh);
  subject.from_kernel = true;
  subject.valid = outcome.facts->valid;
  if (subject.mesh.empty()) {
    throw Error(ErrorKind::kValue, "'" + job.id + "' makes nothing that has a surface",
                {job.id, 0, 0});
  }
  return subject;
}

}  // namespace

Subject load(const std::string& path, execute::Executor& executor) {
  std::string extension = lower_extension(path);
  if (extension == ".py") {
    return from_executor({.id = path, .code = read_file(path, size_t{64} << 20)}, executor);
  }
  if (kSolidFiles.count(extension)) {
    return from_executor({.id = path, .code = {}, .solid_file = path}, executor);
  }
  cloud::ScanFile file = cloud::read_scan(path);
  Subject subject;
  subject.path = path;
  subject.mesh = std::move(file.mesh);
  subject.cloud = std::move(file.cloud);
  return subject;
}

}  // namespace cadrecode::subject
