// Which answers follow from one measuring call: all calls are made, and their results
// compared as the benchmark compares.
#include <algorithm>
#include <map>
#include <memory>

#include "base/error.h"
#include "evaluation/cadqa/cadqa.h"

namespace cadrecode::cadqa {

using question::Of;
using question::Pick;
using question::Property;
using question::Query;
using question::Reduce;
using sheet::FeatureKind;

namespace {

enum class Sort : uint8_t { kWhole, kFeature, kSelection, kDistance };

}  // namespace

struct Calls {
  struct Result {
    Sort sort;
    std::string call;
  };
  // by the answer's text in the benchmark's form, list members in ascending order
  std::map<std::string, Result> of_text;
};

void CallsDeleter::operator()(Calls* calls) const { delete calls; }
size_t size(const Calls& calls) { return calls.of_text.size(); }

namespace {

class Maker {
 public:
  Maker(const sheet::Sheet& sheet, Calls& out) : sheet_(sheet), out_(out) {}

  void whole() {
    for (const Property p :
         {Property::kWidth, Property::kDepth, Property::kHeight, Property::kLength,
          Property::kDiameter, Property::kRadius, Property::kVolume, Property::kArea,
          Property::kCenter, Property::kPosition, Property::kThickness, Property::kSize}) {
      Query q;
      q.property = p;
      add(q, Sort::kWhole);
    }
    for (const auto& pair : {std::pair{Property::kWidth, Property::kHeight},
                             {Property::kWidth, Property::kDepth},
                             {Property::kDepth, Property::kHeight}}) {
      Query q;
      q.property = Property::kSize, q.sizes = {pair.first, pair.second};
      add(q, Sort::kWhole);
    }
    for (const Of of : {Of::kBodies, Of::kFaces, Of::kEdges}) {
      Query q;
      q.of = of, q.property = Property::kCount;
      add(q, Sort::kWhole);
    }
  }

  // What the sheet states of one feature.
  void features() {
    for (const sheet::Feature& f : sheet_.features) {
      const std::string name = std::string(sheet::to_string(f.kind)) + " " + std::to_string(f.id);
      for (const double x : {f.diameter, f.diameter / 2, f.depth, f.length, f.width})
        length(x, name, Sort::kFeature);
      for (const sheet::Step& step : f.steps) {
        for (const double x : {step.diameter, step.diameter / 2, step.depth})
          length(x, "step of " + name, Sort::kFeature);
      }
      question::Value v;
      v.shape = question::Value::Shape::kPoints, v.dimension = question::Dimension::kLength;
      for (const Vec3 p : {f.center, f.position, f.size}) {
        v.points = {p};
        keep(v, name, Sort::kFeature);
      }
    }
    for (const sheet::Pattern& p : sheet_.patterns) {
      for (const double x : {p.pitch, p.pitch_across, p.diameter})
        length(x, p.form + " pattern", Sort::kFeature);
      question::Value v;
      v.shape = question::Value::Shape::kNumber, v.whole = true,
      v.number = static_cast<double>(p.features.size());
      keep(v, p.form + " pattern", Sort::kFeature);
    }
  }

  void selections() {
    for (const FeatureKind kind :
         {FeatureKind::kHole, FeatureKind::kOpening, FeatureKind::kBoss, FeatureKind::kDimple,
          FeatureKind::kRound, FeatureKind::kChamfer, FeatureKind::kCone}) {
      Query q;
      q.of = Of::kFeatures, q.kinds = {kind};
      for (const int through : {-1, 0, 1}) {
        if (through >= 0 && kind != FeatureKind::kHole && kind != FeatureKind::kOpening) continue;
        q.through = through < 0 ? std::optional<bool>() : std::optional<bool>(through == 1);
        for (size_t s = 0; s <= sheet::kSides.size(); ++s) {
          q.visible = s == 0 ? sheet::Sides{0} : static_cast<sheet::Sides>(sheet::kSides[s - 1]);
          for (const Pick pick : {Pick::kAll, Pick::kLargest, Pick::kSmallest}) {
            q.pick = pick;
            measures(q, kind);
          }
          q.pick = Pick::kAll;
          for (const double d : diameters(kind)) {
            q.ranges = {{Property::kDiameter, d * (1 - 1e-4), d * (1 + 1e-4)}};
            measures(q, kind);
          }
          q.ranges.clear();
        }
      }
    }
  }

