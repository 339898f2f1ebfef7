#include "pipeline/page/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/markup.h"
#include "geometry/cloud/sample.h"
#include "pipeline/page/assets.h"

namespace cadrecode::page {
namespace {

using Json = nlohmann::ordered_json;

// A mesh with more triangles is shown as points drawn from it.
constexpr double kLeastRange = 5e-4;  // of the part's longest side

constexpr size_t kMostTriangles = 150'000, kMostPoints = 120'000;

std::string text_of(const Json& value) {
  return in_script(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

template <class T>
std::string packed(const std::vector<T>& values) {
  return base64({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
}

// Coordinates as whole numbers of 16 bits between the corners of their box: finer than
// any screen, and half the size.
Json positions_of(const std::vector<Vec3>& points) {
  Box3 box;
  for (const Vec3 p : points) box.add(p);
  if (points.empty()) box.add(Vec3{});
  std::vector<uint16_t> out;
  out.reserve(3 * points.size());
  for (const Vec3 p : points) {
    for (int a = 0; a < 3; ++a) {
      const double side = box.hi[a] - box.lo[a];
      out.push_back(
          static_cast<uint16_t>(side > 0 ? std::lround((p[a] - box.lo[a]) / side * 65535) : 0));
    }
  }
  return {{"low", {box.lo.x, box.lo.y, box.lo.z}},
          {"high", {box.hi.x, box.hi.y, box.hi.z}},
          {"at", packed(out)}};
}

Json mesh_json(const mesh::TriangleMesh& mesh) {
  std::vector<uint32_t> triangles;
  triangles.reserve(3 * mesh.triangles.size());
  for (const auto& t : mesh.triangles) {
    for (const auto v : t) triangles.push_back(static_cast<uint32_t>(v));
  }
  return {{"positions", positions_of(mesh.vertices)}, {"triangles", packed(triangles)}};
}

Json input_json(const Comparison& c) {
  if (c.input_mesh.triangles.size() > kMostTriangles)
    return {
        {"points", positions_of(cloud::sample_surface(c.input_mesh, kMostPoints, 0).cloud.points)}};
  if (!c.input_mesh.empty()) return mesh_json(c.input_mesh);
  std::vector<Vec3> points;
  const size_t n = c.input_cloud.points.size(), stride = (n + kMostPoints - 1) / kMostPoints;
  for (size_t i = 0; i < n; i += stride) points.push_back(c.input_cloud.points[i]);
  return {{"points", positions_of(points)}};
}

// What colours span: most of the deviations, not the farthest one, and never so
// little that rounding looks like a fault.
double range_of(const std::vector<double>& deviation, const mesh::TriangleMesh& part) {
  Box3 box;
  for (const Vec3 p : part.vertices) box.add(p);
  std::vector<double> size;
  for (const double d : deviation) {
    if (std::isfinite(d)) size.push_back(std::abs(d));
  }
  const double least = box.empty() ? 1 : kLeastRange * box.longest();
  if (size.empty()) return least;
  const auto at = size.begin() + static_cast<std::ptrdiff_t>(size.size() * 98 / 100);
  std::nth_element(size.begin(), at, size.end());
  return std::max(*at, least);
}

}  // namespace

std::string sliders_page(const Sliders& s) {
  std::string relations;
  for (const auto& [kind, what] : s.relations)
    relations += fmt::format("<li>{}: {}</li>", escape_markup(kind), escape_markup(what));
  return filled(asset("sliders.html"), {{"title", escape_markup(s.title)},
                                        {"summary", escape_markup(s.summary)},
                                        {"style", std::string(asset("style.css"))},
                                        {"relation_count", std::to_string(s.relations.size())},
                                        {"relations", relations},
                                        {"program_html", escape_markup(s.program)},
                                        {"model", in_script(s.model)},
                                        {"program", text_of(Json(s.program))},
                                        {"wasm", base64(asset("manifold.wasm"))},
                                        {"three", std::string(asset("three.js"))},
                                        {"manifold", std::string(asset("manifold.js"))},
                                        {"viewer", std::string(asset("viewer.js"))},
                                        {"script", std::string(asset("sliders.js"))}});
}

std::string comparison_page(const Comparison& c) {
  // in 127ths of the range, -128 where there is none
  const double range = range_of(c.deviation, c.part);
  std::vector<int8_t> deviation;
  for (const double d : c.deviation)
    deviation.push_back(static_cast<int8_t>(
        std::isfinite(d) ? std::lround(std::clamp(d / range, -1.0, 1.0) * 127) : -128));
  Json data = {{"unit", c.unit},
               {"range", range},
               {"part", mesh_json(c.part)},
               {"deviation", packed(deviation)},
               {"input", input_json(c)}};
  std::string figures;
  for (const auto& [name, value] : c.figures)
    figures += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>", escape_markup(name),
                           escape_markup(value));
  const std::string link =
      c.sliders.empty()
          ? ""
          : fmt::format("<p><a href=\"{}\">Move its dimensions</a></p>", escape_markup(c.sliders));
  return filled(asset("compare.html"), {{"title", escape_markup(c.title)},
                                        {"verdict", escape_markup(c.verdict)},
                                        {"reason", escape_markup(c.reason)},
                                        {"figures", figures},
                                        {"link", link},
                                        {"program_html", escape_markup(c.program)},
                                        {"style", std::string(asset("style.css"))},
                                        {"data", text_of(data)},
                                        {"three", std::string(asset("three.js"))},
                                        {"viewer", std::string(asset("viewer.js"))},
                                        {"script", std::string(asset("compare.js"))}});
}

std::string index_page(const std::string& title, const std::string& summary,
                       const std::vector<std::string>& columns, const std::vector<Entry>& entries) {
  std::string head, rows;
  for (const std::string& c : columns) head += "<th scope=\"col\">" + escape_markup(c) + "</th>";
  for (const Entry& e : entries) {
    const std::string name = escape_markup(e.id);
    rows +=
        "<tr><th scope=\"row\">" +
        (e.link.empty() ? name
                        : fmt::format("<a href=\"{}\">{}</a>", escape_markup(e.link), name)) +
        fmt::format("<br><span class=\"badge {}\">{}</span><p class=\"soft\">{}</p></th>",
                    escape_markup(e.verdict), escape_markup(e.verdict), escape_markup(e.reason));
    rows += "<td class=\"picture\">";
    if (!e.picture.empty())
      rows += fmt::format("<img loading=\"lazy\" src=\"{}\" alt=\"{}: input beside the part\">",
                          escape_markup(e.picture), name);
    rows += "</td>";
    for (const std::string& cell : e.cells) rows += "<td>" + escape_markup(cell) + "</td>";
    rows += "</tr>\n";
  }
  return filled(asset("index.html"), {{"title", escape_markup(title)},
                                      {"summary", escape_markup(summary)},
                                      {"style", std::string(asset("style.css"))},
                                      {"head", head},
                                      {"rows", rows}});
}

}  // namespace cadrecode::page
