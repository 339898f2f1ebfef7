#include "pipeline/sheet/json.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace cadrecode::sheet {

using nlohmann::ordered_json;

ordered_json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  char text[40];
  std::snprintf(text, sizeof text, "%.9g", value);
  const double rounded = std::strtod(text, nullptr);
  return rounded == 0 ? 0.0 : rounded;
}

namespace {

// Coordinates that are nothing beside the part read 0.
double cleaned(double value, double size) { return std::abs(value) < 1e-9 * size ? 0 : value; }

}  // namespace

ordered_json vector(Vec3 v) {
  const double size = norm(v);
  return {number(cleaned(v.x, size)), number(cleaned(v.y, size)), number(cleaned(v.z, size))};
}

ordered_json sides_json(Sides sides) {
  ordered_json out = ordered_json::array();
  for (const Side s : kSides) {
    if (sides & s) out.push_back(to_string(s));
  }
  return out;
}

ordered_json json_of(const Feature& f) {
  ordered_json j = {{"id", f.id}, {"kind", to_string(f.kind)}, {"form", f.form}};
  if (f.diameter > 0) j["diameter"] = number(f.diameter), j["radius"] = number(f.diameter / 2);
  if (f.depth > 0)
    j[f.kind == FeatureKind::kBoss || f.kind == FeatureKind::kCone ? "height" : "depth"] =
        number(f.depth);
  if (f.length > 0) j["length"] = number(f.length), j["width"] = number(f.width);
  if (f.kind == FeatureKind::kHole || f.kind == FeatureKind::kOpening) j["through"] = f.through;
  j["axis"] = vector(f.axis);
  j["position"] = vector(f.position);
  j["center"] = vector(f.center);
  j["size"] = vector(f.size);
  j["area"] = number(f.area);
  j["visible_from"] = sides_json(f.sides);
  if (f.on) j["on"] = sides_json(f.on);
  if (f.in_boss) j["in_boss"] = true;
  if (f.steps.size() > 1) {
    for (const Step& s : f.steps) {
      j["steps"].push_back({{"form", s.cone ? "cone" : "cylinder"},
                            {"diameter", number(s.diameter)},
                            {"depth", number(s.depth)}});
    }
  }
  if (f.body > 0) j["body"] = f.body;
  return j;
}

ordered_json json_of(const Pattern& p) {
  ordered_json j = {{"form", p.form},
                    {"features", p.features},
                    {"count", p.features.size()},
                    {"pitch", number(p.pitch)}};
  if (p.form == "grid") {
    j["pitch_across"] = number(p.pitch_across);
    j["rows"] = p.rows, j["columns"] = p.columns;
  }
  if (p.form == "circle") j["diameter"] = number(p.diameter);
  j["center"] = vector(p.center);
  return j;
}

namespace {

ordered_json matrix(const std::array<std::array<double, 3>, 3>& m, double size) {
  ordered_json out = ordered_json::array();
  for (const auto& row : m) {
    out.push_back({number(cleaned(row[0], size)), number(cleaned(row[1], size)),
                   number(cleaned(row[2], size))});
  }
  return out;
}

ordered_json masses(const Sheet& s) {
  ordered_json out;
  for (const Material& m : materials()) out[m.name] = number(mass_grams(s, m));
  return out;
}

ordered_json symmetry_json(const Symmetry& s) {
  ordered_json out = {{"mirror_plane_normals", ordered_json::array()}};
  for (const Vec3 n : s.mirror_normals) out["mirror_plane_normals"].push_back(vector(n));
  if (s.turns != 1) {
    out["axis"] = vector(s.axis);
    out["turns"] = s.turns == 0 ? ordered_json("any angle") : ordered_json(s.turns);
  }
  return out;
}

ordered_json bodies_json(const Sheet& s) {
  ordered_json out = ordered_json::array();
  for (const mesh::SurveyBody& b : s.bodies) {
    const Vec3 lo{b.box[0], b.box[1], b.box[2]}, hi{b.box[3], b.box[4], b.box[5]};
    out.push_back({{"volume", number(b.volume)},
                   {"area", number(b.area)},
                   {"center", vector(b.center)},
                   {"size", vector(hi - lo)},
                   {"lo", vector(lo)},
                   {"hi", vector(hi)}});
  }
  return out;
}

ordered_json counts(const Sheet& s) {
  ordered_json faces;
  for (size_t k = 0; k < s.faces_of_kind.size(); ++k) {
    if (s.faces_of_kind[k])
      faces[mesh::to_string(static_cast<mesh::SurfaceKind>(k))] = s.faces_of_kind[k];
  }
  ordered_json out = {{"bodies", s.bodies.size()},
                      {"faces", s.faces()},
                      {"edges", s.edges},
                      {"vertices", s.vertices},
                      {"faces_by_kind", faces}};
  ordered_json kinds = ordered_json::object();
  for (const Feature& f : s.features) {
    auto& count = kinds[to_string(f.kind)];
    count = count.is_null() ? 1 : count.get<int>() + 1;
  }
  out["features"] = kinds;
  return out;
}

}  // namespace

ordered_json json_of(const Sheet& s) {
  const Vec3 size = s.box.size();
  ordered_json j = {{"name", s.name}, {"unit", s.unit}};
  if (s.from_kernel) j["valid"] = s.valid;
  j["closed"] = s.closed;
  j["box"] = {{"size", vector(size)},
              {"width_x", number(size.x)},
              {"depth_y", number(size.y)},
              {"height_z", number(size.z)},
              {"diagonal", number(s.box.diagonal())},
              {"lo", vector(s.box.lo)},
              {"hi", vector(s.box.hi)},
              {"center", vector(s.box.center())}};
  j["volume"] = number(s.volume);
  j["area"] = number(s.area);
  j["center_of_mass"] = vector(s.center);
  const double most =
      std::max({std::abs(s.principal[0]), std::abs(s.principal[1]), std::abs(s.principal[2])});
  j["inertia"] = {
      {"about", "centre of mass, density 1"},
      {"matrix", matrix(s.inertia, most)},
      {"principal", {number(s.principal[0]), number(s.principal[1]), number(s.principal[2])}}};
  if (s.closed) j["mass_grams"] = masses(s);
  j["counts"] = counts(s);
  if (s.bodies.size() > 1) j["bodies"] = bodies_json(s);
  if (s.wall.usual > 0) {
    j["wall_thickness"] = {{"usual", number(s.wall.usual)},
                           {"usual_share", number(std::round(s.wall.usual_share * 1e4) / 1e4)},
                           {"median", number(s.wall.median)},
                           {"thinnest", number(s.wall.thinnest)}};
  }
  j["symmetry"] = symmetry_json(s.symmetry);
  j["patterns"] = ordered_json::array();
  for (const Pattern& p : s.patterns) j["patterns"].push_back(json_of(p));
  j["features"] = ordered_json::array();
  for (const Feature& f : s.features) j["features"].push_back(json_of(f));
  return j;
}

std::string to_json(const Sheet& sheet, int indent) {
  return json_of(sheet).dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace cadrecode::sheet
