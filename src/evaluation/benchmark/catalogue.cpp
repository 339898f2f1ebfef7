#include "evaluation/benchmark/catalogue.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "evaluation/benchmark/data_set.h"

namespace cadrecode::benchmark {
namespace {

namespace fs = std::filesystem;

// Of an installed program: ../share/cadrecode/configs; of a build: the source
// tree it was made from, some folders up.
std::string find_configs() {
  if (const char* given = std::getenv("CADRECODE_CONFIGS")) return given;
  std::error_code error;
  fs::path at = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (int up = 0; up < 5 && !at.empty(); ++up, at = at.parent_path()) {
    for (const char* below : {"configs", "share/cadrecode/configs"})
      if (fs::is_directory(at / below / "data")) return (at / below).string();
  }
  if (fs::is_directory("configs/data")) return "configs";
  throw Error(ErrorKind::kInput,
              "there is no configs/data near the program; set CADRECODE_CONFIGS to the configs "
              "folder of the sources");
}

std::string text_of(const YAML::Node& node, const char* key) {
  const YAML::Node value = node[key];
  return value && value.IsScalar() ? value.Scalar() : "";
}

}  // namespace

std::string configs_folder() { return find_configs(); }

KnownSet known_set_of(const std::string& yaml, const std::string& file) {
  YAML::Node root;
  try {
    root = YAML::Load(yaml);
    KnownSet set;
    if (!root.IsMap())
      throw Error(ErrorKind::kSyntax, "a map of keys to values is wanted", {file, 1, 0});
    set.name = text_of(root, "name"), set.title = text_of(root, "title");
    set.kind = text_of(root, "kind"), set.published = text_of(root, "published");
    set.licence = text_of(root, "licence"), set.notes = text_of(root, "notes");
    set.sha256 = text_of(root, "sha256"), set.archive = text_of(root, "archive");
    if (root["count"]) set.count = root["count"].as<uint64_t>();
    if (root["folders"]) set.folders = root["folders"].as<std::vector<std::string>>();
    if (set.name.empty() || set.published.empty() || set.folders.empty())
      throw Error(ErrorKind::kValue, "name, folders and published are needed", {file, 1, 0});
    return set;
  } catch (const YAML::Exception& e) {
    throw Error(ErrorKind::kSyntax, e.msg, {file, e.mark.is_null() ? 0 : e.mark.line + 1, 0});
  }
}

std::vector<KnownSet> known_sets() {
  const std::string folder = find_configs() + "/data";
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (lower_extension(entry.path().string()) == ".yaml") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  std::vector<KnownSet> sets;
  for (const std::string& file : files)
    sets.push_back(known_set_of(read_file(file, 1 << 20), file));
  return sets;
}

void check_known(const DataConfig& config, size_t count) {
  std::string names;
  for (const KnownSet& set : known_sets()) {
    if (set.name == config.set) {
      if (set.count == 0 || set.count == count) return;
      throw Error(ErrorKind::kValue,
                  fmt::format("data '{}': '{}' holds {} parts, {} has {}; published at {}",
                              config.name, config.path, count, set.title, set.count, set.published),
                  {config.path, 0, 0});
    }
    names += (names.empty() ? "" : ", ") + set.name;
  }
  throw Error(ErrorKind::kValue, fmt::format("data '{}': no set is called '{}'; known are {}",
                                             config.name, config.set, names));
}

void check_fingerprint(const DataConfig& config, const std::string& fingerprint) {
  if (config.set.empty()) return;
  for (const KnownSet& set : known_sets()) {
    if (set.name != config.set || set.sha256.empty() || set.sha256 == fingerprint) continue;
    throw Error(ErrorKind::kValue,
                fmt::format("data '{}': '{}' has as many parts as {}, but other bytes (SHA-256 {}, "
                            "wanted {}); leave out 'set' to use it all the same",
                            config.name, config.path, set.title, fingerprint, set.sha256),
                {config.path, 0, 0});
  }
}

std::vector<Found> look_for_sets(const std::string& folder, bool hash, int threads) {
  if (!fs::is_directory(folder))
    throw Error(ErrorKind::kInput, "there is no folder '" + folder + "'", {folder, 0, 0});
  std::vector<Found> all;
  for (const KnownSet& set : known_sets()) {
    Found found{set, Presence::kMissing, {}, 0, {}};
    for (const std::string& name : set.folders) {
      const fs::path path = fs::path(folder) / name;
      if (!fs::exists(path)) continue;
      DataConfig config;
      config.name = set.name, config.path = path.string(), config.archive = set.archive;
      found.path = config.path;
      found.presence = Presence::kOther;
      try {
        const DataSet data = load_data(config, threads, hash);
        found.count = data.parts.size();
        found.fingerprint = data.fingerprint;
      } catch (const Error&) {  // a folder of that name without a part
      }
      if (found.count && (set.count == 0 || found.count == set.count))
        found.presence = Presence::kCounted;
      if (found.presence == Presence::kCounted && hash && !set.sha256.empty())
        found.presence = found.fingerprint == set.sha256 ? Presence::kExact : Presence::kOther;
      break;
    }
    all.push_back(std::move(found));
  }
  return all;
}

}  // namespace cadrecode::benchmark
