#include "pipeline/ask/load.h"

#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "base/files.h"
#include "geometry/cloud/io.h"

namespace cadrecode::ask {
namespace {

const std::set<std::string> kSolidFiles = {".step", ".stp", ".brep", ".brp"};

sheet::Sheet from_outcome(execute::Outcome outcome, const std::string& unit) {
  if (outcome.failure) {
    const execute::Failure& f = *outcome.failure;
    throw Error(f.kind, f.message, {outcome.id, f.line, f.column});
  }
  sheet::Options options;
  options.name = stem(outcome.id), options.unit = unit;
  sheet::Sheet sheet = sheet::make_sheet(*outcome.survey, options);
  sheet.from_kernel = true;
  sheet.valid = outcome.facts->valid;
  sheet.edges = outcome.facts->edges, sheet.vertices = outcome.facts->vertices;
  return sheet;
}

execute::Job job_for(const std::string& id) {
  execute::Job job;
  job.id = id;
  job.survey = true;
  job.measure = false;
  return job;
}

}  // namespace

execute::Limits file_limits() {
  execute::Limits limits;
  limits.worker.cpu_seconds = 120;
  return limits;
}

sheet::Sheet sheet_of_program(const std::string& code, const std::string& id,
                              execute::Executor& executor, const std::string& unit) {
  execute::Job job = job_for(id);
  job.code = code;
  return from_outcome(executor.run(job), unit);
}

sheet::Sheet load_sheet(const std::string& path, execute::Executor& executor,
                        const std::string& unit) {
  const std::string extension = lower_extension(path);
  if (extension == ".py")
    return sheet_of_program(read_file(path, size_t{64} << 20), path, executor, unit);
  if (kSolidFiles.count(extension)) {
    execute::Job job = job_for(path);
    job.solid_file = path;
    return from_outcome(executor.run(job), "mm");
  }
  const cloud::ScanFile file = cloud::read_scan(path);
  if (file.mesh.empty()) {
    throw Error(ErrorKind::kUnsupported,
                fmt::format("'{}' holds points without a surface, which has no facts: 'cadrecode "
                            "reconstruct {}' makes a part of it first",
                            path, path));
  }
  sheet::Options options;
  options.name = stem(path), options.unit = unit;
  return sheet::make_sheet(sheet::survey_of_mesh(file.mesh), options);
}

}  // namespace cadrecode::ask
