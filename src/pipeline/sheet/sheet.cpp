#include "pipeline/sheet/sheet.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "pipeline/sheet/parts.h"

namespace cadrecode::sheet {

const char* to_string(FeatureKind kind) {
  switch (kind) {
    case FeatureKind::kHole:
      return "hole";
    case FeatureKind::kOpening:
      return "opening";
    case FeatureKind::kBoss:
      return "boss";
    case FeatureKind::kDimple:
      return "dimple";
    case FeatureKind::kBall:
      return "ball";
    case FeatureKind::kRound:
      return "round";
    case FeatureKind::kChamfer:
      return "chamfer";
    case FeatureKind::kCone:
      return "cone";
    default:
      return "flat";
  }
}

int Sheet::faces() const { return std::accumulate(faces_of_kind.begin(), faces_of_kind.end(), 0); }

double Sheet::millimetres() const {
  if (unit == "cm") return 10;
  if (unit == "m") return 1000;
  if (unit == "in" || unit == "inch") return 25.4;
  if (unit == "ft") return 304.8;
  if (unit == "um") return 1e-3;
  return 1;
}

const std::vector<Material>& materials() {
  static const std::vector<Material> kMaterials = {
      {"steel", 7.85},        {"stainless steel", 7.93},
      {"cast iron", 7.2},     {"aluminium", 2.7},
      {"titanium", 4.43},     {"brass", 8.5},
      {"bronze", 8.8},        {"copper", 8.96},
      {"magnesium", 1.74},    {"zinc", 7.14},
      {"lead", 11.34},        {"gold", 19.3},
      {"silver", 10.49},      {"pla", 1.24},
      {"abs", 1.04},          {"petg", 1.27},
      {"nylon", 1.14},        {"pom", 1.41},
      {"ptfe", 2.2},          {"acrylic", 1.18},
      {"polycarbonate", 1.2}, {"polypropylene", 0.905},
      {"wood", 0.6},          {"glass", 2.5},
      {"concrete", 2.4},      {"water", 1.0}};
  return kMaterials;
}

const Material& material(const std::string& name) {
  const std::string wanted = name == "aluminum" ? "aluminium" : name == "iron" ? "cast iron" : name;
  std::string all;
  for (const Material& m : materials()) {
    if (m.name == wanted) return m;
    all += (all.empty() ? "" : ", ") + std::string(m.name);
  }
  throw Error(ErrorKind::kValue,
              fmt::format("no density is known of '{}'; known are: {}", name, all));
}

double mass_grams(const Sheet& sheet, const Material& m) {
  const double cm = sheet.millimetres() / 10;
  return sheet.volume * cm * cm * cm * m.density;
}

const Feature& feature(const Sheet& sheet, int id) {
  for (const Feature& f : sheet.features) {
    if (f.id == id) return f;
  }
  throw Error(ErrorKind::kValue, fmt::format("there is no feature {}; they count from 1 to {}", id,
                                             sheet.features.size()));
}

namespace {

void fill_whole(const mesh::Survey& survey, Sheet& sheet) {
  sheet.volume = survey.volume, sheet.area = survey.area, sheet.center = survey.center;
  sheet.inertia = survey.inertia, sheet.bodies = survey.bodies;
  sheet.closed = survey.volume != 0;
  for (const mesh::SurveyBody& b : survey.bodies) {
    sheet.box.add(Vec3{b.box[0], b.box[1], b.box[2]});
    sheet.box.add(Vec3{b.box[3], b.box[4], b.box[5]});
  }
  for (const mesh::SurveyFace& f : survey.faces) ++sheet.faces_of_kind[static_cast<size_t>(f.kind)];
  for (const mesh::SurveyEdge& e : survey.edges) sheet.edges += e.length > 0;
  Eigen::Matrix3d inertia;
  for (int r = 0; r < 3; ++r) {
    for (int k = 0; k < 3; ++k)
      inertia(r, k) = sheet.inertia[static_cast<size_t>(r)][static_cast<size_t>(k)];
  }
  const Eigen::Vector3d values =
      Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(inertia, Eigen::EigenvaluesOnly).eigenvalues();
  sheet.principal = {values(0), values(1), values(2)};
}

}  // namespace

Sheet make_sheet(const mesh::Survey& given, const Options& options) {
  if (given.faces.empty() || given.mesh.empty())
    throw Error(ErrorKind::kValue, "there are no faces to measure");
  mesh::Survey survey = given;
  Box3 box;
  for (const mesh::SurveyFace& f : survey.faces) box.add(f.box);
  recognise(survey, 2e-5 * box.diagonal());
  const mesh::MeshIndex rays(survey.mesh);
  const Context context(survey, rays);
  Sheet sheet;
  sheet.name = options.name, sheet.unit = options.unit;
  fill_whole(survey, sheet);
  std::vector<char> used(survey.faces.size(), 0);
  find_round_features(context, sheet.features, used);
  find_openings(context, sheet.features, used);
  find_small_faces(context, sheet.features, used);
  find_flats(context, sheet.features);
  for (size_t i = 0; i < sheet.features.size(); ++i) sheet.features[i].id = static_cast<int>(i) + 1;
  sheet.patterns = find_patterns(sheet.features, context.tiny);
  if (options.walls) sheet.wall = measure_walls(context);
  if (options.symmetry) sheet.symmetry = find_symmetry(context, sheet);
  return sheet;
}

}  // namespace cadrecode::sheet
