// A share of work that is divided over machines: number `index` of `count`.
//
// Whoever divides by item number takes the items with number % count == index,
// so every share is a pure function of (index, count) and none talks to another.
#pragma once

#include <cstdint>
#include <string>

namespace cadrecode {

struct Share {
  uint64_t index = 0, count = 1;

  bool whole() const { return count == 1; }
  bool has(uint64_t item) const { return item % count == index; }
  // How many of `items` are in it.
  uint64_t of(uint64_t items) const { return (items + count - 1 - index) / count; }
  bool operator==(const Share&) const = default;
};

// "2/8", the third of eight; empty: all of it; "auto": what the scheduler says in
// the environment, the first found of
//   a Slurm array   SLURM_ARRAY_TASK_ID of SLURM_ARRAY_TASK_COUNT (numbered from
//                   SLURM_ARRAY_TASK_MIN, in steps of SLURM_ARRAY_TASK_STEP)
//   Open MPI        OMPI_COMM_WORLD_RANK of OMPI_COMM_WORLD_SIZE
//   MPICH and kin   PMI_RANK of PMI_SIZE
//   srun            SLURM_PROCID of SLURM_NTASKS
// Errors: kValue for anything else, or where "auto" finds none of these.
Share share_from_string(const std::string& text);

// "2/8".
std::string to_string(const Share& share);
// "-2-of-8" for file names; empty for the whole.
std::string file_suffix(const Share& share);

}  // namespace cadrecode
