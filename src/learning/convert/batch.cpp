#include "learning/convert/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>
#include <unordered_map>

#include "base/files.h"
#include "base/hash.h"
#include "learning/dataset/shard_set.h"
#include "learning/dataset/source.h"

namespace cadrecode::convert {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr size_t kChunk = 512;  // inputs converted before they are written

// JSON Lines keyed by "index", of which a restart keeps the rows before `next`.
class IndexedLog {
 public:
  IndexedLog(std::string path, uint64_t next) : path_(std::move(path)) {
    std::string kept;
    if (fs::exists(path_)) {
      const std::string old = read_file(path_);
      for (size_t begin = 0, end; (end = old.find('\n', begin)) != std::string::npos;
           begin = end + 1) {
        const std::string line = old.substr(begin, end - begin);
        const json row = json::parse(line, nullptr, false);
        if (!row.is_object() || !row.contains("index") || !row["index"].is_number_unsigned())
          continue;
        if (row["index"].get<uint64_t>() >= next) continue;
        kept += line + "\n";
        ++rows_, duplicates_ += row.contains("duplicate_of");
      }
    }
    write_file(path_, kept);
    file_.reset(std::fopen(path_.c_str(), "ab"));
    if (!file_) throw Error(ErrorKind::kInput, "cannot write '" + path_ + "'", {path_, 0, 0});
  }
  void add(const std::string& line, bool duplicate = false) {
    if (std::fprintf(file_.get(), "%s\n", line.c_str()) < 0) fail();
    ++rows_, duplicates_ += duplicate;
  }
  void flush() {
    if (std::fflush(file_.get()) != 0) fail();
  }
  uint64_t rows() const { return rows_; }
  uint64_t duplicates() const { return duplicates_; }

