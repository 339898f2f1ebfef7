#include "learning/dataset/shard_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>

#include "base/files.h"

namespace cadrecode::dataset {
namespace {

// The folder's shards by number.
std::map<uint64_t, std::string> find_shards(const std::string& folder) {
  static const std::regex kName("shard-([0-9]{5,12})\\.jsonl\\.zst");
  std::map<uint64_t, std::string> out;
  std::error_code code;
  std::filesystem::directory_iterator files(folder, code);
  if (code) {
    throw Error(ErrorKind::kInput, "cannot read '" + folder + "': " + code.message(),
                {folder, 0, 0});
  }
  for (const auto& entry : files) {
    std::smatch match;
    const std::string name = entry.path().filename().string();
    if (std::regex_match(name, match, kName)) out[std::stoull(match[1])] = entry.path().string();
  }
  return out;
}

[[noreturn]] void fail(const std::string& folder, const std::string& why) {
  throw Error(ErrorKind::kInput, "'" + folder + "': " + why, {folder, 0, 0});
}

}  // namespace

std::string shard_name(uint64_t number) { return fmt::format("shard-{:05}.jsonl.zst", number); }

ShardSetWriter::ShardSetWriter(std::string folder, ShardSetOptions options)
    : folder_(std::move(folder)),
      options_(std::move(options)),
      builder_(options_.block_rows, options_.level) {
  if (options_.shard_rows == 0 || options_.writers == 0 || options_.writer >= options_.writers) {
    throw Error(ErrorKind::kValue,
                fmt::format("{} rows a shard, writer {} of {}", options_.shard_rows,
                            options_.writer, options_.writers));
  }
  std::error_code code;
  std::filesystem::create_directories(folder_, code);
  for (const auto& [number, file] : find_shards(folder_)) {
    if (number % options_.writers != options_.writer) continue;
    const ShardReader shard(file);
    const ShardAbout& about = shard.about();
    if (about.fingerprint != options_.fingerprint || about.block_rows != options_.block_rows ||
        (about.rows != options_.shard_rows && !about.last)) {
      fail(folder_, shard_name(number) +
                        " was made with other settings; use another folder, or "
                        "the settings it was begun with");
    }
    if (finished_)
      fail(folder_, shard_name(number) + " lies behind a shard that is marked the last");
    if (file != path(shards_) || about.first_row != rows_) {
      fail(folder_, "shards are missing before " + shard_name(number) +
                        "; delete it and those after it to have them made again");
    }
    rows_ += about.rows, ++shards_;
    finished_ = about.last;
    state_ = about.state;
  }
  found_ = rows_;
}

std::string ShardSetWriter::path(uint64_t k) const {
  return (std::filesystem::path(folder_) / shard_name(k * options_.writers + options_.writer))
      .string();
}

void ShardSetWriter::append(const Row& row, std::string_view state) {
  if (finished_) fail(folder_, "the set is finished; nothing can be appended");
  // Written only now, when another row follows: finish() marks the last shard.
  if (builder_.rows() == options_.shard_rows) write(false);
  builder_.append(row);
  pending_state_ = state;
  ++rows_;
}

void ShardSetWriter::write(bool last) {
  ShardAbout about;
  about.first_row = rows_ - builder_.rows();
  about.last = last;
  about.fingerprint = options_.fingerprint;
  about.state = pending_state_;
  write_file(path(shards_), builder_.finish(about));
  ++shards_;
}

void ShardSetWriter::finish() {
  if (finished_) return;
  if (builder_.rows() == 0 && shards_ > 0) reopen_last();
  if (builder_.rows() > 0) write(true);
  finished_ = true;
}

// Opened behind a full shard and finished without another row: that shard is
// the last one after all, and must say so.
void ShardSetWriter::reopen_last() {
  const ShardReader shard(path(--shards_));
  for (uint64_t b = 0; b < shard.blocks(); ++b) {
    for (const std::string& line : shard.lines(b)) builder_.append(line);
  }
  pending_state_ = shard.about().state;
}

void ShardSetWriter::replay(const std::function<void(const Row&)>& row) const {
  for (uint64_t k = 0, seen = 0; seen < found_; ++k) {
    const ShardReader shard(path(k));
    for (uint64_t b = 0; b < shard.blocks(); ++b) {
      for (const std::string& line : shard.lines(b)) row(from_line(line, {path(k), 0, 0}));
    }
    seen += shard.size();
  }
}

ShardSet::ShardSet(std::vector<ShardReader> shards) : shards_(std::move(shards)) {
  first_.push_back(0);
  for (const ShardReader& s : shards_) first_.push_back(first_.back() + s.size());
}

ShardSet::ShardSet(const std::string& folder) {
  first_.push_back(0);
  for (const auto& [number, file] : find_shards(folder)) {
    if (number != shards_.size()) fail(folder, shard_name(shards_.size()) + " is missing");
    shards_.emplace_back(file);
    first_.push_back(first_.back() + shards_.back().size());
  }
  if (shards_.empty()) fail(folder, "holds no shard-00000.jsonl.zst");
}

std::string ShardSet::line(uint64_t i) const {
  if (i >= size()) throw Error(ErrorKind::kValue, fmt::format("row {} of {}", i, size()));
  const size_t k =
      static_cast<size_t>(std::upper_bound(first_.begin(), first_.end(), i) - first_.begin()) - 1;
  return shards_[k].line(i - first_[k]);
}

Row ShardSet::row(uint64_t i) const {
  if (i >= size()) throw Error(ErrorKind::kValue, fmt::format("row {} of {}", i, size()));
  const size_t k =
      static_cast<size_t>(std::upper_bound(first_.begin(), first_.end(), i) - first_.begin()) - 1;
  return shards_[k].row(i - first_[k]);
}

}  // namespace cadrecode::dataset
