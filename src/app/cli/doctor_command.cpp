// cadrecode doctor: what this machine and this build can do, what is missing
// and how to get it.
#include <fmt/format.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "pipeline/execute/execute.h"

#ifndef CADRECODE_VERSION
#define CADRECODE_VERSION "unknown"
#endif

namespace cadrecode::cli {
namespace {

using nlohmann::ordered_json;

struct Check {
  std::string name;
  bool good = false;
  std::string found;
  std::string remedy;  // shown when not good
};

std::string cpu_features() {
  std::string text;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) text += " avx2";
  if (__builtin_cpu_supports("fma")) text += " fma";
  if (__builtin_cpu_supports("avx512f")) text += " avx512f";
#endif
  return text.empty() ? "baseline" : text.substr(1);
}

Check check_machine() {
  utsname name{};
  uname(&name);
  struct sysinfo info {};
  sysinfo(&info);
  double gigabytes = static_cast<double>(info.totalram) * info.mem_unit / (1 << 30);
  return {"machine", true,
          fmt::format("{} {}, {} threads, {:.1f} GB, {}", name.sysname, name.machine,
                      std::thread::hardware_concurrency(), gigabytes, cpu_features()),
          ""};
}

Check check_worker(const execute::Outcome& outcome) {
  bool good = outcome.facts && outcome.facts->valid && std::abs(outcome.facts->volume - 6) < 1e-9;
  std::string found = outcome.failure ? outcome.failure->message
                                      : fmt::format("a box was built and checked in {:.1f} ms",
                                                    outcome.seconds * 1e3);
  return {"isolated kernel", good, found,
          "reinstall the packages of scripts/setup and build again; if it persists, report it"};
}

// Tried in a worker, since what is taken away does not come back.
Check check_sandbox() {
  WorkerPool pool(1, {}, [](const std::string&, Beacon&) {
    return "left: " + confine({Rights::Files::kSystem, false, false});
  });
  const std::string left = pool.ask("").bytes;
  const bool good = left == "left: ";
  return {
      "sandbox", good,
      good ? "workers lose network, processes and files (seccomp, Landlock)"
           : "workers keep: " + left.substr(std::min<size_t>(left.size(), 6)),
      "a Linux kernel from 5.13 on has both; until then run strangers' programs in a container"};
}

std::vector<Check> run_checks() {
  const Check sandbox = check_sandbox();  // first: it must fork before anything starts a thread
  execute::Executor executor(1);
  execute::Outcome outcome = executor.run(
      {.id = "box", .code = "import cadquery as cq\nr = cq.Workplane().box(1, 2, 3)\n"});
  return {{"cadrecode", true, CADRECODE_VERSION, ""},
          check_machine(),
          {"CAD kernel", true, "OCCT " + execute::kernel_version(), ""},
          check_worker(outcome),
          sandbox};
}

int doctor(bool json) {
  bool good = true;
  ordered_json row;
  for (const Check& check : run_checks()) {
    good = good && check.good;
    row[check.name] = {{"ok", check.good}, {"found", check.found}};
    if (json) continue;
    fmt::print("{:<16} {:<5} {}\n", check.name, check.good ? "ok" : "BAD", check.found);
    if (!check.good) fmt::print("{:<22} {}\n", "", check.remedy);
  }
  if (json) fmt::print("{}\n", row.dump());
  return good ? kDone : kInternal;
}

}  // namespace

void add_doctor(CLI::App& app, Action& action) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command =
      app.add_subcommand("doctor", "Say what works here, what is missing and how to get it");
  command->add_flag("--json", *json, "One JSON object");
  command->callback([json, &action] { action = [json] { return doctor(*json); }; });
}

}  // namespace cadrecode::cli
