// What an edit changed: the text line by line, and the facts.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "pipeline/ask/tools.h"

namespace cadrecode::ask {
namespace {

constexpr size_t kContext = 3;
constexpr size_t kMostLines = 4000;  // of a program; longer ones are shown as replaced whole

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

struct Step {
  char sign;  // ' ', '-', '+'
  size_t a, b;
};

// The longest common subsequence, by the table: programs are short.
std::vector<Step> steps_of(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::vector<uint32_t>> best(a.size() + 1, std::vector<uint32_t>(b.size() + 1, 0));
  for (size_t i = a.size(); i-- > 0;) {
    for (size_t j = b.size(); j-- > 0;)
      best[i][j] = a[i] == b[j] ? best[i + 1][j + 1] + 1 : std::max(best[i + 1][j], best[i][j + 1]);
  }
  std::vector<Step> out;
  size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j])
      out.push_back({' ', i++, j++});
    else if (i < a.size() && (j == b.size() || best[i + 1][j] >= best[i][j + 1]))
      out.push_back({'-', i++, j});
    else
      out.push_back({'+', i, j++});
  }
  return out;
}

}  // namespace

std::string unified_diff(const std::string& before, const std::string& after,
                         const std::string& name) {
  auto a = lines_of(before), b = lines_of(after);
  a.resize(std::min(a.size(), kMostLines)), b.resize(std::min(b.size(), kMostLines));
  const std::vector<Step> steps = steps_of(a, b);
  std::string out;
  for (size_t at = 0; at < steps.size();) {
    size_t first = at;
    while (first < steps.size() && steps[first].sign == ' ') ++first;
    if (first == steps.size()) break;
    size_t last = first;  // the last change of this hunk
    for (size_t k = first; k < steps.size() && k <= last + 2 * kContext; ++k) {
      if (steps[k].sign != ' ') last = k;
    }
    const size_t from = first > kContext ? std::max(first - kContext, at) : std::max<size_t>(0, at);
    const size_t to = std::min(last + kContext + 1, steps.size());
    size_t old_lines = 0, new_lines = 0;
    std::string body;
    for (size_t k = from; k < to; ++k) {
      const Step& s = steps[k];
      old_lines += s.sign != '+', new_lines += s.sign != '-';
      body += s.sign + (s.sign == '+' ? b[s.b] : a[s.a]) + "\n";
    }
    out += fmt::format("@@ -{},{} +{},{} @@\n", steps[from].a + (old_lines > 0), old_lines,
                       steps[from].b + (new_lines > 0), new_lines) +
           body;
    at = to;
  }
  return out.empty() ? "" : "--- " + name + "\n+++ " + name + " (changed)\n" + out;
}

std::string changed_facts(const sheet::Sheet& a, const sheet::Sheet& b) {
  std::string out;
  const std::string u = a.unit;
  const auto number = [&](const char* name, double x, double y, const std::string& unit) {
    if (std::abs(x - y) > 1e-7 * std::max({std::abs(x), std::abs(y), 1e-9}))
      out += fmt::format("{}: {:.6g} -> {:.6g} {}\n", name, x, y, unit);
  };
  const Vec3 s = a.box.size(), t = b.box.size();
  number("width", s.x, t.x, u), number("depth", s.y, t.y, u), number("height", s.z, t.z, u);
  number("volume", a.volume, b.volume, u + "³"), number("area", a.area, b.area, u + "²");
  number("bodies", static_cast<double>(a.bodies.size()), static_cast<double>(b.bodies.size()), "");
  number("faces", a.faces(), b.faces(), "");
  // features by what they are, counted
  const auto counted = [](const sheet::Sheet& sheet) {
    std::map<std::string, int> m;
    for (const sheet::Feature& f : sheet.features) {
      if (f.kind == sheet::FeatureKind::kFlat) continue;
      std::string name = f.form + " " + sheet::to_string(f.kind);
      if (f.form == sheet::to_string(f.kind)) name = f.form;
      if (f.diameter > 0)
        name += fmt::format(" ⌀{:.5g}", f.diameter);
      else if (f.length > 0)
        name += fmt::format(" {:.5g} × {:.5g}", f.length, f.width);
      if (f.depth > 0) name += fmt::format(", {:.5g} deep", f.depth);
      ++m[name];
    }
    return m;
  };
  const auto before = counted(a), after = counted(b);
  for (const auto& [name, n] : before) {
    const auto at = after.find(name);
    if (at == after.end())
      out += fmt::format("gone: {} × {}\n", n, name);
    else if (at->second != n)
      out += fmt::format("{}: {} -> {}\n", name, n, at->second);
  }
  for (const auto& [name, n] : after) {
    if (!before.count(name)) out += fmt::format("new: {} × {}\n", n, name);
  }
  return out;
}

}  // namespace cadrecode::ask
