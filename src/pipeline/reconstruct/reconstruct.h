// From a scan to an editable program: load, orient, propose, validate, rank,
// refine, export.
//
// Frames and units: the answer is in the source's own coordinates and unit,
// always. `Align::kAuto` looks for the part's main directions (a scan may lie
// anyhow), works in that frame and places the program's planes accordingly.
//
// Guarantees: a valid answer for every input that has extent in three
// directions, at the least its bounding box, and a verdict that says how good
// it is. Work is bounded by counts, not by the clock: `budget_seconds` buys counted work
// that takes about so long on a usual core, so the same input, options and seed give
// the same bytes, and more budget never a lower score before the kernel's word. A
// clock of processor time stops the search at twice the budget, where counts misjudge.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "geometry/cloud/cloud.h"
#include "geometry/mesh/mesh.h"
#include "geometry/mesh/unit.h"
#include "geometry/part/part.h"

namespace cadrecode::reconstruct {

struct Scan {
  mesh::TriangleMesh mesh;  // empty for a cloud
  cloud::PointCloud cloud;  // empty for a mesh
  mesh::Unit unit = mesh::Unit::kUnknown;
  std::string format;  // "STL (binary)", "STEP", …
  std::vector<std::string> warnings;

  bool is_mesh() const { return !mesh.empty(); }
};

// Reads any mesh, cloud or STEP/BREP file (solids are meshed by the kernel, in
// a worker). Errors: kInput, kUnsupported.
Scan load_scan(const std::string& path);

enum class Align { kAuto, kNone };

// A further source of candidates, such as a learned model: parts in the scan's own frame
// and unit, each with where it comes from in words. They are judged, changed, moved
// onto the points and built exactly like geometry's. What throws Error gives none.
struct Proposed {
  part::Part part;
  std::string how;
};
using Proposer = std::function<std::vector<Proposed>(const Scan& scan, uint64_t seed)>;

struct Options {
  double budget_seconds = 3;
  int candidates = 12;  // at most so many are judged in full
  Align align = Align::kAuto;
  std::string units;  // of the source, when the file does not say: "mm", "inch", …
  uint64_t seed = 0;
  int threads = 1;  // 0: all cores
  std::vector<Proposer> proposers;
};

// Distances in source units.
struct FitFigures {
  double mean = 0, p95 = 0, max = 0;   // from the input's surface to the part's
  double back_mean = 0, back_p95 = 0;  // from the part's surface to the input's
  double covered = 0;                  // share of the input within `tolerance` of the part
  double tolerance = 0;                // what "covered" means: 0.5 % of the longest side
                                       // and twice the noise
  double noise = 0;                    // scatter of the input about its surface
  double unseen = 0;                   // share of the part's surface with no input near
  // Nats a point beyond what scatter alone costs (likelihood.h), where points scatter.
  std::optional<double> misfit;
};

// A place where input and part do not agree.
struct Gap {
  Box3 box;
  double share = 0;     // of the input's surface (or of the part's, if `unseen`)
  double largest = 0;   // distance there
  bool unseen = false;  // the part has surface there and the input none
};

struct Candidate {
  part::Part part;
  std::string how;  // where it comes from, in words
  FitFigures fit;
  std::optional<double> iou;  // with the input, when that is closed
  double cd = 0;              // squared two-way chamfer x 1000, longest side of the input = 1
  double score = 0;           // what ranks them; higher is better
  bool exact = false;         // its faces are the input's own (fit::Proposal)
  bool checked = false;       // the kernel has been asked
  bool valid = false;         // and agreed
};

enum class Verdict { kExact, kGood, kApproximate, kPoor };
const char* to_string(Verdict verdict);  // "exact", "good", "approximate", "poor"

struct Reconstruction {
  part::Part part;
  std::string program;  // CadQuery text; running it gives `part`
  bool valid = false;   // the kernel's word on the built solid
  Verdict verdict = Verdict::kPoor;
  std::string reason;  // of the verdict, one sentence
  FitFigures fit;
  std::optional<double> iou;  // with the input itself
  std::string iou_reason;     // why there is none
  std::vector<Gap> gaps;      // what is not explained and where, largest share first; at most 6
  double cd = 0;
  std::string unit;                   // "" when unknown
  std::vector<Candidate> candidates;  // best first
  int chosen = -1;                    // index into candidates
  double seconds = 0;
};

// Called with a share in [0, 1] and what is being done; returning false stops
// the search early (the best so far is still answered).
using Progress = std::function<bool(double share, const std::string& stage)>;

// The winner is built and checked by the CAD kernel in a worker of this
// process's own, forked on first use: the calling process must be
// single-threaded then and must not use the kernel itself. A crash or hang in
// the kernel costs a candidate, not the answer.
// Errors: kInput when the scan is empty or flat.
Reconstruction reconstruct(const Scan& input, const Options& options = {},
                           const Progress& progress = {});

struct OutputOptions {
  // The program as people want it, a function of named dimensions, or as CAD-Recode
  // v1.5 writes them.
  bool dialect = false;
  bool pages = true;    // .html, and .sliders.html where `sliders`
  bool sliders = true;  // (1.4 MB each: not for thousands of inputs)
};

// <stem>.py .step .stl .svg .html .sliders.html .png .json in `directory` (made if
// missing), each replaced atomically; returns the paths written. Should the kernel not
// take the function of dimensions, `result.program` is written in its place.
std::vector<std::string> write_outputs(const Reconstruction& result, const Scan& input,
                                       const std::string& directory, const std::string& stem,
                                       const OutputOptions& options = {});

// The one-line JSON row: id status valid cd iou seconds candidates chosen code,
// and verdict, reason, fit, unit.
std::string json_row(const Reconstruction& result, const std::string& id);

}  // namespace cadrecode::reconstruct
