// What answers: a model, a folder of answers, or the search of this project.
//
// A system turns parts into candidates, first its best guess. Its answers are a
// pure function of its settings, the seed, and the part (its id and what is shown of
// it), never of the other parts, their order, threads or shards.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/workers.h"
#include "evaluation/benchmark/data_set.h"

namespace cadrecode::benchmark {

// One candidate: a program's text, or a file.
struct Candidate {
  score::Input answer;             // missing: see the error
  std::string kind, message;       // of an error
  std::optional<uint64_t> tokens;  // of a model
};

struct Question {
  const PartRef* part = nullptr;
  std::shared_ptr<const std::vector<Vec3>> observed;  // if the system asks for points
};

class System {
 public:
  virtual ~System() = default;
  // Points of what is shown; 0: it reads that itself.
  virtual size_t points() const { return 0; }
  // Calls back once for each question, in order. A part without an answer gets
  // one candidate with an error.
  virtual void answer(std::span<const Question> questions,
                      const std::function<void(size_t, std::vector<Candidate>)>& done) = 0;
};

// Worker processes for the search of geometry; made before threads and the kernel
// (base/workers.h). One pool serves all systems.
class SearchPool {
 public:
  SearchPool(const Config& config, int threads);
  std::vector<std::vector<Candidate>> run(const SystemConfig& system, uint64_t candidates,
                                          uint64_t seed, std::span<const Question> questions,
                                          const std::function<bool()>& stop);

 private:
  WorkerPool pool_;
};

// Errors: those of the model folder; kInput for predictions that are not there.
std::unique_ptr<System> make_system(const SystemConfig& system, const Config& config,
                                    const DataSet& data, SearchPool* searches, int threads,
                                    const std::function<bool()>& stop);

// Whether a worker was killed from outside (SIGKILL): by a scheduler that ends the
// whole job, worker first, or for memory. The former must not be taken for an
// answer: such work is done again once, a second later.
bool killed_from_outside(const std::string& message);
void wait_for_own_end();

// What decides a system's answers, as JSON text: a folder of results begun with
// other settings of a system of the same name is not continued.
std::string settings_of(const SystemConfig& system, const Config& config);

}  // namespace cadrecode::benchmark
