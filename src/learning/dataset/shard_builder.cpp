#include <fmt/format.h>
#include <zstd.h>

#include <nlohmann/json.hpp>

#include "learning/dataset/shard.h"
#include "learning/dataset/shard_format.h"

namespace cadrecode::dataset {

struct ShardBuilder::State {
  uint64_t block_rows;
  std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context{ZSTD_createCCtx(), ZSTD_freeCCtx};
  std::string bytes, block;
  uint64_t rows = 0;
  std::vector<FrameSizes> frames;

  void close_block() {
    if (block.empty()) return;
    const size_t begin = bytes.size();
    bytes.resize(begin + ZSTD_compressBound(block.size()));
    const size_t n = ZSTD_compress2(context.get(), bytes.data() + begin, bytes.size() - begin,
                                    block.data(), block.size());
    if (ZSTD_isError(n)) {
      throw Error(ErrorKind::kInternal, std::string("zstd: ") + ZSTD_getErrorName(n));
    }
    bytes.resize(begin + n);
    frames.push_back({static_cast<uint32_t>(n), static_cast<uint32_t>(block.size())});
    block.clear();
  }
  void skippable(uint32_t magic, const std::string& content) {
    put32(bytes, magic);
    put32(bytes, static_cast<uint32_t>(content.size()));
    bytes += content;
  }
};

ShardBuilder::ShardBuilder(uint64_t block_rows, int level) : state_(std::make_unique<State>()) {
  if (block_rows == 0 || block_rows > kMostBlockRows) {
    throw Error(ErrorKind::kValue,
                fmt::format("{} rows a block: use 1 to {}", block_rows, uint64_t{kMostBlockRows}));
  }
  state_->block_rows = block_rows;
  ZSTD_CCtx_setParameter(state_->context.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(state_->context.get(), ZSTD_c_checksumFlag, 1);
}
ShardBuilder::~ShardBuilder() = default;
ShardBuilder::ShardBuilder(ShardBuilder&&) noexcept = default;
ShardBuilder& ShardBuilder::operator=(ShardBuilder&&) noexcept = default;

void ShardBuilder::append(std::string_view line) {
  if (line.find('\n') != std::string_view::npos) {
    throw Error(ErrorKind::kValue, "a row's JSON holds a line feed");
  }
  if (line.size() > kLargestLine) {
    throw Error(ErrorKind::kLimit, fmt::format("a row of {} bytes: a shard takes up to {}",
                                               line.size(), uint64_t{kLargestLine}));
  }
  // A block also ends early rather than grow beyond what readers accept.
  if (state_->block.size() + line.size() + 1 > kLargestBlock) {
    throw Error(ErrorKind::kLimit,
                fmt::format("a block of rows above {} bytes: use fewer rows a block",
                            uint64_t{kLargestBlock}));
  }
  state_->block.append(line).push_back('\n');
  if (++state_->rows % state_->block_rows == 0) state_->close_block();
}

uint64_t ShardBuilder::rows() const { return state_->rows; }

std::string ShardBuilder::finish(ShardAbout about) {
  State& s = *state_;
  s.close_block();
  const nlohmann::ordered_json text = {
      {"format", kFormatName},        {"rows", s.rows},     {"block_rows", s.block_rows},
      {"first_row", about.first_row}, {"last", about.last}, {"fingerprint", about.fingerprint},
      {"state", about.state}};
  const size_t begin = s.bytes.size();
  s.skippable(kAboutMagic, text.dump());
  s.frames.push_back({static_cast<uint32_t>(s.bytes.size() - begin), 0});
  std::string table;
  for (const FrameSizes& f : s.frames) put32(table, f.compressed), put32(table, f.text);
  put32(table, static_cast<uint32_t>(s.frames.size()));
  table.push_back(0);  // descriptor: no checksums in the table, the frames have theirs
  put32(table, kSeekableMagic);
  s.skippable(kTableMagic, table);
  std::string out = std::move(s.bytes);
  s.bytes.clear(), s.frames.clear(), s.rows = 0;
  return out;
}

}  // namespace cadrecode::dataset
