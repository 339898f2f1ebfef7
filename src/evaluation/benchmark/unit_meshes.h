// Ground truth as the official test sets have it: one STL a part, in [0, 1]^3.
//
// Programs, solids and sequences are executed and tessellated with CadQuery's
// tolerances (0.001, 0.1), then scaled by their own box: longest side 1, the box's
// centre at 0.5. Meshes are only scaled.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace cadrecode::benchmark {

struct UnitMeshes {
  std::string from;     // a data set's path (data_set.h)
  std::string archive;  // of .json sequences
  std::string to;       // folder for <id>.stl
  int threads = 0;
  std::function<bool(uint64_t done, uint64_t total)> progress;  // false: stop
};

struct UnitMeshReport {
  uint64_t written = 0;                                       // those there before among them
  std::vector<std::pair<std::string, std::string>> failures;  // id, message
};

// Forks workers. Parts whose file is there already are passed over. Errors:
// those of load_data; what is wrong with one part is reported.
UnitMeshReport write_unit_meshes(const UnitMeshes& options);

}  // namespace cadrecode::benchmark
