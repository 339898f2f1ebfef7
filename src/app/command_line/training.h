// The options of `train` and `merge`: parsed by cadrecode-train, and described by
// cadrecode, which hands those commands over without linking libtorch.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace cadrecode::command_line {

struct TrainWords {
  std::string config;
  std::vector<std::string> overrides;
  bool print = false;
};
CLI::App* declare_train(CLI::App& app, TrainWords& words);

struct MergeWords {
  std::string adapter, base, output, type = "bf16";
};
CLI::App* declare_merge(CLI::App& app, MergeWords& words);

}  // namespace cadrecode::command_line
