#include "evaluation/report/reference.h"

#include <limits>

namespace cadrecode::report {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();  // not published

struct Figures {
  double mean_cd = kNone, median_cd = kNone, iou = kNone, ir = kNone;
};
struct Method {
  const char *method, *input, *source;
  Figures deepcad, fusion360, cc3d;
};

constexpr const char* kCadrille = "cadrille v3, arXiv 2505.22914, tables 2, 3 and 6";

const Method kMethods[] = {
    {"CAD-SIGNet (2024)",
     "points, 1",
     kCadrille,
     {6.81, 0.29, 77.3, 5.0},
     {14.5, 0.70, 58.4, 9.3},
     {32.6, 4.42, 39.1, 15.5}},
    {"MiCADangelo (2025)",
     "mesh slices, 1",
     "arXiv 2510.23429, table 1",
     {kNone, 0.20, 80.6, 2.6},
     {kNone, 0.48, 68.7, 3.2},
     {}},
    {"CAD-Recode v1.5 (2025)",
     "256 points, 1",
     kCadrille,
     {0.83, 0.18, 87.1, 3.1},
     {1.21, 0.19, 79.1, 5.0},
     {3.21, 0.54, 60.5, 9.8}},
    {"CAD-Recode v1.5 (2025)",
     "256 points, best of 10 (oracle)",
     "CHANGELOG of the CAD-Recode repository",
     {0.298, 0.157, 92.0, 0.37},
     {0.354, 0.151, 87.8, 0.5},
     {0.765, 0.313, 74.2, 0.3}},
    {"cadrille SFT (2025)",
     "256 points, 1",
     kCadrille,
     {0.76, 0.18, 87.1, 2.1},
     {1.10, 0.19, 79.8, 2.8},
     {2.32, 0.54, 61.8, 5.9}},
    {"cadrille RL (2025)",
     "256 points, 1",
     kCadrille,
     {0.57, 0.17, 90.2, 0.0},
     {0.58, 0.17, 85.0, 0.2},
     {1.86, 0.47, 67.9, 0.2}},
    {"cadrille RL (2025)",
     "256 points, best of 10 (oracle)",
     "cadrille v3, arXiv 2505.22914, table 11",
     {kNone, kNone, 93.1, 0.0},
     {kNone, kNone, 89.1, 0.0},
     {kNone, kNone, 74.7, 0.1}},
    {"cadrille RL (2025)",
     "4 images, 1",
     kCadrille,
     {0.43, 0.17, 92.2, 0.0},
     {0.64, 0.17, 84.6, 0.0},
     {2.68, 0.57, 65.0, 0.1}},
    {"CADEvolve RL (2026)",
     "8 images, 1",
     "arXiv 2602.16317, table 1",
     {kNone, 0.15, 92.6, 0.2},
     {kNone, 0.16, 87.2, 0.5},
     {}},
};

std::optional<double> published(double v) { return v == v ? std::optional(v) : std::nullopt; }

}  // namespace

std::vector<Reference> references_of(const std::string& set) {
  std::vector<Reference> out;
  for (const Method& m : kMethods) {
    const Figures* f = set == "deepcad"     ? &m.deepcad
                       : set == "fusion360" ? &m.fusion360
                       : set == "cc3d"      ? &m.cc3d
                                            : nullptr;
    if (!f || !(published(f->median_cd) || published(f->iou))) continue;
    out.push_back({set, m.method, m.input, published(f->mean_cd), published(f->median_cd),
                   published(f->iou), published(f->ir), m.source});
  }
  return out;
}

}  // namespace cadrecode::report
