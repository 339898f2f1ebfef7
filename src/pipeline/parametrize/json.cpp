#include <nlohmann/json.hpp>

#include "pipeline/parametrize/model.h"

namespace cadrecode::parametrize {
namespace {

using nlohmann::ordered_json;

ordered_json of(const Expr& e) {
  ordered_json out = ordered_json::array({e.constant});
  for (const Term& t : e.terms) out.push_back({t.parameter, t.factor});
  return out;
}

ordered_json of(const Position& p) { return ordered_json::array({of(p.x), of(p.y)}); }

ordered_json of(Vec3 v) { return ordered_json::array({v.x, v.y, v.z}); }

ordered_json of(const Outline& o) {
  static constexpr const char* kKinds[] = {"circle", "rectangle", "polygon", "chain"};
  ordered_json out = {
      {"kind", kKinds[static_cast<int>(o.kind)]}, {"width", of(o.width)}, {"height", of(o.height)}};
  for (const Position& p : o.corners) out["corners"].push_back(of(p));
  for (const Outline::Mid& m : o.mids) out["mids"].push_back({m.edge, of(m.at)});
  return out;
}

ordered_json of(const Pattern& p) {
  static constexpr const char* kKinds[] = {"points", "grid", "polar"};
  ordered_json out = {{"kind", kKinds[static_cast<int>(p.kind)]}};
  for (const Position& at : p.points) out["points"].push_back(of(at));
  if (p.kind == Pattern::Kind::kGrid) {
    out["columns"] = of(p.columns);
    out["rows"] = of(p.rows);
    out["spacing"] = ordered_json::array({of(p.spacing_x), of(p.spacing_y)});
  } else if (p.kind == Pattern::Kind::kPolar) {
    out["count"] = of(p.count);
    out["diameter"] = of(p.diameter);
    out["start_deg"] = p.start_deg;
  }
  return out;
}

ordered_json of(const Shape& s) {
  return {
      {"name", s.name}, {"what", s.what}, {"outline", of(s.outline)}, {"pattern", of(s.pattern)}};
}

ordered_json of(const Feature& f) {
  static constexpr const char* kOperations[] = {"join", "cut", "intersect"};
  ordered_json out = {
      {"name", f.name},
      {"what", f.what},
      {"operation", kOperations[static_cast<int>(f.operation)]},
      {"frame",
       {{"origin", of(f.frame.origin)}, {"x", of(f.frame.x)}, {"normal", of(f.frame.normal)}}},
      {"start", of(f.start)},
      {"end", of(f.end)},
      {"outers", ordered_json::array()}};
  for (const Outer& o : f.outers) {
    ordered_json outer = of(o.shape);
    outer["inner"] = ordered_json::array();
    for (const Shape& s : o.inner) outer["inner"].push_back(of(s));
    out["outers"].push_back(std::move(outer));
  }
  return out;
}

}  // namespace

std::string to_json(const Model& model) {
  ordered_json out = {{"name", model.name}, {"unit", model.unit}};
  out["parameters"] = ordered_json::array();
  for (const Parameter& p : model.parameters)
    out["parameters"].push_back({{"name", p.name},
                                 {"what", p.what},
                                 {"value", p.value},
                                 {"low", p.low},
                                 {"high", p.high},
                                 {"below", p.below},
                                 {"above", p.above},
                                 {"count", p.count},
                                 {"step", p.step}});
  out["features"] = ordered_json::array();
  for (const Feature& f : model.features) out["features"].push_back(of(f));
  out["relations"] = ordered_json::array();
  for (const Relation& r : model.relations)
    out["relations"].push_back({{"kind", to_string(r.kind)}, {"what", r.what}});
  return out.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace cadrecode::parametrize
