// Executes CadQuery programs that nobody has read, by the million.
//
// Every program runs in a worker process forked before the CAD kernel is
// touched (base/workers.h): it can crash, hang or eat memory and costs only its
// own answer. The process that owns an Executor must be single-threaded when it
// makes one and must not use the kernel itself.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/workers.h"
#include "geometry/mesh/mesh.h"
#include "geometry/mesh/survey.h"

namespace cadrecode::execute {

struct Failure {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;
  int line = 0, column = 0;  // 1-based; 0 where unknown
};

struct Job {
  std::string id;
  std::string code;                  // a CadQuery program, or …
  std::string solid_file;            // … a .step, .stp, .brep or .brp file to load instead
  bool tessellate = false;           // fill Outcome::mesh
  bool survey = false;               // fill Outcome::survey
  bool measure = true;               // facts beyond validity and counts (a third of the work)
  std::vector<std::string> outputs;  // files to write; the extension says the format
  std::optional<Failure> refused;    // known to be bad already (an unreadable file or row):
                                     // passed on in its turn, never run
};

// What the kernel measured on all bodies of the result together; lengths in
// program units, the centre as CadQuery's Shape.Center().
struct Facts {
  bool valid = false;
  double volume = 0, area = 0;
  std::array<double, 6> bbox{};  // lo x, y, z, hi x, y, z
  std::array<double, 3> center{};
  int solids = 0, faces = 0, edges = 0, vertices = 0;
};

struct Outcome {
  std::string id;
  std::optional<Failure> failure;      // nothing: the program ran
  std::optional<Facts> facts;          // present when it ran
  double seconds = 0;                  // parse, build and check, in the worker
  mesh::TriangleMesh mesh;             // if asked for: welded, CadQuery's (0.001, 0.1) tolerances
  std::optional<mesh::Survey> survey;  // if asked for
  std::vector<std::string> written;    // outputs that were written
  std::vector<std::string> requested;  // file names the program asked to export to
  std::string log;                     // what it printed, bounded
};

struct Limits {
  // No network and no other process, whatever a program finds below it. Who neither
  // writes outputs nor loads solids should take files away too (base/sandbox.h).
  WorkerLimits worker = {.rights = {Rights::Files::kAll, false, false}};
  uint64_t steps = 20'000'000;  // interpreter steps
};

class Executor {
 public:
  explicit Executor(size_t jobs, Limits limits = {});
  ~Executor();

  using Source = std::function<std::optional<Job>()>;
  using Sink = std::function<void(Outcome)>;
  // Answers arrive in the order of the jobs. Memory stays flat however long
  // the stream is.
  void run(const Source& next, const Sink& done);

  Outcome run(const Job& job);

 private:
  Limits limits_;
  std::unique_ptr<WorkerPool> pool_;
};

// The kernel's version, e.g. "7.6.3".
std::string kernel_version();

// The JSON row of the command line: id status valid volume area bbox center
// solids faces edges vertices seconds [error{kind message line column}]
// [outputs] [exports] [log]; one line, no newline. Numbers that are missing or
// not finite are null.
std::string to_json(const Outcome& outcome);

}  // namespace cadrecode::execute
