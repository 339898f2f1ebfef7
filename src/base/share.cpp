#include "base/share.h"

#include <cstdlib>
#include <optional>

#include "base/error.h"

namespace cadrecode {
namespace {

// The number of decimal digits only.
std::optional<uint64_t> number(const std::string& text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoull(text);
}

std::optional<uint64_t> variable(const char* name) {
  const char* text = std::getenv(name);
  return text ? number(text) : std::nullopt;
}

std::optional<Share> of_array() {
  const auto id = variable("SLURM_ARRAY_TASK_ID"), count = variable("SLURM_ARRAY_TASK_COUNT");
  if (!id || !count) return std::nullopt;
  const uint64_t first = variable("SLURM_ARRAY_TASK_MIN").value_or(0);
  const uint64_t step = variable("SLURM_ARRAY_TASK_STEP").value_or(1);
  if (*id < first || step == 0 || (*id - first) % step != 0) return std::nullopt;
  return Share{(*id - first) / step, *count};
}

std::optional<Share> of_pair(const char* rank, const char* size) {
  const auto index = variable(rank), count = variable(size);
  if (!index || !count) return std::nullopt;
  return Share{*index, *count};
}

Share from_scheduler() {
  std::optional<Share> share = of_array();
  if (!share) share = of_pair("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE");
  if (!share) share = of_pair("PMI_RANK", "PMI_SIZE");
  if (!share) share = of_pair("SLURM_PROCID", "SLURM_NTASKS");
  if (share && share->index < share->count) return *share;
  throw Error(ErrorKind::kValue,
              "--shard auto: no Slurm array, MPI rank or srun task in the environment; give I/N");
}

}  // namespace

Share share_from_string(const std::string& text) {
  if (text.empty()) return {};
  if (text == "auto") return from_scheduler();
  const size_t slash = text.find('/');
  if (slash != std::string::npos) {
    const auto index = number(text.substr(0, slash)), count = number(text.substr(slash + 1));
    if (index && count && *index < *count) return {*index, *count};
  }
  throw Error(ErrorKind::kValue, "--shard takes I/N with 0 <= I < N, or auto, not '" + text + "'");
}

std::string to_string(const Share& share) {
  return std::to_string(share.index) + "/" + std::to_string(share.count);
}

std::string file_suffix(const Share& share) {
  if (share.whole()) return "";
  return "-" + std::to_string(share.index) + "-of-" + std::to_string(share.count);
}

}  // namespace cadrecode
