// The published data sets: what they are called, how many parts they have, where
// they are published. One YAML each in configs/data:
//
//   name: deepcad
//   title: DeepCAD, test split
//   folders: [deepcad_test_mesh, deepcad]   # what its folder may be called
//   count: 8046
//   kind: mesh                              # program, solid, mesh, rows
//   sha256: …                               # DataSet::fingerprint, where it is known
//   published: https://…
//   licence: …
//   notes: …
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/benchmark/config.h"

namespace cadrecode::benchmark {

struct KnownSet {
  std::string name, title, kind, published, licence, notes, sha256, archive;
  std::vector<std::string> folders;
  uint64_t count = 0;
};

// configs/data beside the program, or where CADRECODE_CONFIGS says. Errors:
// kInput when there is no such folder; kSyntax, kValue for a file in it.
std::vector<KnownSet> known_sets();
KnownSet known_set_of(const std::string& yaml, const std::string& file);
std::string configs_folder();

// Errors: kValue for a set nobody knows, or a count other than the set's.
void check_known(const DataConfig& config, size_t count);
// The same for a set's fingerprint, where it is known.
void check_fingerprint(const DataConfig& config, const std::string& fingerprint);

enum class Presence { kMissing, kOther, kCounted, kExact };
struct Found {
  KnownSet set;
  Presence presence = Presence::kMissing;
  std::string path;         // of the folder or file; empty if missing
  uint64_t count = 0;       // of parts in it
  std::string fingerprint;  // if asked for
};
// What of the known sets lies in a folder. `hash`: reads every byte.
std::vector<Found> look_for_sets(const std::string& folder, bool hash, int threads);

}  // namespace cadrecode::benchmark
