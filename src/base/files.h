// Reading and writing whole files, safely.
#pragma once

#include <string>

namespace cadrecode {

// The file's bytes. Errors: kInput naming the path and the system's reason;
// also when the file is larger than `max_bytes`.
std::string read_file(const std::string& path, size_t max_bytes = size_t{8} << 30);

// Writes beside the target and renames over it, so that a reader sees either
// the old file or the whole new one; a failed write leaves no trace. Creates
// missing parent folders. Errors: kInput naming the path and the reason.
void write_file(const std::string& path, const std::string& bytes);

// A fresh name beside `path` for the caller to write and then hand to
// `commit_file`, for writers that take a file name only. It keeps the
// extension, since some writers choose the format by it.
std::string scratch_name(const std::string& path);
void commit_file(const std::string& scratch, const std::string& path);

// Removes what processes of this machine that are no more left under scratch names in
// `folder` itself.
void remove_dead_scratch(const std::string& folder);

// "part.STEP" -> ".step"; empty without one.
std::string lower_extension(const std::string& path);

// "dir/part.step" -> "part".
std::string stem(const std::string& path);

}  // namespace cadrecode
