// The sheet for people: one screen for a simple part, equal features on one line.
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <vector>

#include "pipeline/sheet/sheet.h"

namespace cadrecode::sheet {
namespace {

std::string length(double value) {
  return fmt::format("{:.6g}", std::abs(value) < 1e-12 ? 0.0 : value);
}

std::string place(Vec3 v) {
  const double size = norm(v);
  const auto clean = [&](double x) { return std::abs(x) < 1e-9 * size ? 0.0 : x; };
  return fmt::format("({:.6g}, {:.6g}, {:.6g})", clean(v.x), clean(v.y), clean(v.z));
}

std::string sides_text(Sides sides) {
  std::string out;
  for (const Side s : kSides) {
    if (sides & s) out += (out.empty() ? "" : ", ") + std::string(to_string(s));
  }
  return out;
}

// What equal features have in common, in words.
std::string words(const Feature& f) {
  std::string out;
  switch (f.kind) {
    case FeatureKind::kHole:
      out = fmt::format("{} hole ⌀{} {} {}", f.form, length(f.diameter),
                        f.through ? "through," : "blind,", "depth " + length(f.depth));
      break;
    case FeatureKind::kOpening:
      out = f.form;
      out += f.diameter > 0 ? " ⌀" + length(f.diameter)
                            : fmt::format(" {} × {}", length(f.length), length(f.width));
      if (f.depth > 0)
        out += fmt::format(
            ", {}", f.through ? "through, depth " + length(f.depth) : "depth " + length(f.depth));
      break;
    case FeatureKind::kBoss:
      out = fmt::format("{} ⌀{}, height {}", f.form, length(f.diameter), length(f.depth));
      break;
    case FeatureKind::kRound:
      out = fmt::format("round of radius {}, {}", length(f.diameter / 2), f.form);
      break;
    case FeatureKind::kChamfer:
      out = f.form == "cone" ? fmt::format("chamfer around ⌀{}", length(f.diameter))
                             : fmt::format("chamfer {} wide", length(f.width));
      break;
    case FeatureKind::kFlat:
      out = fmt::format("flat {} × {}", length(f.length), length(f.width));
      break;
    default:
      out = fmt::format("{} ⌀{}", to_string(f.kind), length(f.diameter));
      if (f.depth > 0) out += ", depth " + length(f.depth);
  }
  if (f.kind == FeatureKind::kHole && f.steps.size() > 1) {
    out += " [";
    for (size_t i = 0; i < f.steps.size(); ++i)
      out += fmt::format("{}{}⌀{} × {}", i ? ", " : "", f.steps[i].cone ? "cone " : "",
                         length(f.steps[i].diameter), length(f.steps[i].depth));
    out += "]";
  }
  return out;
}

constexpr size_t kPlaces = 6;  // printed of equal features
constexpr size_t kLines = 40;  // of features; the JSON has all

void add_features(const Sheet& s, std::string& out) {
  std::vector<std::pair<std::string, std::vector<const Feature*>>> lines;
  std::map<std::string, size_t> at;
  for (const Feature& f : s.features) {
    if (f.kind == FeatureKind::kFlat) continue;
    const std::string key = words(f);
    const auto [it, fresh] = at.try_emplace(key, lines.size());
    if (fresh) lines.push_back({key, {}});
    lines[it->second].second.push_back(&f);
  }
  out += lines.empty() ? "features      none but flat faces\n" : "features\n";
  for (size_t i = 0; i < lines.size() && i < kLines; ++i) {
    const auto& [text, members] = lines[i];
    std::string places;
    for (size_t k = 0; k < members.size() && k < kPlaces; ++k)
      places += (k ? ", " : "") + place(members[k]->center);
    if (members.size() > kPlaces) places += ", …";
    const std::string seen = sides_text(members[0]->sides);
    out += fmt::format("  {:>3} × {}{}\n        at {}\n", members.size(), text,
                       seen.empty() ? "" : "; from " + seen, places);
  }
  if (lines.size() > kLines)
    out += fmt::format("  … and {} more kinds (--json has all)\n", lines.size() - kLines);
}

void add_patterns(const Sheet& s, std::string& out) {
  for (const Pattern& p : s.patterns) {
    const std::string what = words(feature(s, p.features[0]));
    out += fmt::format("pattern       {} of {}: {}", p.form, p.features.size(), what);
    if (p.form == "grid")
      out += fmt::format("; {} × {}, spacing {} × {}", p.columns, p.rows, length(p.pitch),
                         length(p.pitch_across));
    if (p.form == "row") out += fmt::format("; spacing {}", length(p.pitch));
    if (p.form == "circle") out += fmt::format("; on a circle ⌀{}", length(p.diameter));
    out += "\n";
  }
}

}  // namespace

std::string to_text(const Sheet& s) {
  const std::string u = s.unit.empty() ? "units" : s.unit;
  const Vec3 size = s.box.size();
  std::string out = fmt::format("part          {}{}\n", s.name,
                                s.from_kernel && !s.valid ? " (the kernel finds it invalid)" : "");
  out += fmt::format("size          {} × {} × {} {} (x, y, z)\n", length(size.x), length(size.y),
                     length(size.z), u);
  out += fmt::format("box           {} to {}\n", place(s.box.lo), place(s.box.hi));
  if (s.closed)
    out += fmt::format("volume        {:.8g} {}³\n", s.volume, u);
  else
    out += "volume        none: the surface is not closed\n";
  out += fmt::format("area          {:.8g} {}²\n", s.area, u);
  out += fmt::format("centre        {}\n", place(s.center));
  if (s.closed) {
    out += fmt::format("mass          {:.5g} g in steel, {:.5g} g in aluminium, {:.5g} g in PLA\n",
                       mass_grams(s, material("steel")), mass_grams(s, material("aluminium")),
                       mass_grams(s, material("pla")));
    out += fmt::format("inertia       {:.6g}, {:.6g}, {:.6g} {}⁵ (principal, density 1)\n",
                       s.principal[0], s.principal[1], s.principal[2], u);
  }
  out += fmt::format("faces         {}", s.faces());
  for (size_t k = 0, n = 0; k < s.faces_of_kind.size(); ++k) {
    if (s.faces_of_kind[k])
      out += fmt::format("{} {} {}", n++ ? "," : ":", s.faces_of_kind[k],
                         mesh::to_string(static_cast<mesh::SurfaceKind>(k)));
  }
  out += fmt::format("; {} edges, {} {}\n", s.edges, s.bodies.size(),
                     s.bodies.size() == 1 ? "body" : "bodies");
  if (s.wall.usual > 0) {
    out += fmt::format("wall          {} over {:.0f} % of the area; thinnest {}\n",
                       length(s.wall.usual), 100 * s.wall.usual_share, length(s.wall.thinnest));
  }
  out += "symmetry      ";
  if (s.symmetry.mirror_normals.empty() && s.symmetry.turns == 1) out += "none found";
  for (size_t i = 0; i < s.symmetry.mirror_normals.size() && i < 4; ++i)
    out += fmt::format("{}mirror plane normal to {}", i ? ", " : "",
                       place(s.symmetry.mirror_normals[i]));
  if (s.symmetry.mirror_normals.size() > 4)
    out += fmt::format(" and {} more", s.symmetry.mirror_normals.size() - 4);
  if (s.symmetry.turns != 1) {
    out += fmt::format("{}{} about {}", s.symmetry.mirror_normals.empty() ? "" : "; ",
                       s.symmetry.turns == 0 ? std::string("round")
                                             : fmt::format("{} equal turns", s.symmetry.turns),
                       place(s.symmetry.axis));
  }
  out += "\n";
  add_features(s, out);
  add_patterns(s, out);
  return out;
}

}  // namespace cadrecode::sheet
