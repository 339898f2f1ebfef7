#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>

#include "learning/dataset/shard.h"
#include "learning/dataset/shard_format.h"

namespace cadrecode::dataset {
namespace {

struct Descriptor {
  explicit Descriptor(int fd) : fd(fd) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int fd;
};

// A file, or bytes in memory; reads are safe from any thread.
class Bytes {
 public:
  explicit Bytes(const std::string& path)
      : name_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat info {};
    if (file_.fd < 0 || ::fstat(file_.fd, &info) != 0) fail(std::strerror(errno));
    if (!S_ISREG(info.st_mode)) fail("is no regular file");
    size_ = static_cast<uint64_t>(info.st_size);
  }
  Bytes(std::string bytes, std::string name)
      : name_(std::move(name)), memory_(std::move(bytes)), file_(-1), size_(memory_.size()) {}

  uint64_t size() const { return size_; }
  const std::string& name() const { return name_; }
  // `offset + count` must lie within.
  std::string read(uint64_t offset, size_t count) const {
    if (file_.fd < 0) return memory_.substr(offset, count);
    std::string out(count, '\0');
    for (size_t done = 0; done < count;) {
      const ssize_t n =
          ::pread(file_.fd, out.data() + done, count - done, static_cast<off_t>(offset + done));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail(std::strerror(errno));
      if (n == 0) fail("became shorter while it was read");
      done += static_cast<size_t>(n);
    }
    return out;
  }
  [[noreturn]] void fail(const std::string& why, uint64_t row = 0) const {
    throw Error(ErrorKind::kInput, "cannot read shard '" + name_ + "': " + why,
                {name_, static_cast<int>(std::min<uint64_t>(row, 1u << 30)), 0});
  }

 private:
  std::string name_, memory_;
  Descriptor file_;
  uint64_t size_ = 0;
};

struct Frame {
  uint64_t offset;
  FrameSizes sizes;
};

}  // namespace

struct ShardReader::State {
  explicit State(const std::string& path) : bytes(path) { open(); }
  State(std::string content, const std::string& name) : bytes(std::move(content), name) { open(); }

  Bytes bytes;
  std::vector<Frame> frames;  // of rows
  ShardAbout about;

  [[noreturn]] void cut_off(const std::string& what) const {
    bytes.fail(
        fmt::format("{} ({} bytes): it is cut off or was not written by cadrecode; delete it "
                    "and run the command that made it again",
                    what, bytes.size()));
  }

  void open() {
    const uint64_t end = bytes.size();
    if (end < 8 + kFooterBytes) cut_off("it is too short for a seek table");
    const std::string footer = bytes.read(end - kFooterBytes, kFooterBytes);
    if (get32(&footer[5]) != kSeekableMagic) cut_off("it does not end in a seek table");
    if (footer[4] != 0) bytes.fail("its seek table has an unknown descriptor");
    const uint64_t count = get32(&footer[0]), table = count * 8 + kFooterBytes;
    if (count == 0 || table + 8 > end) cut_off("its seek table is larger than the file");
    const std::string entries = bytes.read(end - table - 8, table + 8);
    if (get32(&entries[0]) != kTableMagic || get32(&entries[4]) != table) {
      cut_off("its seek table does not begin where it should");
    }
    uint64_t offset = 0;
    for (uint64_t i = 0; i < count; ++i) {
      const FrameSizes sizes = {get32(&entries[8 + 8 * i]), get32(&entries[12 + 8 * i])};
      frames.push_back({offset, sizes});
      offset += sizes.compressed;
    }
    if (offset != end - table - 8) cut_off("its frames do not fill the file up to the seek table");
    read_about(frames.back());
    frames.pop_back();
    const uint64_t blocks = (about.rows + about.block_rows - 1) / about.block_rows;
    if (blocks != frames.size()) {
      bytes.fail(fmt::format("{} rows in blocks of {} do not make its {} blocks", about.rows,
                             about.block_rows, frames.size()));
    }
  }

