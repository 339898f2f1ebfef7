#include "evaluation/benchmark/config.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/nearest_word.h"

namespace cadrecode::benchmark {
namespace {

struct Reader {
  std::string file;

  Place at(const YAML::Node& node) const {
    const YAML::Mark mark = node.Mark();
    return {file, mark.is_null() ? 0 : mark.line + 1, mark.is_null() ? 0 : mark.column + 1};
  }
  [[noreturn]] void wrong(const YAML::Node& node, const std::string& what) const {
    throw Error(ErrorKind::kValue, what, at(node));
  }

  template <typename T>
  void scalar(const YAML::Node& node, const std::string& key, T& value, const char* wanted) const {
    if (!node.IsScalar() || !YAML::convert<T>::decode(node, value))
      wrong(node, fmt::format("{}: {} is not {}", key,
                              node.IsScalar() ? "'" + node.Scalar() + "'" : "this", wanted));
  }
  void read(const YAML::Node& node, const std::string& key, std::string& value) const {
    scalar(node, key, value, "a text");
  }
  void read(const YAML::Node& node, const std::string& key, bool& value) const {
    scalar(node, key, value, "true or false");
  }
  void read(const YAML::Node& node, const std::string& key, double& value) const {
    scalar(node, key, value, "a number");
    if (!std::isfinite(value)) wrong(node, key + ": not a finite number");
  }
  void read(const YAML::Node& node, const std::string& key, uint64_t& value) const {
    scalar(node, key, value, "a whole number, 0 or more");
  }
  void read(const YAML::Node& node, const std::string& key, std::optional<uint64_t>& value) const {
    read(node, key, value.emplace());
  }
  // One word or a list of them.
  std::vector<std::string> words(const YAML::Node& node, const std::string& key) const {
    std::vector<std::string> out;
    if (!node.IsSequence()) {
      read(node, key, out.emplace_back());
      return out;
    }
    for (const YAML::Node& item : node) read(item, key, out.emplace_back());
    if (out.empty()) wrong(node, key + ": an empty list");
    return out;
  }

  using Keys = std::map<std::string, std::function<void(const YAML::Node&)>>;
  void map(const YAML::Node& node, const std::string& what, const Keys& keys) const {
    if (!node.IsMap()) wrong(node, what + " is a map of keys to values");
    for (const auto& item : node) {
      const std::string key = item.first.IsScalar() ? item.first.Scalar() : "";
      const auto known = keys.find(key);
      if (known != keys.end()) {
        known->second(item.second);
        continue;
      }
      std::vector<std::string> names;
      for (const auto& [name, unused] : keys) names.push_back(name);
      const std::string near = nearest_word(key, names);
      wrong(item.first, fmt::format("{}: unknown key '{}'{}", what, key,
                                    near.empty() ? "" : "; did you mean '" + near + "'?"));
    }
  }
};

template <typename T>
std::function<void(const YAML::Node&)> into(const Reader& r, const char* key, T& value) {
  return [&r, key, &value](const YAML::Node& node) { r.read(node, key, value); };
}

// A name stands in file names, rows and tables.
void check_name(const Reader& r, const YAML::Node& node, const std::string& name,
                std::set<std::string>& taken) {
  const bool plain =
      !name.empty() && name.size() <= 80 && name.front() != '.' &&
      std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == ' ' || c == '+';
      });
  if (!plain) r.wrong(node, "name: '" + name + "' must be of letters, digits, spaces and . - _ +");
  if (!taken.insert(name).second) r.wrong(node, "name: '" + name + "' is there twice");
}

DataConfig read_data(const Reader& r, const YAML::Node& node) {
  DataConfig d;
  r.map(node, "data",
        {{"name", into(r, "name", d.name)},
         {"path", into(r, "path", d.path)},
         {"set", into(r, "set", d.set)},
         {"input", into(r, "input", d.input)},
         {"key", into(r, "key", d.key)},
         {"archive", into(r, "archive", d.archive)},
         {"split", into(r, "split", d.split)},
         {"part", into(r, "part", d.part)},
         {"every", into(r, "every", d.every)},
         {"first", into(r, "first", d.first)},
         {"limit", into(r, "limit", d.limit)}});
  if (d.name.empty()) d.name = d.set.empty() ? stem(d.path) : d.set;
  if (d.path.empty()) r.wrong(node, "data: '" + d.name + "' has no path");
  if (d.every == 0) r.wrong(node, "every: 0 is not 1 or more");
  if (!d.archive.empty() && d.archive != "deepcad" && d.archive != "fusion360")
    r.wrong(node, "archive: '" + d.archive + "' is neither deepcad nor fusion360");
  if (d.split.empty() != d.part.empty())
    r.wrong(node, "data: 'split' (a JSON file) and 'part' (its key) belong together");
  return d;
}

