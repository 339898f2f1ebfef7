// The grammar. A question is read word by word, left to right; each rule takes the
// words it understands, and a word that no rule takes refuses the question.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <map>
#include <set>

#include "base/error.h"
#include "pipeline/question/question.h"

namespace cadrecode::question {
namespace {

using sheet::Side;
using Words = std::vector<std::string>;

struct Noun {
  Of of = Of::kFeatures;
  std::vector<FeatureKind> kinds;
  std::string form;
  int in_boss = 0;  // 1: what carries a hole, or a hole that is carried
};

const std::map<std::string, Noun>& nouns() {
  using K = FeatureKind;
  static const std::map<std::string, Noun> kNouns = {
      {"hole", {Of::kFeatures, {K::kHole}, ""}},
      {"bore", {Of::kFeatures, {K::kHole}, ""}},
      {"borehole", {Of::kFeatures, {K::kHole}, ""}},
      {"drilling", {Of::kFeatures, {K::kHole}, ""}},
      {"counterbore", {Of::kFeatures, {K::kHole}, "counterbored"}},
      {"countersink", {Of::kFeatures, {K::kHole}, "countersunk"}},
      {"opening", {Of::kFeatures, {K::kOpening}, ""}},
      {"cutout", {Of::kFeatures, {K::kOpening}, ""}},
      {"pocket", {Of::kFeatures, {K::kOpening}, ""}},
      {"recess", {Of::kFeatures, {K::kOpening}, ""}},
      {"window", {Of::kFeatures, {K::kOpening}, ""}},
      {"slot", {Of::kFeatures, {K::kOpening}, ""}},
      {"notch", {Of::kFeatures, {K::kOpening}, ""}},
      {"groove", {Of::kFeatures, {K::kOpening}, "groove"}},
      {"rectangle", {Of::kFeatures, {K::kOpening}, "rectangle"}},
      {"semicircle", {Of::kFeatures, {K::kOpening}, "half circle"}},
      {"boss", {Of::kFeatures, {K::kBoss}, "cylinder"}},
      {"cylinder", {Of::kFeatures, {K::kBoss}, "cylinder"}},
      {"shaft", {Of::kFeatures, {K::kBoss}, "cylinder"}},
      {"pin", {Of::kFeatures, {K::kBoss}, "cylinder"}},
      {"peg", {Of::kFeatures, {K::kBoss}, "cylinder"}},
      {"stud", {Of::kFeatures, {K::kBoss}, "cylinder"}},
      {"rod", {Of::kFeatures, {K::kBoss}, "cylinder"}},
      {"axle", {Of::kFeatures, {K::kBoss}, "cylinder"}},
      {"disc", {Of::kFeatures, {K::kBoss}, "cylinder"}},
      {"standoff", {Of::kFeatures, {K::kBoss}, "cylinder", 1}},
      {"dimple", {Of::kFeatures, {K::kDimple}, ""}},
      {"sphere", {Of::kFeatures, {K::kDimple, K::kBall}, ""}},
      {"ball", {Of::kFeatures, {K::kBall}, ""}},
      {"cone", {Of::kFeatures, {K::kCone}, ""}},
      {"fillet", {Of::kFeatures, {K::kRound}, ""}},
      {"round", {Of::kFeatures, {K::kRound}, ""}},
      {"rounding", {Of::kFeatures, {K::kRound}, ""}},
      {"chamfer", {Of::kFeatures, {K::kChamfer}, ""}},
      {"bevel", {Of::kFeatures, {K::kChamfer, K::kRound}, ""}},
      {"flat", {Of::kFeatures, {K::kFlat}, ""}},
      {"face", {Of::kFaces, {}, ""}},
      {"surface", {Of::kFaces, {}, ""}},
      {"edge", {Of::kEdges, {}, ""}},
      {"body", {Of::kBodies, {}, ""}},
      {"solid", {Of::kBodies, {}, ""}},
      {"part", {Of::kPart, {}, ""}},
      {"object", {Of::kPart, {}, ""}},
      {"model", {Of::kPart, {}, ""}},
      {"workpiece", {Of::kPart, {}, ""}},
      {"piece", {Of::kPart, {}, ""}},
      {"component", {Of::kPart, {}, ""}},
      {"assembly", {Of::kPart, {}, ""}},
      {"plate", {Of::kPart, {}, ""}},
      {"box", {Of::kPart, {}, ""}},
      {"wall", {Of::kPart, {}, ""}},
      {"material", {Of::kPart, {}, ""}},
      {"sheet", {Of::kPart, {}, ""}},
      {"it", {Of::kPart, {}, ""}}};
  return kNouns;
}

const std::map<std::string, Property>& properties() {
  static const std::map<std::string, Property> kProperties = {{"diameter", Property::kDiameter},
                                                              {"radius", Property::kRadius},
                                                              {"radii", Property::kRadius},
                                                              {"depth", Property::kDepth},
                                                              {"deep", Property::kDepth},
                                                              {"length", Property::kLength},
                                                              {"long", Property::kLength},
                                                              {"width", Property::kWidth},
                                                              {"wide", Property::kWidth},
                                                              {"height", Property::kHeight},
                                                              {"high", Property::kHeight},
                                                              {"tall", Property::kHeight},
                                                              {"size", Property::kSize},
                                                              {"dimension", Property::kSize},
                                                              {"big", Property::kSize},
                                                              {"large", Property::kSize},
                                                              {"extent", Property::kSize},
                                                              {"center", Property::kCenter},
                                                              {"centre", Property::kCenter},
                                                              {"centroid", Property::kCenter},
                                                              {"midpoint", Property::kCenter},
                                                              {"position", Property::kCenter},
                                                              {"located", Property::kCenter},
                                                              {"location", Property::kCenter},
                                                              {"coordinate", Property::kCenter},
                                                              {"where", Property::kCenter},
                                                              {"area", Property::kArea},
                                                              {"axis", Property::kAxis},
                                                              {"direction", Property::kAxis},
                                                              {"distance", Property::kDistance},
                                                              {"spacing", Property::kDistance},
                                                              {"apart", Property::kDistance},
                                                              {"pitch", Property::kDistance},
                                                              {"volume", Property::kVolume},
                                                              {"mass", Property::kMass},
                                                              {"weight", Property::kMass},
                                                              {"weigh", Property::kMass},
                                                              {"heavy", Property::kMass},
                                                              {"thickness", Property::kThickness},
                                                              {"thick", Property::kThickness},
                                                              {"symmetry", Property::kSymmetry},
                                                              {"symmetric", Property::kSymmetry},
                                                              {"symmetrical", Property::kSymmetry}};
  return kProperties;
}

const std::map<std::string, Side>& sides() {
  static const std::map<std::string, Side> kSides = {
      {"top", sheet::kTop},           {"upper", sheet::kTop},        {"above", sheet::kTop},
      {"bottom", sheet::kBottom},     {"underside", sheet::kBottom}, {"below", sheet::kBottom},
      {"underneath", sheet::kBottom}, {"lower", sheet::kBottom},     {"front", sheet::kFront},
      {"back", sheet::kBack},         {"rear", sheet::kBack},        {"behind", sheet::kBack},
      {"left", sheet::kLeft},         {"right", sheet::kRight}};
  return kSides;
}

// Words that change nothing: grammar, politeness, and what people call a hole for.
const std::set<std::string>& fillers() {
  static const std::set<std::string> kFillers = {
      "a",          "all",        "an",        "and",         "any",         "are",
      "around",     "as",         "at",        "be",          "by",          "cad",
      "can",        "containing", "circular",  "cylindrical", "coordinates", "do",
      "does",       "each",       "every",     "for",         "from",        "give",
      "given",      "has",        "have",      "having",      "how",         "i",
      "in",         "individual", "inside",    "is",          "its",         "itself",
      "me",         "many",       "much",      "number",      "object's",    "of",
      "on",         "one",        "or",        "overall",     "outer",       "inner",
      "outside",    "part's",     "placed",    "please",      "present",     "respective",
      "seen",       "shape",      "show",      "shown",       "side",        "tell",
      "that",       "the",        "their",     "them",        "there",       "these",
      "they",       "this",       "those",     "to",          "total",       "two",
      "used",       "using",      "value",     "view",        "viewed",      "visible",
      "was",        "were",       "what",      "when",        "which",       "whose",
      "with",       "would",      "between",   "adjacent",    "neighboring", "neighbouring",
      "neighbour",  "x",          "y",         "z",           "mm",          "millimeter",
      "millimetre", "cm",         "m",         "meter",       "metre",       "in",
      "inch",       "uniquely",   "mounting",  "screw",       "bolt",        "drill",
      "threaded",   "fixing",     "fastening", "count",       "make",        "made",
      "if",         "bounding",   "than",      "plane",       "along",       "surface",
      "looking",    "like",       "exactly",   "exist",       "exists",      "found",
      "cut",        "cutting",    "into",      "out",         "whole",       "entire",
      "complete",   "located",    "shape's",   "also",        "up",          "it",
      "s",          "me"};
  return kFillers;
}

struct Reader {
  Words words;
  std::vector<char> taken;
  std::vector<char> plural;