  void read_about(const Frame& frame) {
    const size_t size = frame.sizes.compressed;
    const std::string text = size >= 8 ? bytes.read(frame.offset, size) : "";
    if (size < 8 || get32(&text[0]) != kAboutMagic || get32(&text[4]) != size - 8) {
      cut_off("the frame that describes it is missing");
    }
    const auto json = nlohmann::json::parse(text.begin() + 8, text.end(), nullptr, false);
    try {
      if (json.at("format") != kFormatName)
        bytes.fail("its format is not " + std::string(kFormatName));
      about = {json.at("rows").get<uint64_t>(),           json.at("block_rows").get<uint64_t>(),
               json.at("first_row").get<uint64_t>(),      json.at("last").get<bool>(),
               json.at("fingerprint").get<std::string>(), json.at("state").get<std::string>()};
    } catch (const nlohmann::json::exception&) {
      bytes.fail("the frame that describes it is damaged");
    }
    if (about.block_rows == 0 || about.block_rows > kMostBlockRows ||
        about.rows > uint64_t{1} << 48) {
      bytes.fail("the frame that describes it is damaged");
    }
  }

  std::string text(uint64_t b) const {
    const Frame& frame = frames[b];
    const uint64_t row = b * about.block_rows + 1;
    if (frame.sizes.text > kLargestBlock) bytes.fail("its block is too large", row);
    const std::string packed = bytes.read(frame.offset, frame.sizes.compressed);
    std::string out(frame.sizes.text, '\0');
    thread_local std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context{ZSTD_createDCtx(),
                                                                            ZSTD_freeDCtx};
    const size_t n =
        ZSTD_decompressDCtx(context.get(), out.data(), out.size(), packed.data(), packed.size());
    if (ZSTD_isError(n)) {
      bytes.fail(fmt::format("the block of its rows {} to {} is damaged ({})", row,
                             row + rows_of(b) - 1, ZSTD_getErrorName(n)),
                 row);
    }
    if (n != out.size()) bytes.fail("a block is shorter than its table says", row);
    return out;
  }
  uint64_t rows_of(uint64_t b) const {
    return std::min(about.block_rows, about.rows - b * about.block_rows);
  }
};

ShardReader::ShardReader(const std::string& path) : state_(std::make_unique<State>(path)) {}
ShardReader::ShardReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
ShardReader ShardReader::from_bytes(std::string bytes, const std::string& name) {
  return ShardReader(std::make_unique<State>(std::move(bytes), name));
}
ShardReader::~ShardReader() = default;
ShardReader::ShardReader(ShardReader&&) noexcept = default;
ShardReader& ShardReader::operator=(ShardReader&&) noexcept = default;

const ShardAbout& ShardReader::about() const { return state_->about; }
uint64_t ShardReader::blocks() const { return state_->frames.size(); }

std::vector<std::string> ShardReader::lines(uint64_t b) const {
  if (b >= blocks()) {
    throw Error(ErrorKind::kValue, fmt::format("block {} of {}", b, blocks()),
                {state_->bytes.name()});
  }
  const std::string text = state_->text(b);
  std::vector<std::string> out;
  out.reserve(state_->rows_of(b));
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin);
    if (end == std::string::npos) break;
    out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  if (out.size() != state_->rows_of(b) || text.empty() || text.back() != '\n') {
    state_->bytes.fail("a block does not hold its rows", b * about().block_rows + 1);
  }
  return out;
}

std::string ShardReader::line(uint64_t i) const {
  if (i >= size()) {
    throw Error(ErrorKind::kValue, fmt::format("row {} of {}", i, size()), {state_->bytes.name()});
  }
  const uint64_t b = i / about().block_rows;
  const std::string text = state_->text(b);
  size_t begin = 0;
  for (uint64_t skip = i % about().block_rows; skip > 0; --skip) {
    const size_t end = text.find('\n', begin);
    if (end == std::string::npos) state_->bytes.fail("a block does not hold its rows", i + 1);
    begin = end + 1;
  }
  const size_t end = text.find('\n', begin);
  if (end == std::string::npos) state_->bytes.fail("a block does not hold its rows", i + 1);
  return text.substr(begin, end - begin);
}

Row ShardReader::row(uint64_t i) const {
  return from_line(line(i),
                   {state_->bytes.name(), static_cast<int>(std::min<uint64_t>(i, 1 << 30)) + 1, 0});
}

}  // namespace cadrecode::dataset
