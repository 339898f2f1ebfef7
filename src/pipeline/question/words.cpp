#include <fmt/format.h>

#include "pipeline/question/query.h"

namespace cadrecode::question {

const char* to_string(Property property) {
  switch (property) {
    case Property::kCount:
      return "count";
    case Property::kDiameter:
      return "diameter";
    case Property::kRadius:
      return "radius";
    case Property::kDepth:
      return "depth";
    case Property::kLength:
      return "length";
    case Property::kWidth:
      return "width";
    case Property::kSize:
      return "size";
    case Property::kCenter:
      return "center";
    case Property::kPosition:
      return "position";
    case Property::kArea:
      return "area";
    case Property::kAxis:
      return "axis";
    case Property::kDistance:
      return "distance";
    case Property::kVolume:
      return "volume";
    case Property::kMass:
      return "mass";
    case Property::kThickness:
      return "thickness";
    case Property::kHeight:
      return "height";
    case Property::kExists:
      return "existence";
    case Property::kSymmetry:
      return "symmetry";
    case Property::kBox:
      return "box";
    default:
      return "steps";
  }
}

namespace {

std::string sides_words(sheet::Sides sides) {
  std::string out;
  for (const sheet::Side s : sheet::kSides) {
    if (sides & s) out += (out.empty() ? "" : ", ") + std::string(sheet::to_string(s));
  }
  return out;
}

std::string subject_of(const Query& q) {
  switch (q.of) {
    case Of::kPart:
      return "the part";
    case Of::kBodies:
      return "bodies";
    case Of::kEdges:
      return "edges";
    case Of::kFaces:
      return q.form.empty() ? "faces" : q.form + " faces";
    default:
      break;
  }
  std::string out;
  if (q.pick == Pick::kLargest) out += "largest ";
  if (q.pick == Pick::kSmallest) out += "smallest ";
  if (q.pick == Pick::kDeepest) out += "deepest ";
  if (q.pick == Pick::kShallowest) out += "shallowest ";
  if (q.through) out += *q.through ? "through " : "blind ";
  if (!q.form.empty()) out += q.form + " ";
  for (size_t i = 0; i < q.kinds.size(); ++i)
    out += (i ? " or " : "") + std::string(sheet::to_string(q.kinds[i])) + "s";
  return out;
}

}  // namespace

std::string to_text(const Query& q) {
  static constexpr const char* kHow[] = {"",        "each different ", "least ", "greatest ",
                                         "sum of ", "mean ",           ""};
  std::string out = fmt::format("{}{} of {}", kHow[static_cast<size_t>(q.reduce)],
                                to_string(q.property), subject_of(q));
  if (q.visible) out += " visible from " + sides_words(q.visible);
  if (q.on) out += " on " + sides_words(q.on);
  if (q.without) out += " not on " + sides_words(q.without);
  if (q.in_boss && *q.in_boss) out += " inside a boss";
  for (const Range& r : q.ranges) {
    if (r.least > 0 && r.most < 1e299)
      out += fmt::format(" with {} from {:g} to {:g}", to_string(r.property), r.least, r.most);
    else if (r.least > 0)
      out += fmt::format(" with {} at least {:g}", to_string(r.property), r.least);
    else
      out += fmt::format(" with {} at most {:g}", to_string(r.property), r.most);
  }
  if (q.half) out += q.half > 0 ? " above the part's centre" : " below the part's centre";
  if (!q.material.empty()) out += " in " + q.material;
  return out;
}

}  // namespace cadrecode::question
