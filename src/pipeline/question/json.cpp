#include "pipeline/question/json.h"

#include <fmt/format.h>

#include <map>

#include "base/error.h"
#include "pipeline/sheet/json.h"

namespace cadrecode::question {

using nlohmann::json;
using nlohmann::ordered_json;

ordered_json json_of(const Value& v) {
  switch (v.shape) {
    case Value::Shape::kNumber:
      return v.whole ? ordered_json(static_cast<int64_t>(v.number)) : sheet::number(v.number);
    case Value::Shape::kNumbers: {
      ordered_json out = ordered_json::array();
      for (const double x : v.numbers) out.push_back(sheet::number(x));
      return out;
    }
    case Value::Shape::kPoints: {
      ordered_json out = ordered_json::array();
      for (const Vec3 p : v.points) out.push_back(sheet::vector(p));
      return out;
    }
    case Value::Shape::kTruth:
      return v.truth;
    case Value::Shape::kWords:
      return v.words;
    default:
      return nullptr;
  }
}

namespace {

std::string unit_of(const Sheet& sheet, Dimension d) {
  switch (d) {
    case Dimension::kLength:
      return sheet.unit;
    case Dimension::kArea:
      return sheet.unit + "^2";
    case Dimension::kVolume:
      return sheet.unit + "^3";
    case Dimension::kMass:
      return "g";
    default:
      return "";
  }
}

template <class Value>
Value word_of(const json& object, const char* key, const std::map<std::string, Value>& words,
              Value otherwise) {
  if (!object.contains(key) || object[key].is_null()) return otherwise;
  if (object[key].is_string()) {
    const auto at = words.find(object[key].get<std::string>());
    if (at != words.end()) return at->second;
  }
  std::string all;
  for (const auto& [word, value] : words) all += (all.empty() ? "" : ", ") + word;
  throw Error(
      ErrorKind::kValue,
      fmt::format("{} cannot be {}; it can be: {}", key,
                  object[key].dump(-1, ' ', false, json::error_handler_t::replace).substr(0, 60),
                  all));
}

sheet::Sides sides_from(const json& object, const char* key) {
  if (!object.contains(key) || object[key].is_null()) return 0;
  sheet::Sides out = 0;
  const json list = object[key].is_array() ? object[key] : json::array({object[key]});
  for (const json& word : list) {
    bool known = false;
    for (const sheet::Side s : sheet::kSides) {
      if (word == sheet::to_string(s)) out = static_cast<sheet::Sides>(out | s), known = true;
    }
    if (!known)
      throw Error(ErrorKind::kValue,
                  fmt::format("{}: sides are top, bottom, front, back, left, right", key));
  }
  return out;
}

std::optional<bool> truth_from(const json& object, const char* key) {
  if (!object.contains(key) || object[key].is_null()) return {};
  if (!object[key].is_boolean())
    throw Error(ErrorKind::kValue, fmt::format("{} must be true or false", key));
  return object[key].get<bool>();
}

std::optional<double> number_from(const json& object, const char* key) {
  if (!object.contains(key) || object[key].is_null()) return {};
  if (!object[key].is_number())
    throw Error(ErrorKind::kValue, fmt::format("{} must be a number", key));
  return object[key].get<double>();
}

}  // namespace

ordered_json json_of(const Sheet& sheet, const Query& query, const Answer& answer) {
  ordered_json out = {{"answer", json_of(answer.value)}};
  const std::string unit = unit_of(sheet, answer.value.dimension);
  if (!unit.empty()) out["unit"] = unit;
  out["text"] = answer.text;
  out["understood"] = to_text(query);
  if (!answer.features.empty()) out["features"] = answer.features;
  return out;
}

Query query_from_json(const json& object) {
  if (!object.is_object()) throw Error(ErrorKind::kValue, "a query must be an object");
  Query q;
  static const std::map<std::string, FeatureKind> kKinds = {
      {"hole", FeatureKind::kHole},       {"opening", FeatureKind::kOpening},
      {"boss", FeatureKind::kBoss},       {"dimple", FeatureKind::kDimple},
      {"ball", FeatureKind::kBall},       {"round", FeatureKind::kRound},
      {"chamfer", FeatureKind::kChamfer}, {"cone", FeatureKind::kCone},
      {"flat", FeatureKind::kFlat}};
  static const std::map<std::string, Of> kWholes = {
      {"part", Of::kPart}, {"bodies", Of::kBodies}, {"faces", Of::kFaces}, {"edges", Of::kEdges}};
  static const std::map<std::string, Property> kProperties = [] {
    std::map<std::string, Property> m;
    for (int p = 0; p <= static_cast<int>(Property::kBox); ++p)
      m[to_string(static_cast<Property>(p))] = static_cast<Property>(p);
    return m;
  }();
  static const std::map<std::string, Reduce> kReduces = {
      {"each", Reduce::kEach}, {"unique", Reduce::kUnique}, {"min", Reduce::kLeast},
      {"max", Reduce::kMost},  {"sum", Reduce::kSum},       {"mean", Reduce::kMean}};
  static const std::map<std::string, Pick> kPicks = {{"all", Pick::kAll},
                                                     {"largest", Pick::kLargest},
                                                     {"smallest", Pick::kSmallest},
                                                     {"deepest", Pick::kDeepest},
                                                     {"shallowest", Pick::kShallowest}};
  const std::string of =
      object.value("of", json("part")).is_string() ? object.value("of", std::string("part")) : "";
  if (kKinds.count(of))
    q.of = Of::kFeatures, q.kinds = {kKinds.at(of)};
  else
    q.of = word_of(object, "of", kWholes, Of::kPart);
  q.property = word_of(object, "property", kProperties, Property::kCount);
  q.reduce = word_of(object, "reduce", kReduces, Reduce::kEach);
  q.pick = word_of(object, "pick", kPicks, Pick::kAll);
  q.visible = sides_from(object, "visible_from");
  q.on = sides_from(object, "on");
  q.through = truth_from(object, "through");
  q.in_boss = truth_from(object, "in_boss");
  if (object.contains("form") && object["form"].is_string())
    q.form = object["form"].get<std::string>();
  if (object.contains("material") && object["material"].is_string())
    q.material = object["material"].get<std::string>();
  const auto least = number_from(object, "min_diameter"),
             most = number_from(object, "max_diameter");
  if (least || most)
    q.ranges.push_back({Property::kDiameter, least.value_or(0), most.value_or(1e300)});
  return q;
}

}  // namespace cadrecode::question
