#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "pipeline/question/query.h"

namespace cadrecode::question {
namespace {

using sheet::Feature;

// The value of a scalar property; NaN where the feature has none.
double scalar(const Feature& f, Property property) {
  const auto present = [](double v) {
    return v > 0 ? v : std::numeric_limits<double>::quiet_NaN();
  };
  switch (property) {
    case Property::kDiameter:
      return present(f.diameter);
    case Property::kRadius:
      return present(f.diameter / 2);
    case Property::kDepth:
    case Property::kHeight:
      return present(f.depth);
    case Property::kLength:
      return present(f.length > 0 ? f.length : f.depth);
    case Property::kWidth:
    case Property::kThickness:
      return present(f.width > 0 ? f.width : f.diameter);
    case Property::kArea:
      return present(f.area);
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
}

bool matches(const Sheet& sheet, const Query& q, const Feature& f) {
  if (std::find(q.kinds.begin(), q.kinds.end(), f.kind) == q.kinds.end()) return false;
  if (!q.form.empty() && f.form != q.form) return false;
  if ((f.sides & q.visible) != q.visible) return false;
  if (q.on && !(f.on & q.on) && !(f.sides & q.on)) return false;
  if (q.without && ((f.on | f.sides) & q.without)) return false;
  if (q.through && f.through != *q.through) return false;
  if (q.in_boss && f.in_boss != *q.in_boss) return false;
  if (q.convex && (f.form == "outside") != *q.convex) return false;
  if (q.half && (f.center.z - sheet.box.center().z) * q.half <= 0) return false;
  return std::all_of(q.ranges.begin(), q.ranges.end(), [&](const Range& r) {
    const double v = scalar(f, r.property), slack = 1e-6 * std::abs(v);
    return v >= r.least - slack && v <= r.most + slack;
  });
}

// What features are ranked by: how wide they are, or how deep.
double rank(const Feature& f, Pick pick) {
  if (pick == Pick::kDeepest || pick == Pick::kShallowest) return f.depth;
  return f.diameter > 0 ? f.diameter : f.length > 0 ? f.length * std::max(f.width, 1e-12) : f.area;
}

bool near(double a, double b) {
  return std::abs(a - b) <= 1e-5 * std::max(std::abs(a), std::abs(b));
}

void reduce(Value& v, Reduce how, bool may_be_one) {
  auto& n = v.numbers;
  if (how == Reduce::kUnique) {
    std::sort(n.begin(), n.end());
    n.erase(std::unique(n.begin(), n.end(), near), n.end());
    return;
  }
  const bool all_equal = std::all_of(n.begin(), n.end(), [&](double x) { return near(x, n[0]); });
  if (how == Reduce::kOne && !all_equal) return reduce(v, Reduce::kUnique, false);
  if (how == Reduce::kEach && !(may_be_one && n.size() == 1)) return;
  v.shape = Value::Shape::kNumber;
  v.number = n[0];
  if (how == Reduce::kLeast) v.number = *std::min_element(n.begin(), n.end());
  if (how == Reduce::kMost) v.number = *std::max_element(n.begin(), n.end());
  if (how == Reduce::kSum || how == Reduce::kMean) {
    v.number = 0;
    for (double x : n) v.number += x;
    if (how == Reduce::kMean) v.number /= static_cast<double>(n.size());
  }
  n.clear();
}

std::string unit_of(const Sheet& sheet, Dimension d) {
  const std::string u = sheet.unit.empty() ? "units" : sheet.unit;
  switch (d) {
    case Dimension::kLength:
      return " " + u;
    case Dimension::kArea:
      return " " + u + "²";
    case Dimension::kVolume:
      return " " + u + "³";
    case Dimension::kMass:
      return " g";
    default:
      return "";
  }
}

std::string point_text(Vec3 p) {
  const auto clean = [&](double x) { return std::abs(x) < 1e-9 * norm(p) ? 0.0 : x; };
  return fmt::format("({:.6g}, {:.6g}, {:.6g})", clean(p.x), clean(p.y), clean(p.z));
}

std::string value_text(const Sheet& sheet, const Value& v) {
  const std::string unit = unit_of(sheet, v.dimension);
  switch (v.shape) {
    case Value::Shape::kNumber:
      return v.whole ? fmt::format("{:.0f}", v.number) : fmt::format("{:.6g}{}", v.number, unit);
    case Value::Shape::kTruth:
      return v.truth ? "yes" : "no";
    case Value::Shape::kWords:
      return v.words;
    case Value::Shape::kNumbers: {
      // equal neighbours are said once
      std::string out;
      for (size_t i = 0; i < v.numbers.size();) {
        size_t j = i;
        while (j < v.numbers.size() && near(v.numbers[i], v.numbers[j])) ++j;
        out += fmt::format("{}{:.6g}", i ? ", " : "", v.numbers[i]);
        if (j - i > 1) out += fmt::format(" ({} times)", j - i);
        i = j;
      }
      return out + unit;
    }
    case Value::Shape::kPoints: {
      std::string out;
      for (const Vec3 p : v.points) out += (out.empty() ? "" : ", ") + point_text(p);
      return out + unit;
    }
    default:
      return "nothing";
  }
}

Value number(double x, Dimension d) {
  Value v;
  v.shape = Value::Shape::kNumber, v.number = x, v.dimension = d;
  return v;
}

Value count(size_t n) {
  Value v = number(static_cast<double>(n), Dimension::kNone);
  v.whole = true;
  return v;
}

Value truth(bool t) {
  Value v;
  v.shape = Value::Shape::kTruth, v.truth = t;
  return v;
}

Value points(std::vector<Vec3> p, Dimension d = Dimension::kLength) {
  Value v;
  v.shape = Value::Shape::kPoints, v.points = std::move(p), v.dimension = d;
  return v;
}

void need_closed(const Sheet& sheet) {
  if (!sheet.closed)
    throw Error(ErrorKind::kValue, "the surface is not closed, so it has no volume and no mass");
}

std::string symmetry_words(const Sheet& sheet) {
  std::string out;
  for (const Vec3 n : sheet.symmetry.mirror_normals)
    out += (out.empty() ? "mirror plane normal to " : ", ") + point_text(n);
  if (sheet.symmetry.turns == 0)
    out += (out.empty() ? "" : "; ") + ("round about " + point_text(sheet.symmetry.axis));
  if (sheet.symmetry.turns > 1)
    out += (out.empty() ? "" : "; ") + fmt::format("{} equal turns about {}", sheet.symmetry.turns,
                                                   point_text(sheet.symmetry.axis));
  return out.empty() ? "no symmetry found" : out;
}

Value of_part(const Sheet& sheet, const Query& q) {
  const Vec3 size = sheet.box.size();
  switch (q.property) {
    case Property::kWidth:
      return number(size.x, Dimension::kLength);
    case Property::kDepth:
      return number(size.y, Dimension::kLength);
    case Property::kHeight:
      return number(size.z, Dimension::kLength);
    case Property::kLength:
      return number(sheet.box.longest(), Dimension::kLength);
    case Property::kSize:
    case Property::kBox: {
      Value v;
      v.shape = Value::Shape::kNumbers, v.dimension = Dimension::kLength;
      v.numbers = {size.x, size.y, size.z};
      if (q.sizes.empty()) return v;
      v.numbers.clear();
      for (const Property p : q.sizes) {
        Query one = q;
        one.property = p, one.sizes.clear();
        v.numbers.push_back(of_part(sheet, one).number);
      }
      return v;
    }
    case Property::kDiameter:
    case Property::kRadius: {
      double widest = 0;
      for (const Feature& f : sheet.features) {
        if (f.kind == FeatureKind::kBoss) widest = std::max(widest, f.diameter);
      }
      if (widest == 0) throw Error(ErrorKind::kValue, "the part has no round outside");
      return number(q.property == Property::kRadius ? widest / 2 : widest, Dimension::kLength);
    }
    case Property::kVolume:
      need_closed(sheet);
      return number(sheet.volume, Dimension::kVolume);
    case Property::kMass:
      need_closed(sheet);
      return number(
          sheet::mass_grams(sheet, sheet::material(q.material.empty() ? "steel" : q.material)),
          Dimension::kMass);
    case Property::kArea:
      return number(sheet.area, Dimension::kArea);
    case Property::kCenter:
    case Property::kPosition:
      return points({q.property == Property::kCenter ? sheet.center : sheet.box.center()});
    case Property::kThickness:
      if (sheet.wall.usual <= 0)
        throw Error(ErrorKind::kValue,
                    "no two parallel walls were found to measure a thickness between");
      return number(q.reduce == Reduce::kLeast ? sheet.wall.thinnest : sheet.wall.usual,
                    Dimension::kLength);
    case Property::kSymmetry: {
      Value v;
      v.shape = Value::Shape::kWords, v.words = symmetry_words(sheet);
      return v;
    }
    case Property::kExists:
      return truth(true);
    default:
      return count(1);
  }
}

Value of_counted(const Sheet& sheet, const Query& q) {
  if (q.of == Of::kBodies && q.property == Property::kVolume) {
    Value v;
    v.shape = Value::Shape::kNumbers, v.dimension = Dimension::kVolume;
    for (const auto& b : sheet.bodies) v.numbers.push_back(b.volume);
    reduce(v, q.reduce, true);
    return v;
  }
  if (q.property != Property::kCount && q.property != Property::kExists)
    throw Error(ErrorKind::kUnsupported,
                "bodies, faces of a kind and edges can be counted; ask for flat faces or features "
                "by name for measures");
  size_t n = q.of == Of::kBodies ? sheet.bodies.size() : static_cast<size_t>(sheet.edges);
  if (q.of == Of::kFaces) {
    n = 0;
    for (size_t k = 0; k < sheet.faces_of_kind.size(); ++k) {
      if (q.form.empty() || q.form == mesh::to_string(static_cast<mesh::SurfaceKind>(k)))
        n += static_cast<size_t>(sheet.faces_of_kind[k]);
    }
  }
  return q.property == Property::kExists ? truth(n > 0) : count(n);
}

Value distances(const std::vector<const Feature*>& features, const Query& q) {
  if (features.size() < 2)
    throw Error(ErrorKind::kValue,
                fmt::format("a distance takes two features; {} match", features.size()));
  Value v;
  v.shape = Value::Shape::kNumbers, v.dimension = Dimension::kLength;
  for (size_t i = 0; i < features.size(); ++i) {
    for (size_t j = i + 1; j < features.size(); ++j)
      v.numbers.push_back(norm(features[i]->center - features[j]->center));
  }
  reduce(v, q.reduce == Reduce::kEach ? Reduce::kUnique : q.reduce, true);
  if (v.numbers.size() == 1)
    v.shape = Value::Shape::kNumber, v.number = v.numbers[0], v.numbers.clear();
  return v;
}

Value of_features(const Query& q, const std::vector<const Feature*>& features) {
  if (q.property == Property::kCount) return count(features.size());
  if (q.property == Property::kExists) return truth(!features.empty());
  if (features.empty())
    throw Error(ErrorKind::kValue, "nothing of the part matches: " + to_text(q));
  if (q.property == Property::kDistance) return distances(features, q);
  if (q.property == Property::kCenter || q.property == Property::kPosition ||
      q.property == Property::kAxis) {
    std::vector<Vec3> p;
    for (const Feature* f : features)
      p.push_back(q.property == Property::kCenter     ? f->center
                  : q.property == Property::kPosition ? f->position
                                                      : f->axis);
    return points(std::move(p),
                  q.property == Property::kAxis ? Dimension::kNone : Dimension::kLength);
  }
  if (q.property == Property::kSize) {
    std::vector<Vec3> p;
    for (const Feature* f : features) p.push_back(f->size);
    return points(std::move(p));
  }
  Value v;
  v.shape = Value::Shape::kNumbers;
  v.dimension = q.property == Property::kArea ? Dimension::kArea : Dimension::kLength;
  for (const Feature* f : features) {
    const double x = scalar(*f, q.property);
    if (std::isfinite(x)) v.numbers.push_back(x);
  }
  if (v.numbers.empty())
    throw Error(ErrorKind::kValue, fmt::format("what matches has no {}", to_string(q.property)));
  reduce(v, q.reduce, q.pick != Pick::kAll);
  return v;
}

}  // namespace

std::vector<const Feature*> chosen(const Sheet& sheet, const Query& q) {
  std::vector<const Feature*> out;
  for (const Feature& f : sheet.features) {
    if (matches(sheet, q, f)) out.push_back(&f);
  }
  if (q.pick == Pick::kAll || out.empty()) return out;
  const bool most = q.pick == Pick::kLargest || q.pick == Pick::kDeepest;
  const auto best =
      *std::max_element(out.begin(), out.end(), [&](const Feature* a, const Feature* b) {
        return most ? rank(*a, q.pick) < rank(*b, q.pick) : rank(*a, q.pick) > rank(*b, q.pick);
      });
  const double value = rank(*best, q.pick);
  std::erase_if(out, [&](const Feature* f) { return !near(rank(*f, q.pick), value); });
  return out;
}

Answer answer(const Sheet& sheet, const Query& q) {
  Answer a;
  if (q.of == Of::kPart) {
    a.value = of_part(sheet, q);
  } else if (q.of != Of::kFeatures) {
    a.value = of_counted(sheet, q);
  } else {
    const auto features = chosen(sheet, q);
    for (const Feature* f : features) a.features.push_back(f->id);
    a.value = of_features(q, features);
  }
  a.text = value_text(sheet, a.value);
  return a;
}

}  // namespace cadrecode::question
