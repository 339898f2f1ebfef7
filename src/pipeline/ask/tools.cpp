#include "pipeline/ask/tools.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "pipeline/question/json.h"
#include "pipeline/sheet/json.h"

namespace cadrecode::ask {
namespace {

using nlohmann::json;

// Facts given with the question; the tools have all of them.
constexpr size_t kFactsShown = 12000;
constexpr size_t kProgramShown = 24000;

constexpr const char* kSelectSchema =
    R"({"type":"object","required":["of","property"],"properties":{
"of":{"type":"string","enum":["part","hole","opening","boss","dimple","ball","round","chamfer","cone","flat","bodies","faces","edges"]},
"property":{"type":"string","enum":["count","diameter","radius","depth","length","width","height","size","center","position","area","axis","distance","volume","mass","thickness","symmetry","box"]},
"form":{"type":"string","description":"of an opening: rectangle, slot, circle, groove, half circle; of a hole: plain, counterbored, countersunk, stepped"},
"visible_from":{"type":"array","items":{"type":"string","enum":["top","bottom","front","back","left","right"]}},
"on":{"type":"array","items":{"type":"string","enum":["top","bottom","front","back","left","right"]}},
"through":{"type":"boolean"},"min_diameter":{"type":"number"},"max_diameter":{"type":"number"},
"pick":{"type":"string","enum":["all","largest","smallest","deepest","shallowest"]},
"reduce":{"type":"string","enum":["each","unique","min","max","sum","mean"]},
"material":{"type":"string"}}})";

json parsed(const std::string& arguments) {
  json out = json::parse(arguments, nullptr, false);
  if (!out.is_object()) throw Error(ErrorKind::kValue, "the arguments are no JSON object");
  return out;
}

int id_in(const json& arguments, const char* key) {
  if (!arguments.contains(key) || !arguments[key].is_number_integer())
    throw Error(ErrorKind::kValue, fmt::format("'{}' must be the id of a feature", key));
  return arguments[key].get<int>();
}

std::string select(const sheet::Sheet& sheet, const std::string& arguments) {
  const question::Query query = question::query_from_json(parsed(arguments));
  return question::json_of(sheet, query, question::answer(sheet, query)).dump();
}

std::string distance(const sheet::Sheet& sheet, const std::string& arguments) {
  const json given = parsed(arguments);
  const sheet::Feature &a = sheet::feature(sheet, id_in(given, "a")),
                       &b = sheet::feature(sheet, id_in(given, "b"));
  const Vec3 d = b.center - a.center;
  const double along = dot(d, a.axis);
  return json{{"between_centers", sheet::number(norm(d))},
              {"difference", sheet::vector(d)},
              {"along_axis_of_a", sheet::number(along)},
              {"across_axis_of_a", sheet::number(norm(d - a.axis * along))}}
      .dump();
}

std::string facts(const sheet::Sheet& sheet, const std::string& arguments) {
  const json given = parsed(arguments);
  const json all = json::parse(sheet::to_json(sheet));
  const std::string section =
      given.value("section", json("")).is_string() ? given.value("section", std::string()) : "";
  if (section.empty() || !all.contains(section)) {
    json names = json::array();
    for (const auto& [name, value] : all.items()) names.push_back(name);
    return json{{"sections", names}}.dump();
  }
  return all[section].dump();
}

const char* kRules =
    "You answer questions about one mechanical part. Use only the facts, the program and what the "
    "functions measure; never "
    "guess a number: call a function. Lengths are in the part's unit. Sides: front looks along +y, "
    "back along -y, left along +x, "
    "right along -x, top along -z, bottom along +z; width is x, depth y, height z. Answer in one "
    "or two sentences, the value first, with its unit.";

std::string shortened(const std::string& text, size_t most) {
  return text.size() <= most ? text : text.substr(0, most) + "\n… (cut; the functions know all)";
}

}  // namespace

std::vector<chat::Tool> measuring_tools(const sheet::Sheet& sheet) {
  const sheet::Sheet* s = &sheet;
  return {
      {"select", "Measure a property of the part, or of all features of a kind that match",
       kSelectSchema, [s](const std::string& a) { return select(*s, a); }},
      {"feature", "Everything known of one feature",
       R"({"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}})",
       [s](const std::string& a) {
         return sheet::json_of(sheet::feature(*s, id_in(parsed(a), "id"))).dump();
       }},
      {"distance", "Distances between two features",
       R"({"type":"object","required":["a","b"],"properties":{"a":{"type":"integer"},"b":{"type":"integer"}}})",
       [s](const std::string& a) { return distance(*s, a); }},
      {"facts",
       "A section of the facts sheet: box, counts, wall_thickness, symmetry, patterns, features, "
       "inertia, mass_grams, bodies",
       R"({"type":"object","properties":{"section":{"type":"string"}}})",
       [s](const std::string& a) { return facts(*s, a); }}};
}

std::vector<chat::Turn> opening(const sheet::Sheet& sheet, const std::string& program,
                                const std::string& question, Context context) {
  std::string user;
  if (context != Context::kFacts && !program.empty())
    user += "The part's CadQuery program:\n```python\n" + shortened(program, kProgramShown) +
            "\n```\n\n";
  if (context != Context::kProgram)
    user += "Facts measured on the part:\n" + shortened(sheet::to_text(sheet), kFactsShown) + "\n";
  user += "Question: " + question;
  return {{"system", kRules}, {"user", user}};
}

std::string program_in(const std::string& answer) {
  size_t open = std::string::npos, close = std::string::npos;
  for (size_t at = 0; (at = answer.find("```", at)) != std::string::npos;) {
    const size_t line = answer.find('\n', at),
                 end = line == std::string::npos ? line : answer.find("```", line);
    if (end == std::string::npos) break;
    open = line + 1, close = end, at = end + 3;
  }
  if (open == std::string::npos && answer.find("```") != std::string::npos) return "";  // cut
  std::string code = open == std::string::npos ? answer : answer.substr(open, close - open);
  if (code.find("import cadquery") == std::string::npos &&
      code.find("from cadquery") == std::string::npos)
    return "";
  if (open == std::string::npos && code.find("import cadquery") > 400) return "";
  return code;
}

}  // namespace cadrecode::ask
