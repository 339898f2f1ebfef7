// The commands that need libtorch.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace cadrecode::train_cli {

using Action = std::function<int()>;

void add_train(CLI::App& app, Action& action);
void add_merge(CLI::App& app, Action& action);

}  // namespace cadrecode::train_cli
