// Typed questions to a facts sheet: which features, and what of them.
//
// One Query is one measuring call. The grammar (question.h) makes one from an English
// question, a language model makes one as a tool call (tools.h), and the benchmark
// asks which answers follow from one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/sheet/sheet.h"

namespace cadrecode::question {

using sheet::FeatureKind;
using sheet::Sheet;

enum class Property : uint8_t {
  kCount,
  kDiameter,
  kRadius,
  kDepth,
  kLength,
  kWidth,
  kSize,
  kCenter,
  kPosition,
  kArea,
  kAxis,
  kDistance,  // between the centres of the features chosen
  kVolume,
  kMass,
  kThickness,
  kHeight,  // height: of a feature along its axis; of the part along z
  kExists,
  kSymmetry,
  kBox,
  kSteps,
};

enum class Pick : uint8_t { kAll, kLargest, kSmallest, kDeepest, kShallowest };
enum class Reduce : uint8_t { kEach, kUnique, kLeast, kMost, kSum, kMean, kOne };
// of what: features, or something of the whole part
enum class Of : uint8_t { kFeatures, kPart, kBodies, kFaces, kEdges };

struct Range {
  Property property = Property::kDiameter;
  double least = 0, most = 1e300;  // in the part's unit; ends belong to it
};

struct Query {
  Of of = Of::kPart;
  std::vector<FeatureKind> kinds;  // any of these
  std::string form;                // of an opening or a face: "rectangle", "cylinder"; "": any
  sheet::Sides visible = 0;        // from each of these sides
  sheet::Sides on = 0;             // its mouth or normal looks to one of these
  sheet::Sides without = 0;        // neither seen from nor on any of these
  std::optional<bool> through, in_boss, convex;
  std::vector<Range> ranges;
  int half = 0;  // +1: above the part's centre in z, -1: below, 0: either
  Pick pick = Pick::kAll;
  Property property = Property::kCount;
  Reduce reduce = Reduce::kEach;
  std::vector<Property> sizes;  // kSize of the part: which, in order; empty: width, depth, height
  std::string material;
};

// What a value is measured in: lengths scale with the unit, areas with its square ….
enum class Dimension : uint8_t { kNone, kLength, kArea, kVolume, kMass };

// A number, a list, a list of points, a truth. Numbers are in the part's unit (mass in
// grams); `whole` says the numbers are counts.
struct Value {
  enum class Shape : uint8_t {
    kNothing,
    kNumber,
    kNumbers,
    kPoints,
    kTruth,
    kWords
  } shape = Shape::kNothing;
  double number = 0;
  bool truth = false, whole = false;
  std::vector<double> numbers;
  std::vector<Vec3> points;
  std::string words;
  Dimension dimension = Dimension::kNone;
};

struct Answer {
  Value value;
  std::vector<int> features;  // that it speaks of
  std::string text;           // one sentence with units
};

// The features a query chooses, in the sheet's order (largest first for picks).
std::vector<const sheet::Feature*> chosen(const Sheet& sheet, const Query& query);

// Errors: kValue when nothing matches what a measure was asked of (a count is then 0),
// or when the part has no such measure (the volume of an open surface).
Answer answer(const Sheet& sheet, const Query& query);

std::string to_text(const Query& query);  // as a person would say what was understood
const char* to_string(Property property);

}  // namespace cadrecode::question
