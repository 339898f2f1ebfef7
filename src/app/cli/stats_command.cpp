// cadrecode stats: how one or two sets of programs are distributed, and whether
// they can be told apart.
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/files.h"
#include "base/progress.h"
#include "evaluation/distribution/features.h"
#include "evaluation/distribution/report.h"
#include "learning/dataset/source.h"

namespace cadrecode::cli {
namespace {

using distribution::Described;
using nlohmann::ordered_json;

struct Settings {
  std::vector<std::string> sets;
  std::string page, table;
  size_t most = 10'000;
  uint64_t seed = 0;
  int folds = 5, trees = 100;
  bool json = false;
};

// `most` of n, evenly spaced: what stands first in a set is no sample of it.
std::vector<uint64_t> spread(uint64_t n, uint64_t most) {
  std::vector<uint64_t> out;
  for (uint64_t i = 0; i < std::min(n, most); ++i) out.push_back(n <= most ? i : i * n / most);
  return out;
}

std::vector<std::string> codes(const std::string& path, uint64_t most) {
  const dataset::Rows rows = dataset::open_rows(path);
  std::vector<std::string> out;
  for (const uint64_t i : spread(rows.size, most)) out.push_back(rows.at(i).code);
  return out;
}

Described describe(const std::string& path, uint64_t most) {
  Described out{path, {}, 0};
  const std::vector<std::string> programs = codes(path, most);
  Progress progress("measure", programs.size());
  size_t done = 0;
  for (const std::string& code : programs) {
    if (auto row = distribution::measure(code)) {
      out.rows.push_back(std::move(*row));
    } else {
      ++out.outside;
    }
    progress.update(++done);
  }
  if (out.rows.empty()) {
    throw Error(ErrorKind::kInput, "'" + path + "' holds no program of the dialect");
  }
  return out;
}

ordered_json as_json(const std::vector<Described>& sets, const distribution::TwoSample* told) {
  ordered_json j{{"count", 0}, {"sets", ordered_json::array()}, {"auc", nullptr}};
  for (const Described& s : sets) {
    j["count"] = j["count"].get<uint64_t>() + s.rows.size() + s.outside;
    j["sets"].push_back({{"path", s.name}, {"valid", s.rows.size()}, {"outside", s.outside}});
  }
  if (!told) return j;
  j["auc"] = told->auc;
  j["fold_auc"] = told->fold_auc;
  for (const distribution::Telling& t : told->features) {
    j["features"].push_back({{"name", distribution::features()[t.feature].name},
                             {"distance", t.ks},
                             {"auc_drop", t.drop}});
  }
  return j;
}

int run(const Settings& s) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<Described> sets;
  for (const std::string& path : s.sets) sets.push_back(describe(path, s.most));
  std::optional<distribution::TwoSample> told;
  if (sets.size() == 2) {
    distribution::BoostOptions options;
    options.trees = s.trees;
    told = distribution::tell_apart(sets[0].rows, sets[1].rows, s.seed, s.folds, options);
  }
  const distribution::TwoSample* result = told ? &*told : nullptr;
  if (!s.table.empty() && result) {
    write_file(s.table, distribution::features_csv(sets, *result));
  }
  if (!s.page.empty()) write_file(s.page, distribution::page(sets, result));
  if (s.json) {
    ordered_json j = as_json(sets, result);
    j["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print("{}\n", j.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
  } else {
    fmt::print("{}", distribution::table(sets, result));
  }
  return kDone;
}

}  // namespace

void add_stats(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  CLI::App* command = app.add_subcommand(
      "stats", "Show how one or two sets of programs are distributed, and tell them apart");
  command
      ->add_option("sets", s->sets,
                   "A folder of shards or of .py programs, or a .jsonl file with 'code'; a second "
                   "one to compare")
      ->required()
      ->expected(1, 2)
      ->check(CLI::ExistingPath)
      ->type_name("SET");
  command->add_option("-o,--output", s->page, "Also draw the distributions")
      ->type_name("FILE.html");
  command
      ->add_option("--features", s->table,
                   "Also write both sets' features, folds and held-out scores")
      ->type_name("FILE.csv");
  command->add_option("--most", s->most, "Programs taken of each set, evenly spaced")
      ->capture_default_str()
      ->check(CLI::Range(10, 100'000'000));
  command->add_option("--seed", s->seed, "Of the folds")->capture_default_str();
  command->add_option("--folds", s->folds, "Of the cross validation")
      ->capture_default_str()
      ->check(CLI::Range(2, 100));
  command->add_option("--trees", s->trees, "Of the classifier")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000));
  command->add_flag("--json", s->json, "One JSON object");
  command->callback([s, &action] { action = [s] { return run(*s); }; });
}

}  // namespace cadrecode::cli