Reader::Keys search_keys(const Reader& r, SystemConfig& s) {
  return {{"budget", into(r, "budget", s.budget_seconds)},
          {"candidates", into(r, "candidates", s.judged)},
          {"cloud", into(r, "cloud", s.cloud)},
          {"cpu_seconds", into(r, "cpu_seconds", s.cpu_seconds)}};
}

SystemConfig read_system(const Reader& r, const YAML::Node& node) {
  SystemConfig s;
  int kinds = 0;
  const auto search = [&](SystemKind kind) {
    return [&r, &s, &kinds, kind](const YAML::Node& value) {
      s.kind = kind, ++kinds;
      if (value.IsMap()) return r.map(value, to_string(kind), search_keys(r, s));
      bool on = false;
      r.read(value, to_string(kind), on);
      if (!on) r.wrong(value, std::string(to_string(kind)) + ": true, or a map of its settings");
    };
  };
  const auto folder = [&](SystemKind kind) {
    return [&r, &s, &kinds, kind](const YAML::Node& value) {
      s.kind = kind, ++kinds;
      r.read(value, to_string(kind), s.path);
    };
  };
  r.map(node, "systems",
        {{"name", into(r, "name", s.name)},
         {"model", folder(SystemKind::kModel)},
         {"predictions", folder(SystemKind::kPredictions)},
         {"reconstruct", search(SystemKind::kReconstruct)},
         {"fit", search(SystemKind::kFit)},
         {"key", into(r, "key", s.key)},
         {"tokenizer", into(r, "tokenizer", s.tokenizer)},
         {"weights", into(r, "weights", s.weights)},
         {"temperature", into(r, "temperature", s.temperature)},
         {"top_p", into(r, "top_p", s.top_p)},
         {"max_new_tokens", into(r, "max_new_tokens", s.max_new_tokens)},
         {"constrain", into(r, "constrain", s.constrain)},
         {"batch", into(r, "batch", s.batch)},
         {"data", [&](const auto& value) { s.data = r.words(value, "data"); }},
         {"points", into(r, "points", s.points)},
         {"candidates", into(r, "candidates", s.candidates)}});
  if (kinds != 1) r.wrong(node, "systems: each has one of model, predictions, reconstruct, fit");
  if (s.name.empty()) s.name = s.path.empty() ? to_string(s.kind) : stem(s.path);
  if (s.candidates && *s.candidates == 0) r.wrong(node, "candidates: 0 is not 1 or more");
  return s;
}

template <typename T, typename F>
void read_list(const Reader& r, const YAML::Node& node, const char* what, std::vector<T>& out,
               const F& one) {
  if (!node.IsSequence() || node.size() == 0) r.wrong(node, std::string(what) + ": a list of maps");
  std::set<std::string> taken;
  for (const YAML::Node& item : node) {
    out.push_back(one(r, item));
    check_name(r, item, out.back().name, taken);
  }
}

void read_protocols(const Reader& r, const YAML::Node& node, Config& c) {
  c.protocols = r.words(node, "protocol");
  std::set<std::string> seen;
  for (const std::string& p : c.protocols) {
    if (p != "cadrecode" && p != "fixed-scale" && p != "opencadrecode")
      r.wrong(node, "protocol: '" + p + "' is none of cadrecode, fixed-scale, opencadrecode");
    if (!seen.insert(p).second) r.wrong(node, "protocol: '" + p + "' is there twice");
  }
  // The official one is what tables, choices and failures rest on.
  std::erase(c.protocols, "cadrecode");
  c.protocols.insert(c.protocols.begin(), "cadrecode");
}

void read_choices(const Reader& r, const YAML::Node& node, Config& c) {
  c.choose.clear();
  for (const std::string& word : r.words(node, "choose")) {
    try {
      c.choose.push_back(report::choice_from_string(word));
    } catch (const Error& error) {
      throw error.at(r.at(node));
    }
  }
}

