#include "learning/recipe/recipe.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "base/files.h"
#include "base/nearest_word.h"
#include "learning/recipe/check.h"
#include "learning/recipe/keys.h"

namespace cadrecode::recipe {
namespace {

struct Word {
  const char* text;
  int value;
};

template <typename T>
std::vector<Word> words();
template <>
std::vector<Word> words<Precision>() {
  return {{"no", 0},       {"fp32", 0}, {"float32", 0}, {"bf16", 1},
          {"bfloat16", 1}, {"fp16", 2}, {"float16", 2}};
}
template <>
std::vector<Word> words<Schedule>() {
  return {{"cosine", 0}, {"linear", 1}, {"constant", 2}, {"wsd", 3}};
}
template <>
std::vector<Word> words<UpdateRule>() {
  return {{"adamw", 0}, {"muon", 1}};
}
template <>
std::vector<Word> words<Modality>() {
  return {{"points", 0}, {"brep", 1}, {"both", 2}, {"mixed", 3}};
}
template <>
std::vector<Word> words<Stage>() {
  return {{"supervised", 0}, {"reward", 1}};
}

Place place_of(const std::string& name, const YAML::Mark& mark) {
  return {name, mark.is_null() ? 0 : mark.line + 1, mark.is_null() ? 0 : mark.column + 1};
}

[[noreturn]] void wrong(const std::string& key, const YAML::Node& node, const std::string& wanted) {
  const std::string shown = node.IsScalar() ? "'" + node.Scalar() + "'" : "this";
  throw Error(ErrorKind::kValue, fmt::format("{}: {} is not {}", key, shown, wanted));
}

template <typename T>
void read(const std::string& key, const YAML::Node& node, T& value, const char* wanted) {
  if (!node.IsScalar() || !YAML::convert<T>::decode(node, value)) wrong(key, node, wanted);
}

void assign(const std::string& key, const YAML::Node& node, bool& value) {
  read(key, node, value, "true or false");
}
void assign(const std::string& key, const YAML::Node& node, int64_t& value) {
  read(key, node, value, "a whole number");
}
void assign(const std::string& key, const YAML::Node& node, double& value) {
  read(key, node, value, "a number");
  if (!std::isfinite(value)) wrong(key, node, "a finite number");
}
void assign(const std::string& key, const YAML::Node& node, std::string& value) {
  if (node.IsNull()) return void(value.clear());
  read(key, node, value, "a text");
}
void assign(const std::string& key, const YAML::Node& node, std::vector<std::string>& value) {
  if (!node.IsSequence()) wrong(key, node, "a list");
  value.clear();
  for (const YAML::Node& item : node) assign(key, item, value.emplace_back());
}
void assign(const std::string& key, const YAML::Node& node, std::map<std::string, double>& value) {
  if (!node.IsMap()) wrong(key, node, "a map of name to factor");
  value.clear();
  for (const auto& item : node) assign(key, item.second, value[item.first.Scalar()]);
}
template <typename Enum>
requires std::is_enum_v<Enum>
void assign(const std::string& key, const YAML::Node& node, Enum& value) {
  std::string known;
  for (const Word& word : words<Enum>()) {
    if (node.IsScalar() && node.Scalar() == word.text) return void(value = Enum(word.value));
    known += (known.empty() ? "" : ", ") + std::string(word.text);
  }
  wrong(key, node, "one of " + known);
}

void apply(const std::string& key, const YAML::Node& node, Recipe& recipe) {
  bool found = false;
  std::vector<std::string> names;
  each_key(recipe, [&](const char* name, auto& member) {
    names.emplace_back(name);
    if (key != name) return;
    found = true;
    assign(key, node, member);
  });
  if (found) return;
  const std::string near = nearest_word(key, names);
  throw Error(ErrorKind::kValue, fmt::format("unknown key '{}'{}", key,
                                             near.empty() ? "" : "; did you mean '" + near + "'?"));
}

void apply_file(const std::string& yaml, const std::string& name, Recipe& recipe) {
  YAML::Node root;
  try {
    root = YAML::Load(yaml);
  } catch (const YAML::Exception& e) {
    throw Error(ErrorKind::kSyntax, e.msg, place_of(name, e.mark));
  }
  if (root.IsNull()) return;
  if (!root.IsMap()) {
    throw Error(ErrorKind::kSyntax, "a recipe is a map of keys to values", {name, 1, 1});
  }
  for (const auto& item : root) {
    try {
      apply(item.first.IsScalar() ? item.first.Scalar() : "", item.second, recipe);
    } catch (const Error& e) {
      throw e.at(place_of(name, item.first.Mark()));
    }
  }
}

void apply_override(const std::string& text, Recipe& recipe) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(ErrorKind::kValue, "'" + text + "': an override is written key=value");
  }
  try {
    apply(text.substr(0, equals), YAML::Load(text.substr(equals + 1)), recipe);
  } catch (const YAML::Exception& e) {
    throw Error(ErrorKind::kSyntax, "'" + text + "': " + e.msg);
  }
}

