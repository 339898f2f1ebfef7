// What the analytic engine takes per v1.5 program, on one core: each question
// timed as the least of a few runs, so that other work on the machine does not
// count. Usage: prism_perf [rows to take, every n-th; default 4]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "geometry/prism/solid.h"
#include "language/dialect/print.h"
#include "language/dialect/recognise.h"
#include "language/script/parser.h"
#include "parts/v15_corpus.h"

namespace {

using namespace cadrecode;

// Microseconds, the least of `runs`.
template <typename Work>
double least(int runs, const Work& work) {
  double best = 1e30;
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    best = std::min(best, took.count());
  }
  return best;
}

struct Line {
  const char* name;
  std::vector<double> us;
};

void report(Line& line) {
  std::sort(line.us.begin(), line.us.end());
  double sum = 0;
  for (const double v : line.us) sum += v;
  const size_t n = line.us.size();
  std::printf("%-28s %9.2f %9.2f %9.2f %9.2f\n", line.name, line.us[n / 2],
              sum / static_cast<double>(n), line.us[n * 95 / 100], line.us[n - 1]);
}

}  // namespace

int main(int argc, char** argv) {
  const size_t stride = argc > 1 ? std::max(1, std::stoi(argv[1])) : 4;
  const auto rows = v15_corpus();
  if (rows.empty()) {
    std::puts(no_corpus());
    return 0;
  }
  Line parse{"parse", {}}, recognise{"recognise", {}}, prepare{"prepare", {}},
      verdict{"verdict", {}}, together{"parse to verdict", {}}, volume{"volume", {}},
      area{"area", {}}, moments{"moments", {}}, sample{"8192 surface points", {}},
      inside{"inside, 4096 points", {}}, distance{"distance, 1024 points", {}},
      iou{"IoU with prediction_a", {}}, print{"print", {}};
  double sink = 0;
  for (size_t i = 0; i < rows.size(); i += stride) {
    const std::string code = rows[i]["code"];
    const auto program = script::parse(code);
    const auto truth = dialect::recognise(*program),
               guess = dialect::recognise(rows[i]["prediction_a"].get<std::string>());
    if (!truth.part || !guess.part) continue;
    const prism::Solid a(*truth.part), b(*guess.part);
    const auto points = prism::sample_surface(a, 1024, 2).points;
    std::vector<Vec3> cloud(4096);
    for (size_t k = 0; k < cloud.size(); ++k)
      cloud[k] = points[k % 1024] * (0.5 + 0.0001 * static_cast<double>(k));
    std::vector<uint8_t> in(cloud.size());
    std::vector<double> far(points.size());
    parse.us.push_back(least(7, [&] { script::parse(code); }));
    recognise.us.push_back(least(7, [&] { dialect::recognise(*program); }));
    prepare.us.push_back(least(7, [&] { prism::Solid s(*truth.part); }));
    verdict.us.push_back(least(7, [&] { sink += prism::verdict(*truth.part).step; }));
    together.us.push_back(
        least(7, [&] { sink += prism::verdict(*dialect::recognise(code).part).step; }));
    volume.us.push_back(least(7, [&] { sink += prism::volume(a); }));
    area.us.push_back(least(5, [&] { sink += prism::area(a); }));
    moments.us.push_back(least(5, [&] { sink += prism::moments(a).volume; }));
    sample.us.push_back(least(5, [&] { sink += prism::sample_surface(a, 8192, 1).points[0].x; }));
    inside.us.push_back(least(5, [&] { prism::inside(a, cloud, in); }));
    distance.us.push_back(least(3, [&] { prism::distance(a, points, far); }));
    iou.us.push_back(least(7, [&] { sink += prism::iou(a, b); }));
    print.us.push_back(
        least(7, [&] { sink += static_cast<double>(dialect::print(*truth.part).size()); }));
  }
  std::printf("%-28s %9s %9s %9s %9s   (%zu programs)\n", "microseconds", "median", "mean", "p95",
              "max", parse.us.size());
  for (Line* line : {&parse, &recognise, &prepare, &verdict, &together, &volume, &area, &moments,
                     &sample, &inside, &distance, &iou, &print}) {
    report(*line);
  }
  return sink == 12345.6789 ? 1 : 0;
}
