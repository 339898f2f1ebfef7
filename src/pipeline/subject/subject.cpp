#include "pipeline/subject/subject.h"

#include <set>

#include "base/files.h"
#include "geometry/cloud/io.h"

namespace cadrecode::subject {
namespace {

const std::set<std::string> kSolidFiles = {".step", ".stp", ".brep", ".brp"};

}  // namespace

std::optional<execute::Job> job_of(const std::string& path) {
  const std::string extension = lower_extension(path);
  execute::Job job;
  job.id = path;
  job.tessellate = true;
  job.measure = false;
  if (extension == ".py") {
    job.code = read_file(path, size_t{64} << 20);
  } else if (kSolidFiles.count(extension)) {
    job.solid_file = path;
  } else {
    return std::nullopt;
  }
  return job;
}

Subject from_outcome(execute::Outcome outcome) {
  if (outcome.failure) {
    const execute::Failure& f = *outcome.failure;
    throw Error(f.kind, f.message, {outcome.id, f.line, f.column});
  }
  Subject subject;
  subject.path = outcome.id;
  subject.mesh = std::move(outcome.mesh);
  subject.from_kernel = true;
  subject.valid = outcome.facts->valid;
  if (subject.mesh.empty()) {
    throw Error(ErrorKind::kValue, "'" + outcome.id + "' makes nothing that has a surface",
                {outcome.id, 0, 0});
  }
  return subject;
}

Subject read(const std::string& path) {
  cloud::ScanFile file = cloud::read_scan(path);
  Subject subject;
  subject.path = path;
  subject.mesh = std::move(file.mesh);
  subject.cloud = std::move(file.cloud);
  return subject;
}

Subject load(const std::string& path, execute::Executor& executor) {
  const auto job = job_of(path);
  return job ? from_outcome(executor.run(*job)) : read(path);
}

}  // namespace cadrecode::subject