  bool has(const std::string& w) {
    bool found = false;
    for (size_t i = 0; i < words.size(); ++i) {
      if (words[i] == w) taken[i] = 1, found = true;
    }
    return found;
  }
  bool any(std::initializer_list<const char*> list) {
    bool found = false;
    for (const char* w : list) found = has(w) || found;
    return found;
  }
  size_t find(const std::string& w, size_t from = 0) const {
    for (size_t i = from; i < words.size(); ++i) {
      if (words[i] == w) return i;
    }
    return words.size();
  }
};

std::string lower(const std::string& text) {
  std::string out;
  for (const char c : text) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

void replace_all(std::string& s, const std::string& a, const std::string& b) {
  for (size_t at = 0; (at = s.find(a, at)) != std::string::npos; at += b.size())
    s.replace(at, a.size(), b);
}

// "holes" -> "hole", where the singular is a word the grammar knows.
bool singular(std::string& w) {
  const auto known = [](const std::string& s) {
    return nouns().count(s) || properties().count(s) || s == "millimeter" || s == "millimetre";
  };
  static const std::map<std::string, std::string> kOdd = {
      {"bodies", "body"},     {"bosses", "boss"}, {"radii", "radius"}, {"notches", "notch"},
      {"recesses", "recess"}, {"axes", "axis"},   {"boxes", "box"},    {"centers", "center"}};
  if (const auto at = kOdd.find(w); at != kOdd.end()) {
    w = at->second;
    return true;
  }
  if (w.size() > 2 && w.back() == 's' && known(w.substr(0, w.size() - 1))) {
    w.pop_back();
    return true;
  }
  return false;
}

Reader read(const std::string& text) {
  std::string s = " " + lower(text) + " ";
  static const std::array<std::array<const char*, 2>, 27> kPhrases = {
      {{"thru", "through"},
       {"tru-hole", "through hole"},
       {"trough", "through"},
       {"through-hole", "through hole"},
       {"cut-out", "cutout"},
       {"cut out", "cutout"},
       {"stand-off", "standoff"},
       {"semi-circle", "semicircle"},
       {"half circle", "semicircle"},
       {"half-circle", "semicircle"},
       {"bore hole", "borehole"},
       {"bounding box", "box"},
       {"number of", "how many"},
       {"count the", "how many"},
       {"count of", "how many"},
       {"centre of mass", "centroid"},
       {"center of mass", "centroid"},
       {"center of gravity", "centroid"},
       {"surface area", "area"},
       {"center coordinates", "center"},
       {"center position", "center"},
       {"stainless steel", "stainless_steel"},
       {"cast iron", "cast_iron"},
       {"at least", "atleast"},
       {"at most", "atmost"},
       {"flat face", "flat"},
       {"planar face", "flat"}}};
  for (const auto& [from, to] : kPhrases) replace_all(s, from, to);
  Reader r;
  std::string word;
  const auto end = [&] {
    while (!word.empty() && (word.back() == '.' || word.back() == '-')) word.pop_back();
    if (word.empty()) return;
    const bool many = singular(word);
    r.words.push_back(word), r.plural.push_back(many);
    word.clear();
  };
  for (size_t i = 0; i < s.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(s[i]);
    const bool inside = std::isalnum(c) || c == '_' || c == '.' || c == '-' || c >= 0x80;
    const bool split =
        c == '-' && !word.empty() && !std::isdigit(static_cast<unsigned char>(word.back()));
    if (!inside || split)
      end();
    else {
      // a number ends where its unit begins: "6mm"
      if (!word.empty() && std::isalpha(c) &&
          std::isdigit(static_cast<unsigned char>(word.back())) &&
          std::isdigit(static_cast<unsigned char>(word[0])))
        end();
      word += static_cast<char>(c);
    }
  }
  end();
  r.taken.assign(r.words.size(), 0);
  return r;
}

std::optional<double> number_at(const Reader& r, size_t i) {
  if (i >= r.words.size()) return std::nullopt;
  static const std::map<std::string, double> kWords = {{"one", 1},   {"two", 2},  {"three", 3},
                                                       {"four", 4},  {"five", 5}, {"six", 6},
                                                       {"eight", 8}, {"ten", 10}};
  if (const auto at = kWords.find(r.words[i]); at != kWords.end()) return at->second;
  char* end = nullptr;
  const double v = std::strtod(r.words[i].c_str(), &end);
  if (end == r.words[i].c_str() || *end || !std::isdigit(static_cast<unsigned char>(r.words[i][0])))
    return std::nullopt;
  return v;
}

double millimetres(const std::string& unit) {
  static const std::map<std::string, double> kUnits = {
      {"mm", 1},       {"millimeter", 1}, {"millimetre", 1}, {"cm", 10},     {"m", 1000},
      {"meter", 1000}, {"metre", 1000},   {"in", 25.4},      {"inch", 25.4}, {"ft", 304.8}};
  const auto at = kUnits.find(unit);
  return at == kUnits.end() ? 0 : at->second;
}

// A length in the question, in the part's unit; its words are taken.
std::optional<double> length_at(Reader& r, size_t i, const std::string& unit) {
  const auto v = number_at(r, i);
  if (!v) return std::nullopt;
  r.taken[i] = 1;
  double scale = 1;
  for (size_t k = i + 1; k < std::min(i + 4, r.words.size()); ++k) {
    const double mm = millimetres(r.words[k]);
    if (mm > 0 && !(r.words[k] == "in" && k + 1 < r.words.size() && k > i + 1)) {
      r.taken[k] = 1;
      scale = mm / (millimetres(unit) > 0 ? millimetres(unit) : 1);
      break;
    }
    if (r.words[k] != "and" && !number_at(r, k)) break;
  }
  return *v * scale;
}

// The size word nearest before i, else the diameter.
Property size_word(Reader& r, size_t i) {
  for (size_t k = i; k-- > 0;) {
    const auto at = properties().find(r.words[k]);
    if (at != properties().end() && at->second != Property::kCount) {
      r.taken[k] = 1;
      return at->second;
    }
  }
  return Property::kDiameter;
}

// Sizes that narrow what is asked of. Returns where the narrowing starts, so that a
// property before it is the one asked for.
size_t read_ranges(Reader& r, const std::string& unit, Query& q) {
  size_t start = r.words.size();
  const auto clause = [&](size_t i) {  // back to "with", "whose", "of", "a"
    for (size_t k = i; k-- > 0;) {
      if (r.words[k] == "with" || r.words[k] == "whose" || r.words[k] == "having") return k;
      if (i - k > 6) break;
    }
    return i;
  };
  for (size_t i = 0; i < r.words.size(); ++i) {
    const std::string& w = r.words[i];
    if (w == "between") {
      const auto a = length_at(r, i + 1, unit);
      if (!a) continue;
      size_t k = i + 2;
      while (k < r.words.size() && !number_at(r, k)) ++k;
      const auto b = length_at(r, k, unit);
      if (!b) continue;
      start = std::min(start, clause(i));
      q.ranges.push_back({size_word(r, i), std::min(*a, *b), std::max(*a, *b)});
      i = k;
      continue;
    }
    const bool more = w == "larger" || w == "bigger" || w == "greater" || w == "more" ||
                      w == "atleast" || w == "over" || w == "deeper" || w == "wider";
    const bool less = w == "smaller" || w == "less" || w == "atmost" || w == "under" ||
                      w == "narrower" || w == "shallower";
    if (!more && !less) continue;
    const size_t at = i + 1 < r.words.size() && r.words[i + 1] == "than" ? i + 2 : i + 1;
    const auto v = length_at(r, at, unit);
    if (!v) continue;
    r.taken[i] = 1;
    const Property p = w == "deeper" || w == "shallower" ? Property::kDepth : size_word(r, i);
    start = std::min(start, clause(i));
    const bool strict = w != "atleast" && w != "atmost";
    const double slack = strict ? 1e-5 * *v : -1e-6 * *v;
    q.ranges.push_back(more ? Range{p, *v + slack, 1e300} : Range{p, 0, *v - slack});
    i = at;
  }
  // "5 mm holes", "diameter of 5 mm", "M5"-like sizes stay out
  for (size_t i = 0; i < r.words.size(); ++i) {
    if (r.taken[i] || !number_at(r, i) || !std::isdigit(static_cast<unsigned char>(r.words[i][0])))
      continue;
    const auto v = length_at(r, i, unit);
    if (!v || *v <= 0) continue;
    const size_t from = clause(i);
    start = std::min(start, from);
    q.ranges.push_back(
        {from < i ? size_word(r, i) : Property::kDiameter, *v * (1 - 1e-3), *v * (1 + 1e-3)});
  }
  return start;
}

void read_sides(Reader& r, Query& q) {
  bool excluding = false, seen = false;
  const bool looks = std::any_of(r.words.begin(), r.words.end(), [](const std::string& w) {
    return w == "visible" || w == "seen" || w == "shown" || w == "viewed" || w == "from";
  });
  for (size_t i = 0; i < r.words.size(); ++i) {
    const std::string& w = r.words[i];
    if (w == "excluding" || w == "except" || w == "without" || w == "not")
      excluding = true, r.taken[i] = 1;
    // "above/below the (shape's) centre" is a place, no side
    if (w == "above" || w == "below") {
      for (size_t k = i + 1; k < std::min(i + 5, r.words.size()); ++k) {
        if (r.words[k] == "center" || r.words[k] == "centre" || r.words[k] == "middle") {
          q.half = w == "above" ? 1 : -1;
          r.taken[i] = r.taken[k] = 1;
        }
      }
      if (r.taken[i]) continue;
    }
    const auto at = sides().find(w);
    if (at == sides().end()) continue;
    r.taken[i] = 1, seen = true;
    if (excluding)
      q.without = static_cast<sheet::Sides>(q.without | at->second);
    else if (looks)
      q.visible = static_cast<sheet::Sides>(q.visible | at->second);
    else
      q.on = static_cast<sheet::Sides>(q.on | at->second);
  }
  // what is named with two opposite sides lies on either, not on both at once
  const auto both = [&](Side a, Side b) { return (q.visible & a) && (q.visible & b); };
  if (both(sheet::kTop, sheet::kBottom) || both(sheet::kLeft, sheet::kRight) ||
      both(sheet::kFront, sheet::kBack)) {
    q.on = static_cast<sheet::Sides>(q.on | q.visible), q.visible = 0;
  }
  if (excluding && !seen)
    throw Error(ErrorKind::kUnsupported,
                "what is to be left out was not understood; sides can be: top, bottom, front, "
                "back, left, right");
}

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  throw Error(ErrorKind::kUnsupported,
              fmt::format("'{}': {}. Ask for how many, diameter, radius, depth, height, length, "
                          "width, size, center, "
                          "distance, area, volume, mass in a material, thickness or symmetry, of "
                          "the part or of its holes, slots, "
                          "pockets, cylinders, standoffs, dimples, fillets, chamfers, faces, edges "
                          "or bodies; or ask a language model with --model",
                          text, why));
}

// The noun asked of: the first feature; the part where only that is named.
size_t read_noun(Reader& r, Query& q, bool& many) {
  size_t best = r.words.size();
  for (size_t i = 0; i < r.words.size(); ++i) {
    const auto at = nouns().find(r.words[i]);
    if (at == nouns().end()) continue;
    const bool features = at->second.of != Of::kPart;
    if (r.words[i] == "surface" && best < r.words.size()) {
      r.taken[i] = 1;
      continue;  // "on the top surface of"
    }
    r.taken[i] = 1;
    if (best == r.words.size() || (q.of == Of::kPart && features)) {
      best = i;
      const Noun& n = at->second;
      q.of = n.of, q.kinds = n.kinds, q.form = n.form, many = r.plural[i];
      q.in_boss = n.in_boss ? std::optional<bool>(true) : std::nullopt;
    } else if (q.of == Of::kFeatures && features && r.words[i] == "hole" && q.in_boss) {
      continue;  // "standoffs with a hole"
    } else if (features && (q.kinds != at->second.kinds)) {
      best = r.words.size() + 1;  // two different features: not understood
      return best;
    }
  }
  return best;
}

void read_adjectives(Reader& r, Query& q) {
  if (r.has("through")) q.through = true;
  if (r.has("blind")) q.through = false;
  if (r.any({"rectangular", "square"}) && q.of == Of::kFeatures) q.form = "rectangle";
  if (r.any({"counterbored"})) q.form = "counterbored";
  if (r.any({"countersunk"})) q.form = "countersunk";
  if (r.any({"planar"}) && q.of == Of::kFaces) q.form = "plane";
  if (q.of == Of::kFaces) {
    if (r.has("cylindrical")) q.form = "cylinder";
    if (r.has("conical")) q.form = "cone";
    if (r.has("spherical")) q.form = "sphere";
  }
  if (r.any({"largest", "biggest", "widest"})) q.pick = Pick::kLargest;
  if (r.any({"smallest", "narrowest"})) q.pick = Pick::kSmallest;
  if (r.any({"deepest", "tallest", "longest", "highest"})) q.pick = Pick::kDeepest;
  if (r.any({"shallowest", "shortest", "lowest"})) q.pick = Pick::kShallowest;
  if (r.any({"different", "unique", "distinct", "uniquely"})) q.reduce = Reduce::kUnique;
  if (r.any({"minimal", "minimum", "least", "shortest", "thinnest", "min"}))
    q.reduce = Reduce::kLeast;
  if (r.any({"maximal", "maximum", "max", "greatest"})) q.reduce = Reduce::kMost;
  if (r.any({"average", "mean"})) q.reduce = Reduce::kMean;
  for (const sheet::Material& m : sheet::materials()) {
    std::string name = m.name;
    std::replace(name.begin(), name.end(), ' ', '_');
    if (r.has(name)) q.material = m.name;
  }
  if (r.has("aluminum")) q.material = "aluminium";
}

// The first property word outside what narrows; several make a size.
bool read_property(Reader& r, size_t narrowing, size_t noun, Query& q) {
  bool found = false;
  std::vector<Property> several;
  for (size_t i = 0; i < r.words.size(); ++i) {
    const auto at = properties().find(r.words[i]);
    if (at == properties().end()) continue;
    const bool narrows = (i > narrowing && i > noun) || (r.taken[i] && r.words[i] != "center");
    r.taken[i] = 1;
    if (narrows) continue;
    const bool weaker = at->second == Property::kCenter && found;
    if (at->second == Property::kDistance || !found)
      q.property = at->second, found = true;
    else if (!weaker && q.property != Property::kDistance)
      several.push_back(at->second);
  }
  if (several.empty()) return found;
  if (q.property != Property::kSize) several.insert(several.begin(), q.property);
  q.property = Property::kSize, q.sizes = std::move(several);
  return found;
}

}  // namespace

Query parse(const std::string& text, const std::string& unit) {
  Reader r = read(text);
  if (r.words.size() > 60) refuse(text.substr(0, 60) + "…", "that is longer than a question");
  Query q;
  bool many = false;
  const size_t noun = read_noun(r, q, many);
  if (noun > r.words.size()) refuse(text, "it speaks of two kinds of things");
  const size_t narrowing = read_ranges(r, unit, q);
  read_sides(r, q);
  read_adjectives(r, q);
  const size_t how = r.find("how");
  const bool counting = how + 1 < r.words.size() && r.words[how + 1] == "many";
  bool asked = false;
  if (counting) {
    q.property = Property::kCount, asked = true;
    for (size_t i = 0; i < r.words.size(); ++i) {
      if (properties().count(r.words[i])) r.taken[i] = 1;
    }
  } else {
    asked = read_property(r, narrowing, noun, q);
  }
  if (!asked && (r.find("is") == 0 || r.find("are") == 0 || r.find("does") == 0))
    q.property = Property::kExists, asked = true;
  for (size_t i = 0; i < r.words.size(); ++i) {
    if (!r.taken[i] && !fillers().count(r.words[i]) && !number_at(r, i))
      refuse(text, fmt::format("the word '{}' is not known", r.words[i]));
  }
  if (!asked) refuse(text, "it does not say what to measure");
  if (noun == r.words.size() && q.property != Property::kVolume && q.property != Property::kMass &&
      q.property != Property::kArea && q.property != Property::kSymmetry &&
      q.property != Property::kSize)
    refuse(text, "it does not say of what");
  if (q.of == Of::kPart &&
      (q.visible || q.on || q.pick != Pick::kAll || !q.ranges.empty() || q.through))
    refuse(text, "it does not say of which feature");
  static const std::set<Property> kOfPart = {Property::kWidth, Property::kDepth, Property::kHeight,
                                             Property::kLength};
  for (const Property p : q.sizes) {
    if (q.of != Of::kPart || !kOfPart.count(p))
      refuse(text, "it asks for several measures at once");
  }
  if (q.of == Of::kFeatures && q.reduce == Reduce::kEach && !many) q.reduce = Reduce::kOne;
  if (q.of == Of::kFeatures && q.pick != Pick::kAll && q.reduce == Reduce::kEach && !many)
    q.reduce = Reduce::kOne;
  if (q.property == Property::kMass && q.material.empty())
    refuse(text, "a mass needs a material, such as 'in steel'");
  if (q.property == Property::kThickness && q.of == Of::kFeatures) q.property = Property::kWidth;
  return q;
}

}  // namespace cadrecode::question