void check(const Reader& r, const YAML::Node& root, const Config& c) {
  if (c.data.empty()) r.wrong(root, "there is no 'data'");
  if (c.systems.empty()) r.wrong(root, "there is no 'systems'");
  if (c.candidates == 0) r.wrong(root, "candidates: 0 is not 1 or more");
  if (c.points == 0) r.wrong(root, "points: 0 is not 1 or more");
  if (c.by != "auto" && c.by != "mesh" && c.by != "prism")
    r.wrong(root, "by: '" + c.by + "' is none of auto, mesh, prism");
  if (!(c.cpu_seconds > 0)) r.wrong(root, "cpu_seconds: must be more than 0");
  for (const SystemConfig& s : c.systems) {
    for (const std::string& name : s.data) {
      const bool known = std::any_of(c.data.begin(), c.data.end(),
                                     [&](const DataConfig& d) { return d.name == name; });
      if (!known) r.wrong(root, "system '" + s.name + "': there is no data '" + name + "'");
    }
    const bool several = s.candidates.value_or(c.candidates) > 1;
    if (s.kind == SystemKind::kModel && several && s.temperature == 0) {
      r.wrong(root, fmt::format("system '{}': several candidates at temperature 0 would be equal; "
                                "set temperature, or candidates: 1",
                                s.name));
    }
  }
}

}  // namespace

const char* to_string(SystemKind kind) {
  constexpr const char* kWords[] = {"model", "predictions", "reconstruct", "fit"};
  return kWords[static_cast<int>(kind)];
}

bool runs_on(const SystemConfig& system, const std::string& data) {
  return system.data.empty() ||
         std::find(system.data.begin(), system.data.end(), data) != system.data.end();
}

Config read_config(const std::string& yaml, const std::string& name) {
  YAML::Node root;
  try {
    root = YAML::Load(yaml);
  } catch (const YAML::Exception& e) {
    throw Error(
        ErrorKind::kSyntax, e.msg,
        {name, e.mark.is_null() ? 0 : e.mark.line + 1, e.mark.is_null() ? 0 : e.mark.column + 1});
  }
  const Reader r{name};
  Config c;
  r.map(root, "a benchmark",
        {{"title", into(r, "title", c.title)},
         {"data", [&](const auto& n) { read_list(r, n, "data", c.data, read_data); }},
         {"systems", [&](const auto& n) { read_list(r, n, "systems", c.systems, read_system); }},
         {"protocol", [&](const auto& n) { read_protocols(r, n, c); }},
         {"candidates", into(r, "candidates", c.candidates)},
         {"points", into(r, "points", c.points)},
         {"dense", into(r, "dense", c.dense)},
         {"choose", [&](const auto& n) { read_choices(r, n, c); }},
         {"seed", into(r, "seed", c.seed)},
         {"by", into(r, "by", c.by)},
         {"metric_points", into(r, "metric_points", c.metric_points)},
         {"iou_official", into(r, "iou_official", c.iou_official)},
         {"excess", into(r, "excess", c.excess)},
         {"earth_mover", into(r, "earth_mover", c.earth_mover)},
         {"align", into(r, "align", c.align)},
         {"iou_error", into(r, "iou_error", c.iou_error)},
         {"cpu_seconds", into(r, "cpu_seconds", c.cpu_seconds)},
         {"bootstrap", into(r, "bootstrap", c.bootstrap)},
         {"gallery", into(r, "gallery", c.gallery)},
         {"references", into(r, "references", c.references)},
         {"viewer", into(r, "viewer", c.viewer)}});
  check(r, root, c);
  return c;
}

Config read_config_file(const std::string& path) {
  return read_config(read_file(path, size_t{16} << 20), path);
}

score::Settings score_settings(const Config& config, int threads) {
  score::Settings s;
  s.protocols = config.protocols;
  s.by = config.by;
  s.points = config.metric_points;
  s.threads = threads;
  s.iou_error = config.iou_error;
  s.iou_official = config.iou_official;
  s.no_excess = !config.excess;
  s.align = config.align;
  s.no_earth_mover = !config.earth_mover;
  s.cpu_seconds = config.cpu_seconds;
  return s;
}

report::Options report_options(const Config& config) {
  report::Options o;
  o.title = config.title;
  for (const DataConfig& d : config.data) o.data.push_back(d.name);
  for (const SystemConfig& s : config.systems) o.systems.push_back(s.name);
  o.choose = config.choose;
  o.bootstrap = config.bootstrap;
  o.seed = config.seed;
  o.gallery = config.gallery;
  return o;
}

}  // namespace cadrecode::benchmark
