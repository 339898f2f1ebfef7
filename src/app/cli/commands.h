// The subcommands. Each `add_…` declares one on `app` and stores what to do in
// `action`, which main() runs after parsing and whose result is the exit code.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace cadrecode::cli {

using Action = std::function<int()>;

void add_run(CLI::App& app, Action& action);
void add_reconstruct(CLI::App& app, Action& action);
void add_parametrize(CLI::App& app, Action& action);
void add_ask(CLI::App& app, Action& action);
void add_serve(CLI::App& app, Action& action);
void add_sample(CLI::App& app, Action& action);
void add_metric(CLI::App& app, Action& action);
void add_benchmark(CLI::App& app, Action& action);
void add_report(CLI::App& app, Action& action);
void add_data(CLI::App& app, Action& action);
void add_generate(CLI::App& app, Action& action);
void add_stats(CLI::App& app, Action& action);
void add_convert(CLI::App& app, Action& action);
void add_index(CLI::App& app, Action& action);
void add_infer(CLI::App& app, Action& action);
void add_doctor(CLI::App& app, Action& action);
void add_plot(CLI::App& app, Action& action);
void add_training(CLI::App& app, Action& action);
void add_manual(CLI::App& app, Action& action);

}  // namespace cadrecode::cli
