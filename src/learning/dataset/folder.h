// Folders of programs as CAD-Recode v1.5 and OpenCADRecode lay them out, in and
// out.
//
//   ROOT/SPLIT/batch_0001/0001.py      sample id "batch_0001_0001"   (train)
//   ROOT/SPLIT/0001.py                 sample id "0001"              (val: flat)
//   ROOT/SPLIT/SPLIT_index.json        list of sample_id, code_path, relative_path, split
//   ROOT/SPLIT/error_samples.json      list of sample ids that cannot be used
//   ROOT/SPLIT/point_cloud_cache/ID.npy   float32 (256, 3), unit frame; '/' and '\' of
//                                      the id written as '_'
//   ROOT/index.json                    all splits in one list
//
// OpenCADRecode's defects by their numbers in the project's specification, and
// what is done instead (tests/unit/dataset/folder_test.cpp goes through them):
//    7  indices written where no loader looks     beside the split's programs
//    8  a flat split counts 0 samples             batches and top level are both scanned
//    9  a bad stem goes from every batch          errors name sample ids, exactly
//   10  the error list lies where nobody reads    SPLIT/error_samples.json, only there
//   11  one bad sample found a pass               all of them in one pass
//   12  exec in a pool worker without a limit     no Python; programs are evaluated, or
//                                                 executed by the caller under its limits
//   13  a corrupt cache counts as failed          it is drawn again
//   14  missing data trains a cube                it is a failure, with its reason
//   15  long programs cut and called complete     a program is whole or not there
//   16  ids doubled; paths that depend on the cwd refused; relative_path decides
//   17  a cache's rows are counted, nothing else  type, shape, finite, range
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "learning/dataset/draw.h"
#include "learning/dataset/shard_set.h"
#include "learning/dataset/stream.h"

namespace cadrecode::dataset {

struct FolderSample {
  std::string sample_id;
  std::string code_path;      // absolute, in files written here
  std::string relative_path;  // to the split's folder
  std::string split;
};

// The programs of ROOT/SPLIT, sorted by id: those one level inside folders whose
// name matches `batches` (a shell pattern), and those on top. Errors: kInput for
// a folder that cannot be read and for two samples of one id.
std::vector<FolderSample> scan_split(const std::string& root, const std::string& split,
                                     const std::string& batches = "batch_*");

// Writes each split's index and ROOT/index.json, without the samples of the
// error lists; existing ones stay unless `overwrite`. Returns how many samples.
uint64_t write_indices(const std::string& root, const std::vector<std::string>& splits,
                       bool overwrite, const std::string& batches = "batch_*");

// The samples of a split's folder: by DIR/SPLIT_index.json, DIR/index.json, or
// ROOT/SPLIT_index.json (where OpenCADRecode's generator puts it), whichever is
// there first, else by scanning; less those in DIR/error_samples.json. Rows may
// be (sample_id, code_path) or (id, py_file | code_path). Errors: kInput for a
// damaged index, with its row, and for ids that come twice.
std::vector<FolderSample> read_split(const std::string& folder);

// The error list; absent: empty. Errors: kInput if it is no list of texts.
std::vector<std::string> read_error_samples(const std::string& folder);
// Adds to it (sorted, each once), atomically.
void add_error_samples(const std::string& folder, const std::vector<std::string>& ids);

// The program. The place on disk is folder/relative_path, or else code_path.
std::string read_code(const std::string& folder, const FolderSample& sample);
Rows rows_of(std::string folder, std::vector<FolderSample> samples);

// ---- point caches -----------------------------------------------------------------

std::string cache_path(const std::string& folder, const std::string& sample_id);

// The cached points, or an Error(kInput) that says what is wrong with the file:
// absent, damaged, not float32 (points, 3), not finite, outside [-1, 1].
std::vector<float> read_cache(const std::string& path, size_t points = 256);

struct CacheSummary {
  uint64_t present = 0, made = 0, remade = 0;               // remade: was there and wrong
  std::vector<std::pair<std::string, std::string>> failed;  // id, reason
};
// Draws what is missing or wrong, without noise, in the unit frame; failures go
// to the error list, all of them in one pass. The same files whatever the threads.
CacheSummary make_caches(const std::string& folder, const std::vector<FolderSample>& samples,
                         size_t points, uint64_t seed, size_t threads, const Execute& execute = {},
                         const std::function<void(size_t)>& progress = {});

// ---- out ----------------------------------------------------------------------------

// DIR/batch_0000/ID.py ..., `per_batch` in each; files that are there with the
// same text are left alone. Returns how many were written. Errors: kInput for
// two rows of one id.
uint64_t write_folder(const ShardSet& set, const std::string& folder, uint64_t per_batch);

}  // namespace cadrecode::dataset
