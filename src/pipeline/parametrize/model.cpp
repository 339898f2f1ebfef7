#include "pipeline/parametrize/model.h"

#include <cmath>

#include "geometry/part/build.h"
#include "geometry/part/curve.h"

namespace cadrecode::parametrize {
namespace {

using part::Curve;
using part::Loop;

Loop chain_of(const Outline& outline, std::span<const double> values) {
  Loop loop;
  const size_t n = outline.corners.size();
  std::vector<Vec2> at;
  for (const Position& p : outline.corners) at.push_back({p.x.at(values), p.y.at(values)});
  for (size_t i = 0; i < n; ++i) loop.curves.push_back(Curve::line(at[i], at[(i + 1) % n]));
  for (const Outline::Mid& m : outline.mids) {
    Curve& c = loop.curves[m.edge];
    c = Curve::arc(c.start, {m.at.x.at(values), m.at.y.at(values)}, c.end);
  }
  return loop;
}

int whole(const Expr& e, std::span<const double> values) {
  return std::max(1, static_cast<int>(std::lround(e.at(values))));
}

}  // namespace

Loop moved(Loop loop, Vec2 by) {
  for (Curve& c : loop.curves) {
    c.mid = c.mid + by;
    if (c.kind == Curve::Kind::kCircle) continue;
    c.start = c.start + by;
    c.end = c.end + by;
  }
  return loop;
}

Loop loop_of(const Outline& outline, std::span<const double> values) {
  switch (outline.kind) {
    case Outline::Kind::kCircle:
      return part::circle({}, outline.width.at(values) / 2);
    case Outline::Kind::kRectangle: {
      // not part::rectangle, which refuses what a slider may ask for
      const double x = outline.width.at(values) / 2, y = outline.height.at(values) / 2;
      return {{Curve::line({-x, -y}, {x, -y}), Curve::line({x, -y}, {x, y}),
               Curve::line({x, y}, {-x, y}), Curve::line({-x, y}, {-x, -y})}};
    }
    case Outline::Kind::kPolygon:
    case Outline::Kind::kChain:
      return chain_of(outline, values);
  }
  return {};
}

std::vector<Vec2> places_of(const Pattern& pattern, std::span<const double> values) {
  std::vector<Vec2> out;
  for (const Position& p : pattern.points) out.push_back({p.x.at(values), p.y.at(values)});
  if (pattern.kind == Pattern::Kind::kPoints) return out;
  const Vec2 center = out.at(0);
  out.clear();
  if (pattern.kind == Pattern::Kind::kGrid) {
    const int columns = whole(pattern.columns, values), rows = whole(pattern.rows, values);
    const Vec2 step{pattern.spacing_x.at(values), pattern.spacing_y.at(values)};
    for (int i = 0; i < columns; ++i) {
      for (int j = 0; j < rows; ++j)
        out.push_back(center +
                      Vec2{(i - (columns - 1) / 2.0) * step.x, (j - (rows - 1) / 2.0) * step.y});
    }
    return out;
  }
  const int count = whole(pattern.count, values);
  const double radius = pattern.diameter.at(values) / 2;
  for (int i = 0; i < count; ++i) {
    const double angle = pattern.start_deg * part::kPi / 180 + 2 * part::kPi * i / count;
    out.push_back(center + Vec2{std::cos(angle), std::sin(angle)} * radius);
  }
  return out;
}

part::Part evaluate(const Model& model, std::span<const double> values) {
  part::Part part;
  for (const Feature& f : model.features) {
    part::Step step;
    step.operation = f.operation;
    step.extrusion.frame = f.frame;
    step.extrusion.start = f.start.at(values);
    step.extrusion.end = f.end.at(values);
    for (const Outer& outer : f.outers) {
      const Loop loop = loop_of(outer.shape.outline, values);
      for (const Vec2 at : places_of(outer.shape.pattern, values)) {
        part::Region region{moved(loop, at), {}};
        for (const Shape& inner : outer.inner) {
          const Loop hole = loop_of(inner.outline, values);
          for (const Vec2 p : places_of(inner.pattern, values))
            region.inner.push_back(moved(hole, at + p));
        }
        step.extrusion.profile.regions.push_back(std::move(region));
      }
    }
    part.steps.push_back(std::move(step));
  }
  return part;
}

part::Part evaluate(const Model& model) { return evaluate(model, model.values()); }

std::vector<double> Model::values() const {
  std::vector<double> out;
  for (const Parameter& p : parameters) out.push_back(p.value);
  return out;
}

std::vector<std::string> Model::names() const {
  std::vector<std::string> out;
  for (const Parameter& p : parameters) out.push_back(p.name);
  return out;
}

const char* to_string(Relation::Kind kind) {
  switch (kind) {
    case Relation::Kind::kEqual:
      return "equal";
    case Relation::Kind::kSymmetric:
      return "symmetric";
    case Relation::Kind::kConcentric:
      return "concentric";
    case Relation::Kind::kAligned:
      return "aligned";
    case Relation::Kind::kSpacing:
      return "spacing";
    case Relation::Kind::kOffset:
      return "offset";
  }
  return "";
}

}  // namespace cadrecode::parametrize
