// cadrecode data: which published data sets are there, and where the rest is.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "evaluation/benchmark/catalogue.h"
#include "evaluation/benchmark/unit_meshes.h"

namespace cadrecode::cli {
namespace {

using nlohmann::ordered_json;

struct Settings {
  std::string folder, meshes, archive;
  int threads = 0;
  bool quick = false, json = false;
};

const char* words(benchmark::Presence p) {
  constexpr const char* kWords[] = {"missing", "other", "counted", "exact"};
  return kWords[static_cast<int>(p)];
}

void print(const benchmark::Found& f) {
  using benchmark::Presence;
  const auto& set = f.set;
  switch (f.presence) {
    case Presence::kMissing:
      fmt::print("{:<12} missing     {}: published at {}\n", set.name, set.title, set.published);
      fmt::print("{:<24} as a folder or file called {}\n", "", set.folders.front());
      break;
    case Presence::kOther:
      fmt::print("{:<12} not it      {} holds {} parts{}{}\n", set.name, f.path, f.count,
                 set.count ? fmt::format(", {} has {}", set.title, set.count) : "",
                 set.count == f.count && f.count ? ", but other bytes" : "");
      fmt::print("{:<24} published at {}\n", "", set.published);
      break;
    case Presence::kCounted:
      fmt::print("{:<12} there       {}: {} parts in {}{}\n", set.name, set.title, f.count, f.path,
                 set.sha256.empty() ? "; no fingerprint of it is known here" : "");
      break;
    case Presence::kExact:
      fmt::print("{:<12} exact       {}: {} parts in {}, every byte as expected\n", set.name,
                 set.title, f.count, f.path);
      break;
  }
  if (!f.fingerprint.empty()) fmt::print("{:<24} SHA-256 {}\n", "", f.fingerprint);
  if (!set.notes.empty() && f.presence == Presence::kMissing)
    fmt::print("{:<24} {}\n", "", set.notes);
}

int look(const Settings& s) {
  size_t there = 0;
  const auto all = benchmark::look_for_sets(s.folder, !s.quick, s.threads);
  for (const benchmark::Found& f : all) {
    there += f.presence >= benchmark::Presence::kCounted;
    if (!s.json) {
      print(f);
      continue;
    }
    const ordered_json j = {{"name", f.set.name},
                            {"status", words(f.presence)},
                            {"path", f.path},
                            {"count", f.count},
                            {"expected", f.set.count ? ordered_json(f.set.count) : nullptr},
                            {"sha256", f.fingerprint},
                            {"expected_sha256", f.set.sha256},
                            {"published", f.set.published},
                            {"licence", f.set.licence}};
    fmt::print("{}\n", j.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
  }
  if (!s.json) fmt::print("{} of {} known data sets are in {}\n", there, all.size(), s.folder);
  return kDone;
}

int make_meshes(const Settings& s) {
  watch_interrupts();
  std::unique_ptr<Progress> progress;
  const auto result = benchmark::write_unit_meshes(
      {s.folder, s.archive, s.meshes, s.threads, [&](uint64_t done, uint64_t total) {
         if (!progress) progress = std::make_unique<Progress>("meshes", total);
         progress->update(done);
         return !interrupted();
       }});
  progress.reset();
  for (const auto& [id, message] : result.failures) fmt::print(stderr, "{}: {}\n", id, message);
  fmt::print("{} meshes in {}, {} could not be made\n", result.written, s.meshes,
             result.failures.size());
  if (interrupted()) return kInterrupted;
  return result.failures.empty() ? kDone : kSomeFailed;
}

}  // namespace

void add_data(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  CLI::App* command = app.add_subcommand(
      "data", "What of the field's data sets is in a folder, and where the rest is published");
  command->add_option("folder", s->folder, "Folder that holds data sets")
      ->required()
      ->type_name("DIR");
  command
      ->add_option("--meshes", s->meshes,
                   "Write every STEP, program or sequence of DIR as a mesh in the unit cube,\n"
                   "as the official test sets are, into this folder")
      ->type_name("OUT");
  command->add_option("--archive", s->archive, "DIR holds .json sequences: deepcad or fusion360")
      ->check(CLI::IsMember({"deepcad", "fusion360"}));
  command->add_option("--threads", s->threads, "0: one per core")->capture_default_str();
  command->add_flag("--quick", s->quick, "Count only; do not read the bytes");
  command->add_flag("--json", s->json, "One JSON object a set, one line each");
  command->callback(
      [s, &action] { action = [s] { return s->meshes.empty() ? look(*s) : make_meshes(*s); }; });
}

}  // namespace cadrecode::cli