 private:
  [[noreturn]] void fail() const {
    throw Error(ErrorKind::kInput, "cannot write '" + path_ + "'", {path_, 0, 0});
  }
  std::string path_;
  uint64_t rows_ = 0, duplicates_ = 0;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_{nullptr, std::fclose};
};

struct Outcome {
  std::optional<dataset::Row> row;
  std::optional<Error> error;
};

std::vector<Outcome> convert_chunk(const std::vector<Input>& inputs, uint64_t begin, uint64_t end,
                                   const BatchOptions& options) {
  std::vector<Outcome> out(end - begin);
  std::atomic<uint64_t> next{begin};
  const auto work = [&] {
    for (uint64_t i; (i = next++) < end;) {
      try {
        out[i - begin].row = options.convert(inputs[i]);
      } catch (const Error& error) {
        out[i - begin].error = error;
      } catch (const std::exception& error) {
        out[i - begin].error = Error(ErrorKind::kInternal, error.what());
      }
    }
  };
  size_t threads =
      options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  threads = std::min<size_t>(threads, end - begin);
  std::vector<std::thread> pool;
  for (size_t t = 1; t < threads; ++t) pool.emplace_back(work);
  work();
  for (std::thread& t : pool) t.join();
  return out;
}

ordered_json head(uint64_t index, const Input& input) {
  return {{"index", index}, {"id", input.id}, {"file", input.file}};
}

std::string text(const ordered_json& row) {
  return row.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string failure_line(uint64_t index, const Input& input, const Error& error) {
  ordered_json row = head(index, input);
  row["error"] = {{"kind", to_string(error.kind())},
                  {"message", error.what()},
                  {"line", error.place().line},
                  {"column", error.place().column}};
  return text(row);
}

// Of the inputs' names: another folder, or one with files added, is
// another set.
std::string fingerprint(const std::vector<Input>& inputs, const BatchOptions& options) {
  uint64_t h = fnv1a("");
  for (const Input& i : inputs) h = fnv1a("\n", fnv1a(i.file, h));
  return fmt::format("convert {} duplicates {} inputs {} {:016x}", options.settings,
                     options.drop_duplicates ? "dropped" : "kept", inputs.size(), h);
}

class Batch {
 public:
  Batch(const std::vector<Input>& inputs, const BatchOptions& options)
      : inputs_(inputs),
        options_(options),
        shards_(options.out, shard_options()),
        next_(shards_.finished() ? inputs.size() : parse_state(shards_.state())),
        failures_((fs::path(options.out) / "failures.jsonl").string(), next_) {
    if (options.check) checks_.emplace((fs::path(options.out) / "checks.jsonl").string(), next_);
    summary_.inputs = inputs.size(), summary_.resumed_at = next_;
    if (options.drop_duplicates) {
      shards_.replay([&](const dataset::Row& row) {
        if (row.hash) seen_.emplace(*row.hash, row.id);
      });
    }
  }

  BatchSummary run() {
    while (next_ < inputs_.size()) {
      if (options_.stop && options_.stop()) break;
      const uint64_t end = std::min<uint64_t>(inputs_.size(), next_ + kChunk);
      write(convert_chunk(inputs_, next_, end, options_));
      if (options_.progress) options_.progress(next_, failures_.rows());
    }
    if (next_ == inputs_.size()) shards_.finish();
    summary_.finished = next_ == inputs_.size();
    summary_.rows = shards_.rows();
    summary_.duplicates = failures_.duplicates();
    summary_.failed = failures_.rows() - failures_.duplicates();
    return summary_;
  }

 private:
  dataset::ShardSetOptions shard_options() const {
    dataset::ShardSetOptions o;
    o.shard_rows = options_.shard_rows;
    o.fingerprint = fingerprint(inputs_, options_);
    return o;
  }
  static uint64_t parse_state(const std::string& state) {
    return state.empty() ? 0 : std::stoull(state);
  }

  // First the failures, in the file, then the rows: a shard says that all inputs
  // before its state are done.
  void write(std::vector<Outcome> chunk) {
    run_checks(chunk);
    for (size_t i = 0; i < chunk.size(); ++i) {
      const uint64_t index = next_ + i;
      if (chunk[i].error) {
        failures_.add(failure_line(index, inputs_[index], *chunk[i].error));
        chunk[i].row.reset();
      } else if (duplicate(index, *chunk[i].row)) {
        chunk[i].row.reset();
      }
    }
    failures_.flush();
    if (checks_) checks_->flush();
    for (Outcome& outcome : chunk) {
      ++next_;
      if (outcome.row) shards_.append(*outcome.row, std::to_string(next_));
    }
  }

  bool duplicate(uint64_t index, const dataset::Row& row) {
    if (!options_.drop_duplicates || !row.hash) return false;
    const auto [at, fresh] = seen_.emplace(*row.hash, row.id);
    if (fresh) return false;
    ordered_json line = head(index, inputs_[index]);
    line["duplicate_of"] = at->second;
    failures_.add(text(line), true);
    return true;
  }

  void run_checks(std::vector<Outcome>& chunk) {
    if (!options_.check) return;
    std::vector<dataset::Row> rows;
    std::vector<size_t> where;
    for (size_t i = 0; i < chunk.size(); ++i) {
      if (chunk[i].row) rows.push_back(*chunk[i].row), where.push_back(i);
    }
    const std::vector<Check> checks = options_.check(rows);
    for (size_t k = 0; k < checks.size() && k < where.size(); ++k) {
      chunk[where[k]].row = std::move(rows[k]);
      if (!checks[k].json.empty()) {
        ordered_json line{{"index", next_ + where[k]}};
        line.update(ordered_json::parse(checks[k].json));
        checks_->add(text(line));
      }
      if (checks[k].refusal) chunk[where[k]].error = checks[k].refusal;
    }
  }

  const std::vector<Input>& inputs_;
  const BatchOptions& options_;
  dataset::ShardSetWriter shards_;
  uint64_t next_;
  IndexedLog failures_;
  std::optional<IndexedLog> checks_;
  std::unordered_map<uint64_t, std::string> seen_;
  BatchSummary summary_;
};

}  // namespace

std::vector<Input> find_inputs(const std::string& folder, const std::string& pattern) {
  std::vector<Input> out;
  for (dataset::FoundFile& found : dataset::find_files(folder, pattern)) {
    out.push_back({std::move(found.file), std::move(found.id)});
  }
  return out;
}

BatchSummary run_batch(const std::vector<Input>& inputs, const BatchOptions& options) {
  return Batch(inputs, options).run();
}

}  // namespace cadrecode::convert
