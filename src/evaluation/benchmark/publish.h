// From a finished folder to what people read: report.md, report.csv, report.tex,
// report.html, and timing.md beside them.
#pragma once

#include <string>
#include <vector>

#include "evaluation/benchmark/config.h"
#include "evaluation/report/tables.h"
#include "pipeline/execute/execute.h"

namespace cadrecode::benchmark {

struct PublishOptions {
  int threads = 0;
  bool pictures = true;  // of the page's gallery; they need the data set's files
};

struct Published {
  std::vector<std::string> files;
  report::Analysis analysis;
  std::vector<report::Row> rows;  // the analysis points into them
  report::Options options;
  report::Facts facts;
};

// Merges shards first (store.h, collect()). All files but timing.md are a function
// of the rows, the configuration and the data alone. Errors: kInput where results
// are missing; kInput for data that is not there, if pictures are wanted.
Published publish(const std::string& folder, const Config& config, const PublishOptions& options,
                  execute::Executor* executor);

// What runs cost, from times.jsonl: seconds a part by stage, rates, and what the
// published sets would take. Empty if nothing was timed.
std::string timing_text(const std::string& folder, const Config& config);

// Results in OpenCADRecode's layout under `folder`/opencadrecode: results/<system>/
// generated_code, generated_stl, generated_step, inference_results.json,
// detailed_metrics.json; gt_stl_files; benchmark_report.json and .md.
void write_peer_layout(const std::string& folder, const Config& config, const Published& published,
                       execute::Executor& executor);

}  // namespace cadrecode::benchmark
