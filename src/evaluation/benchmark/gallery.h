// Pictures of truth and answer side by side, and the texts that go with them.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "evaluation/benchmark/config.h"
#include "evaluation/report/page.h"
#include "geometry/mesh/mesh.h"
#include "pipeline/execute/execute.h"

namespace cadrecode::benchmark {

// Two panels under one camera, each mesh scaled by its own box as the official
// protocol scales it; an empty mesh leaves its panel empty. The same bytes everywhere.
std::string pair_picture(const mesh::TriangleMesh& truth, const mesh::TriangleMesh& answer);

// What the page's galleries of this analysis show. `answers_path`: predictions.jsonl.
// Parts that cannot be loaded have no picture. Errors: those of load_data.
class Gallery {
 public:
  Gallery(const report::Analysis& analysis, const report::Options& options, const Config& config,
          const std::string& answers_path, int threads, execute::Executor& executor);

  report::Shown show(const report::Cell& cell, const report::Chosen& chosen) const;

 private:
  using Key = std::tuple<std::string, std::string, uint64_t, uint32_t>;  // and the candidate
  struct Entry {
    score::Input truth, answer;
    std::string id, png;
  };
  void find_answers(const std::string& path);
  void find_truths(const Config& config, int threads);
  void draw(int threads, execute::Executor& executor);

  std::map<Key, Entry> entries_;
  std::string viewer_;
};

}  // namespace cadrecode::benchmark
