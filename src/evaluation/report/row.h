// One measured candidate: a line of rows.jsonl.
//
//   {"data":"v15","system":"mini","part":12,"id":"train_batch_63_630020",
//    "candidate":0,"candidates":10,"status":"ok","by":"prism","valid":true,
//    "cd":0.0684,"iou":1.0,…,"tokens":212}
//   {…,"status":"error","stage":"run","kind":"geometry","message":"…"}
//
// `part` is the part's number in its data set, so that any set of rows has one
// order: data, system, part, candidate. A part for which a system has no answer
// has one row that says so. A figure that is missing is absent.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace cadrecode::report {

// Figures of a row; the JSON keys are in figure_name().
enum class Figure : uint8_t {
  // official protocol
  kCd,           // x 1000
  kIou,          // [0, 1]
  kIouOfficial,  // as the official script computes it
  kExcessCd,     // CD less that of the truth drawn twice
  kIouError,
  kAccCmd,
  kAccParam,
  kMisfit,  // to the points the system was shown
  // fixed scale: position and size count
  kFixedCd,
  kFixedIou,
  // OpenCADRecode's, under its names
  kPeerChamfer,
  kPeerHausdorff,
  kPeerEarthMover,
  kPeerRms,
  kPeerIou,
  kPeerMatching,
  kPeerCoverage,
  kPeerNormals,
  kTokens,
  kCount,
};
constexpr size_t kFigures = static_cast<size_t>(Figure::kCount);
const char* figure_name(Figure figure);

struct Row {
  std::string data, system, id;
  uint64_t part = 0;
  uint32_t candidate = 0, candidates = 1;
  bool ok = false;
  std::string stage, kind, message;  // of an error: answer, run, truth
  std::string by;                    // prism, mesh
  int valid = -1;                    // the kernel's word on the solid: 0, 1; -1: nobody asked
  std::array<double, kFigures> figures = none();

  double operator[](Figure f) const { return figures[static_cast<size_t>(f)]; }
  double& operator[](Figure f) { return figures[static_cast<size_t>(f)]; }
  bool has(Figure f) const { return !std::isnan((*this)[f]); }
  bool truth_failed() const { return !ok && stage == "truth"; }

  static std::array<double, kFigures> none() {
    std::array<double, kFigures> all{};
    all.fill(std::numeric_limits<double>::quiet_NaN());
    return all;
  }
};

// The line, without its line feed.
std::string to_line(const Row& row);
// Errors: kInput, saying what is wrong with the line.
Row row_of_line(std::string_view line);

// The rows of a file. Errors: kInput with file and line.
std::vector<Row> read_rows(const std::string& path);

}  // namespace cadrecode::report
