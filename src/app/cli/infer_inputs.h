// Where `infer` takes its parts from.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "learning/infer/infer.h"
#include "pipeline/execute/execute.h"

namespace cadrecode::cli {

struct InferInputs {
  // A folder of shards (shard-*.jsonl.zst) or of meshes, clouds, STEP, BREP and
  // programs at any depth (but not in point_cloud_cache); one such file; JSON
  // Lines with `id` and `code`, `points` ([[x, y, z], …]) or `path`; - for stdin.
  std::string data;
  size_t points = 256, dense = 8192;
  infer::Frame frame = infer::Frame::kUnit;
  uint64_t seed = 0;
  uint64_t shard = 0, shards = 1;  // every shards-th part, from number `shard` on
  size_t limit = 0;                // parts at most; 0: all
};

// One part after the other; those whose id is in `done` are passed over without
// being read. A part that cannot be read carries its error.
struct InferSource {
  std::function<std::optional<infer::Input>()> next;
  size_t total = 0;  // 0: unknown
};
InferSource infer_source(const InferInputs& inputs, const std::set<std::string>& done,
                         execute::Executor& executor);

}  // namespace cadrecode::cli
