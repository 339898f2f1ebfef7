#include "learning/procgen/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "base/error.h"
#include "base/files.h"
#include "learning/dataset/shard_set.h"
#include "learning/procgen/blocks.h"
#include "learning/procgen/unique.h"

namespace cadrecode::procgen {
namespace {

constexpr uint64_t kBlock = 1024;  // candidates
constexpr const char* kVersion = "procgen-1";

using Tally = std::array<uint64_t, kGates>;

struct Candidate {
  dataset::Row row;
  Tally refused{};
};
using Block = std::vector<Candidate>;

dataset::Row row_of(const Sample& s, uint64_t seed) {
  dataset::Row row;
  row.id = fmt::format("{}-{:08}", seed, s.index);
  row.code = s.code;
  row.source = "procgen";
  row.seed = static_cast<int64_t>(seed);
  row.bbox = s.bbox;
  row.volume = s.volume;
  row.hash = s.hash;
  return row;
}

std::string set_fingerprint(const RunOptions& o) {
  return fmt::format("{} seed={} {}", kVersion, o.seed, fingerprint(o.knobs));
}

std::string block_path(const RunOptions& o, uint64_t number) {
  return fmt::format("{}/candidates/block-{:06}.jsonl.zst", o.folder, number);
}

std::string text(const Tally& t) { return fmt::format("{}", fmt::join(t, " ")); }

void read(std::istream& in, Tally& t) {
  for (uint64_t& n : t) in >> n;
}

Block draw_block(const RunOptions& o, uint64_t number) {
  Block block;
  for (uint64_t i = number * kBlock; i < (number + 1) * kBlock; ++i) {
    const Sample s = draw_sample(o.knobs, o.seed, i);
    Candidate c{row_of(s, o.seed), {}};
    std::copy(s.refused.begin(), s.refused.end(), c.refused.begin());
    block.push_back(std::move(c));
  }
  return block;
}

// A block drawn before by draw_candidates, with the same settings.
Block read_block(const RunOptions& o, const std::string& path) {
  const dataset::ShardReader reader(path);
  if (reader.about().fingerprint != set_fingerprint(o) || reader.size() != kBlock) {
    throw Error(ErrorKind::kInput,
                "these candidates were drawn with other settings; remove the folder 'candidates'",
                {path});
  }
  Block block;
  std::istringstream tallies(reader.about().state);
  for (uint64_t b = 0; b < reader.blocks(); ++b) {
    for (const std::string& line : reader.lines(b)) {
      block.push_back({dataset::from_line(line, {path}), {}});
      read(tallies, block.back().refused);
    }
  }
  return block;
}

Block block_of(const RunOptions& o, uint64_t number) {
  const std::string path = block_path(o, number);
  return std::filesystem::exists(path) ? read_block(o, path) : draw_block(o, number);
}

// What continues a set: the tallies after the last complete shard.
std::string state_text(const RunReport& r) {
  return fmt::format("{} {} {}", r.candidates, r.duplicates, text(r.refused));
}

RunReport report_from(const dataset::ShardSetWriter& writer) {
  RunReport r;
  r.rows = writer.rows();
  std::istringstream state(writer.state());
  state >> r.candidates >> r.duplicates;
  read(state, r.refused);
  return r;
}

// Commits one block from candidate `from` on; true when the set is full.
bool commit(const Block& block, uint64_t from, uint64_t count, HashSet& seen,
            dataset::ShardSetWriter& writer, RunReport& r) {
  for (size_t i = from; i < block.size() && r.rows < count; ++i) {
    ++r.candidates;
    for (size_t g = 0; g < kGates; ++g) r.refused[g] += block[i].refused[g];
    if (!seen.insert(block[i].row.hash.value())) {
      ++r.duplicates;
      continue;
    }
    ++r.rows;
    writer.append(block[i].row, state_text(r));
  }
  return r.rows == count;
}

}  // namespace

uint64_t index_of_id(const std::string& id) {
  const size_t dash = id.rfind('-');
  return std::stoull(dash == std::string::npos ? id : id.substr(dash + 1));
}

RunReport write_set(const RunOptions& o) {
  dataset::ShardSetOptions shards;
  shards.shard_rows = o.shard_rows;
  shards.fingerprint = set_fingerprint(o);
  dataset::ShardSetWriter writer(o.folder, shards);
  RunReport r = report_from(writer);
  if (r.rows > o.count || (writer.finished() && r.rows < o.count)) {
    throw Error(
        ErrorKind::kInput,
        fmt::format("the folder holds {} rows already; ask for as many, or take another", r.rows),
        {o.folder});
  }
  if (writer.finished()) {
    r.finished = true;
    return r;
  }
  HashSet seen;
  writer.replay([&](const dataset::Row& row) { seen.insert(*row.hash); });
  OrderedBlocks<Block> blocks(o.threads, r.candidates / kBlock,
                              [&](uint64_t number) { return block_of(o, number); });
  bool full = r.rows >= o.count;
  while (!full) {
    full = commit(blocks.next(), r.candidates % kBlock, o.count, seen, writer, r);
    if (o.progress && !o.progress(r.rows, r.duplicates) && !full) return r;
  }
  writer.finish();
  r.finished = true;
  return r;
}

uint64_t draw_candidates(const RunOptions& o, uint64_t part, uint64_t parts) {
  const uint64_t wanted = o.count + o.count / 10, total = (wanted + kBlock - 1) / kBlock;
  uint64_t drawn = 0, mine = part < total ? (total - part + parts - 1) / parts : 0;
  const auto make = [&](uint64_t n) -> bool {
    const uint64_t number = part + n * parts;
    if (number >= total || std::filesystem::exists(block_path(o, number))) return false;
    const Block block = draw_block(o, number);
    dataset::ShardBuilder builder(64, 3);
    std::string tallies;
    for (const Candidate& c : block) {
      builder.append(c.row);
      tallies += text(c.refused) + " ";
    }
    dataset::ShardAbout about;
    about.first_row = number * kBlock;
    about.last = true;
    about.fingerprint = set_fingerprint(o);
    about.state = tallies;
    write_file(block_path(o, number), builder.finish(about));
    return true;
  };
  OrderedBlocks<bool> blocks(o.threads, 0, make);
  for (uint64_t n = 0; n < mine; ++n) {
    if (blocks.next()) drawn += kBlock;
    if (o.progress && !o.progress((n + 1) * kBlock, 0)) break;
  }
  return drawn;
}

}  // namespace cadrecode::procgen