 private:
  void measures(Query q, FeatureKind kind) {
    for (const Property p : {Property::kCount, Property::kDiameter, Property::kRadius,
                             Property::kDepth, Property::kLength, Property::kWidth,
                             Property::kCenter, Property::kPosition, Property::kSize}) {
      for (const Reduce r : {Reduce::kEach, Reduce::kUnique}) {
        if (r == Reduce::kUnique && (p == Property::kCount || p == Property::kCenter ||
                                     p == Property::kPosition || p == Property::kSize))
          continue;
        q.property = p, q.reduce = r;
        add(q, Sort::kSelection);
      }
    }
    if (kind == FeatureKind::kRound || kind == FeatureKind::kChamfer || q.pick != Pick::kAll)
      return;
    q.property = Property::kDistance;
    for (const Reduce r : {Reduce::kLeast, Reduce::kMost}) {
      q.reduce = r;
      add(q, Sort::kDistance);
    }
  }

  std::vector<double> diameters(FeatureKind kind) const {
    std::vector<double> out;
    for (const sheet::Feature& f : sheet_.features) {
      if (f.kind == kind && f.diameter > 0) out.push_back(f.diameter);
    }
    std::sort(out.begin(), out.end());
    out.erase(
        std::unique(out.begin(), out.end(), [](double a, double b) { return b - a < 1e-4 * b; }),
        out.end());
    if (out.size() < 2 || out.size() > 24) out.clear();
    return out;
  }

  void length(double x, const std::string& call, Sort sort) {
    if (!(x > 0)) return;
    question::Value v;
    v.shape = question::Value::Shape::kNumber, v.number = x,
    v.dimension = question::Dimension::kLength;
    keep(v, call, sort);
  }

  void keep(question::Value v, const std::string& call, Sort sort) {
    sorted(v);
    out_.of_text.try_emplace(literal(v, sheet_.millimetres()), Calls::Result{sort, call});
  }

  void add(const Query& q, Sort sort) {
    question::Answer a;
    try {
      a = question::answer(sheet_, q);
    } catch (const Error&) {
      return;
    }
    if (a.value.shape == question::Value::Shape::kWords) return;
    if (a.value.numbers.size() > 64 || a.value.points.size() > 64) return;
    sorted(a.value);
    out_.of_text.try_emplace(literal(a.value, sheet_.millimetres()),
                             Calls::Result{sort, question::to_text(q)});
  }

  static void sorted(question::Value& v) {
    std::sort(v.points.begin(), v.points.end(),
              [](Vec3 a, Vec3 b) { return std::tuple(a.x, a.y, a.z) < std::tuple(b.x, b.y, b.z); });
    if (v.dimension == question::Dimension::kLength && v.numbers.size() > 1)
      std::sort(v.numbers.begin(), v.numbers.end());
  }

  const sheet::Sheet& sheet_;
  Calls& out_;
};

}  // namespace

CallsPtr all_calls(const sheet::Sheet& sheet) {
  CallsPtr out(new Calls);
  Maker maker(sheet, *out);
  maker.whole();
  maker.features();
  maker.selections();
  return out;
}

Reach reach(const Calls& calls, const Question& asked) {
  Reach r;
  Question q = asked;
  q.sorted = true;  // lists as sets: the label's own order is nobody's fact
  for (const auto& [text, result] : calls.of_text) {
    if (!score(q, text).exact) continue;
    if (r.call.empty()) r.call = result.call;
    r.whole |= result.sort == Sort::kWhole;
    r.feature |= result.sort == Sort::kFeature;
    r.selection |= result.sort == Sort::kSelection;
    r.distance |= result.sort == Sort::kDistance;
  }
  return r;
}

}  // namespace cadrecode::cadqa