void emit(YAML::Emitter& out, const std::string& value) { out << YAML::DoubleQuoted << value; }
void emit(YAML::Emitter& out, double value) { out << fmt::format("{}", value); }
void emit(YAML::Emitter& out, bool value) { out << value; }
void emit(YAML::Emitter& out, int64_t value) { out << value; }
void emit(YAML::Emitter& out, const std::vector<std::string>& value) { out << YAML::Flow << value; }
void emit(YAML::Emitter& out, const std::map<std::string, double>& value) {
  out << YAML::Flow << YAML::BeginMap;
  for (const auto& [name, factor] : value) {
    out << YAML::Key << name << YAML::Value;
    emit(out, factor);
  }
  out << YAML::EndMap;
}
template <typename Enum>
requires std::is_enum_v<Enum>
void emit(YAML::Emitter& out, Enum value) {
  std::string text;
  for (const Word& word : words<Enum>()) {
    if (Enum(word.value) == value && text.empty()) text = word.text;
  }
  out << YAML::DoubleQuoted << text;  // quoted, since a bare no is false in YAML 1.1
}

}  // namespace

Loaded parse(const std::string& yaml, const std::string& name,
             const std::vector<std::string>& overrides) {
  Loaded loaded;
  apply_file(yaml, name, loaded.recipe);
  for (const std::string& text : overrides) apply_override(text, loaded.recipe);
  loaded.notices = complete(loaded.recipe);
  try {
    check(loaded.recipe);
  } catch (const Error& e) {
    throw e.at({name, 0, 0});
  }
  return loaded;
}

Loaded load(const std::string& path, const std::vector<std::string>& overrides) {
  return parse(path.empty() ? "" : read_file(path, size_t{1} << 20), path, overrides);
}

std::string to_yaml(const Recipe& recipe) {
  YAML::Emitter out;
  out << YAML::BeginMap;
  each_key(recipe, [&](const char* name, const auto& member) {
    out << YAML::Key << name << YAML::Value;
    emit(out, member);
  });
  out << YAML::EndMap;
  return std::string(out.c_str()) + "\n";
}

double learning_rate_at(const Recipe& r, int64_t step) {
  if (step < r.warmup_steps) {
    return r.learning_rate * static_cast<double>(step) / static_cast<double>(r.warmup_steps);
  }
  const auto span = static_cast<double>(std::max<int64_t>(1, r.max_steps - r.warmup_steps));
  const double t = std::min(1.0, static_cast<double>(step - r.warmup_steps) / span);
  double fall = 1;
  if (r.schedule == Schedule::kCosine) fall = 0.5 * (1 + std::cos(std::numbers::pi * t));
  if (r.schedule == Schedule::kLinear) fall = 1 - t;
  if (r.schedule == Schedule::kWsd && r.decay_steps > 0) {
    const auto left = static_cast<double>(std::max<int64_t>(0, r.max_steps - step));
    fall = std::min(1.0, left / static_cast<double>(r.decay_steps));
  }
  const double floor = r.min_learning_rate_ratio;
  return r.learning_rate * (floor + (1 - floor) * fall);
}

}  // namespace cadrecode::recipe
