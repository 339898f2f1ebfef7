// run_programs PROGRAM.py…: executes CadQuery programs that nobody has read, each in a worker
// with limits, and writes a STEP file beside each.
#include <cstdio>
#include <string>

#include "cadrecode/base/files.h"
#include "cadrecode/pipeline/execute/execute.h"

int main(int argc, char** argv) {
  cadrecode::execute::Executor executor(/*jobs=*/1);  // made first: its workers are forked here
  int failed = 0;
  for (int i = 1; i < argc; ++i) {
    cadrecode::execute::Job job;
    job.id = argv[i];
    job.code = cadrecode::read_file(argv[i]);
    job.outputs = {job.id + ".step"};
    const cadrecode::execute::Outcome outcome = executor.run(job);
    std::printf("%s\n", cadrecode::execute::to_json(outcome).c_str());
    failed += outcome.failure.has_value();
  }
  return failed ? 1 : 0;
}
