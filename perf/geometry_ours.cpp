// Our side of perf/geometry.py: answers the same questions as geometry_peer.py.
//
//   geometry_ours PROGRAMS.jsonl FOLDER    then lines "first last" on stdin
//
// Rows of PROGRAMS: code, prediction. For parts [first, last) one JSON line is
// printed: a list with, per part, microseconds by question and the answers. A
// question goes through all parts of the stretch before it is asked again, so
// that no part finds its own data in the caches; each time is the median of
// kPasses. Clouds and indices are left in FOLDER for the other side:
//   K.a K.b K.p  8192 points of the part, of it again, of its prediction (float64)
//   K.fps        256 indices into K.a (uint32)
// A prediction with a self-crossing profile has no cloud, and null for its questions.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "farthest_plain.h"
#include "geometry/cloud/neighbours.h"
#include "geometry/cloud/sample.h"
#include "geometry/prism/solid.h"
#include "language/dialect/recognise.h"

namespace {

using namespace cadrecode;
using Json = nlohmann::json;

constexpr int kPasses = 7;
constexpr size_t kDense = 8192, kChosen = 256;

struct Subject {
  std::string code, prediction;
  part::Part part, predicted;
  std::vector<Vec3> a, b, p;
  std::vector<float> a_float;
  Json answer;
};

part::Part part_of(const std::string& code) {
  auto recognition = dialect::recognise(code);
  if (!recognition.part) throw std::runtime_error(recognition.reason);
  return std::move(*recognition.part);
}

template <typename T>
void save(const std::string& path, const std::vector<T>& values) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(values.data()),
             static_cast<std::streamsize>(values.size() * sizeof(T)));
}

Subject prepare(const Json& row, const std::string& stem) {
  Subject s;
  s.code = row["code"], s.prediction = row["prediction"];
  s.part = part_of(s.code);
  auto predicted = dialect::recognise(s.prediction).part;
  if (predicted) s.predicted = std::move(*predicted);
  const prism::Solid solid(s.part);
  s.a = prism::sample_surface(solid, kDense, 1).points;
  s.b = prism::sample_surface(solid, kDense, 2).points;
  if (predicted) s.p = prism::sample_surface(prism::Solid(s.predicted), kDense, 3).points;
  for (const Vec3& v : s.a) {
    for (int k = 0; k < 3; ++k) s.a_float.push_back(static_cast<float>(v[k]));
  }
  save(stem + ".a", s.a), save(stem + ".b", s.b), save(stem + ".p", s.p);
  save(stem + ".fps", cloud::farthest_points(s.a, kChosen));
  return s;
}

// ask(subject) answers with a number that goes into the row beside the time.
template <typename Ask>
void measure(std::vector<Subject>& subjects, const char* name, int passes, const Ask& ask,
             bool needs_prediction = false) {
  std::vector<std::vector<double>> times(subjects.size());
  for (int pass = 0; pass < passes; ++pass) {
    for (size_t i = 0; i < subjects.size(); ++i) {
      if (needs_prediction && subjects[i].p.empty()) continue;
      const auto start = std::chrono::steady_clock::now();
      const double value = ask(subjects[i]);
      const std::chrono::duration<double, std::micro> took =
          std::chrono::steady_clock::now() - start;
      times[i].push_back(took.count());
      subjects[i].answer["value"][name] = value;
    }
  }
  for (size_t i = 0; i < subjects.size(); ++i) {
    if (needs_prediction && subjects[i].p.empty()) {
      subjects[i].answer["us"][name] = subjects[i].answer["value"][name] = nullptr;
      continue;
    }
    std::nth_element(times[i].begin(), times[i].begin() + passes / 2, times[i].end());
    subjects[i].answer["us"][name] = times[i][static_cast<size_t>(passes / 2)];
  }
}

void measure_all(std::vector<Subject>& subjects) {
  measure(subjects, "check", kPasses, [](const Subject& s) {
    const part::Part part = part_of(s.code);
    const prism::Solid solid(part);
    return static_cast<double>(prism::verdict(part).valid());
  });
  measure(subjects, "volume", kPasses, [](const Subject& s) {
    const prism::Solid solid(part_of(s.code));
    return prism::volume(solid);
  });
  measure(subjects, "area", kPasses,
          [](const Subject& s) { return prism::area(prism::Solid(s.part)); });
  measure(subjects, "route", kPasses, [](const Subject& s) {
    const prism::Solid solid(part_of(s.code));
    const auto dense = prism::sample_surface(solid, kDense, 1).points;
    return static_cast<double>(cloud::farthest_points(dense, kChosen).back());
  });
  measure(subjects, "sample", kPasses, [](const Subject& s) {
    return prism::sample_surface(prism::Solid(s.part), kDense, 1).points[0].x;
  });
  measure(
      subjects, "iou", kPasses,
      [](const Subject& s) { return prism::iou(prism::Solid(s.part), prism::Solid(s.predicted)); },
      true);
  measure(subjects, "cd_equal", kPasses,
          [](const Subject& s) { return cloud::chamfer(s.a, s.b).squared(); });
  measure(
      subjects, "cd_prediction", kPasses,
      [](const Subject& s) { return cloud::chamfer(s.a, s.p).squared(); }, true);
  measure(subjects, "cd_different", kPasses, [&](const Subject& s) {
    const Subject& other = &s == &subjects.back() ? subjects.front() : *(&s + 1);
    return cloud::chamfer(s.a, other.a).squared();
  });
  measure(subjects, "fps", kPasses, [](const Subject& s) {
    return static_cast<double>(cloud::farthest_points(s.a, kChosen).back());
  });
  measure(subjects, "fps_plain_loop", 1, [](const Subject& s) {
    return static_cast<double>(perf::farthest_plain(s.a_float, kChosen) ==
                               cloud::farthest_points(s.a, kChosen));
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::puts("geometry_ours PROGRAMS.jsonl FOLDER"), 2;
  std::vector<Json> rows;
  std::ifstream programs(argv[1]);
  for (std::string line; std::getline(programs, line);) rows.push_back(Json::parse(line));
  const std::string folder = argv[2];
  for (size_t first, last; std::cin >> first >> last;) {
    std::vector<Subject> subjects;
    for (size_t i = first; i < last; ++i) {
      subjects.push_back(prepare(rows[i], folder + "/" + std::to_string(i)));
    }
    measure_all(subjects);
    Json answers = Json::array();
    for (Subject& s : subjects) answers.push_back(std::move(s.answer));
    std::cout << answers.dump() << std::endl;
  }
  return 0;
}
