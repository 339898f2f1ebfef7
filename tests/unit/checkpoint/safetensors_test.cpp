#include "learning/checkpoint/safetensors.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "base/random.h"
#include "unit/checkpoint/formula.h"

namespace cadrecode::checkpoint {
namespace {

namespace fs = std::filesystem;
const std::string kReference = "tests/unit/checkpoint/data/reference.safetensors";

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

// A folder that goes away with the test.
class Folder {
 public:
  Folder()
      : path_(fs::temp_directory_path() / ("cadrecode-checkpoint-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string str() const { return path_.string(); }

 private:
  fs::path path_;
};

std::string file_of(const std::string& header, size_t data) {
  std::string out;
  for (int i = 0; i < 8; ++i) out += static_cast<char>(header.size() >> (8 * i) & 0xFF);
  return out + header + std::string(data, '\x01');
}

// The message of the Error that `action` throws; it must carry the file as place.
template <typename Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_TRUE(error.kind() == ErrorKind::kInput || error.kind() == ErrorKind::kUnsupported);
    EXPECT_FALSE(error.place().file.empty());
    return error.what();
  }
  return "no error";
}

std::string refusal(const std::string& bytes) {
  return message_of([&] { parse_safetensors(bytes_of(bytes), "f.safetensors"); });
}

TensorSource source(std::string name, DType dtype, Shape shape, const std::string& bytes) {
  return {std::move(name), dtype, std::move(shape), [bytes] {
            static std::string kept;
            kept = bytes;
            return std::as_bytes(std::span(kept));
          }};
}

TEST(Safetensors, ReadsTheReferenceFile) {
  const Weights weights = Weights::open(kReference);
  const std::vector<float> f = testing::formula_values("reference", 24, 8);
  EXPECT_EQ(weights.tensors().size(), 13u);
  EXPECT_EQ(weights.metadata(), kTorchMetadata);
  EXPECT_EQ(floats_of(weights.at("zeta", {2, 3})), std::vector<float>(f.begin(), f.begin() + 6));
  EXPECT_EQ(floats_of(weights.at("double", {3})),
            std::vector<float>(f.begin() + 18, f.begin() + 21));
  EXPECT_EQ(floats_of(weights.at("scalar", {})), std::vector<float>{2.5f});
  EXPECT_EQ(weights.at("empty", {0, 3}).count(), 0u);
  EXPECT_EQ(weights.at("name with \"quotes\" and é", {1}).dtype, DType::kF32);
  const std::vector<float> half = floats_of(weights.at("alpha", {6}));
  for (size_t i = 0; i < 6; ++i) EXPECT_EQ(half[i], float_from_f16(f16_from_float(f[6 + i])));
  const std::vector<float> brain = floats_of(weights.at("half.brain", {6}));
  for (size_t i = 0; i < 6; ++i) EXPECT_EQ(brain[i], float_from_bf16(bf16_from_float(f[12 + i])));
  const Tensor& counts = weights.at("counts", {4});
  for (size_t i = 0; i < 4; ++i) {
    int64_t value;
    std::memcpy(&value, counts.data.data() + 8 * i, 8);
    EXPECT_EQ(value, static_cast<int64_t>(f[i] * 10));
  }
}

TEST(Safetensors, WritesTheReferencesBytes) {
  const std::string bytes = read_file(kReference);
  const Header header = parse_safetensors(bytes_of(bytes), "reference");
  std::vector<TensorSource> again;
  for (auto it = header.tensors.rbegin(); it != header.tensors.rend(); ++it) {
    again.push_back({it->name, it->dtype, it->shape, [data = it->data] { return data; }});
  }
  const Folder folder;
  write_safetensors(folder / "a.safetensors", again, header.metadata);
  EXPECT_EQ(read_file(folder / "a.safetensors"), bytes);
}

TEST(Safetensors, EveryPrefixIsRefused) {
  const std::string bytes = read_file(kReference);
  for (size_t n = 0; n < bytes.size(); ++n) {
    const std::string message = refusal(bytes.substr(0, n));
    EXPECT_NE(message.find("f.safetensors: "), std::string::npos) << n << ": " << message;
  }
  EXPECT_NE(refusal(bytes + "x").find("1 bytes after the last tensor"), std::string::npos);
}

TEST(Safetensors, DamagedBytesAreAnErrorOrHarmless) {
  const std::string bytes = read_file(kReference);
  RandomStream random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string bad = bytes;
    for (uint64_t k = random.next_below(4) + 1; k > 0; --k) {
      bad[random.next_below(870)] = static_cast<char>(random.next_below(256));
    }
    try {
      for (const Tensor& t : parse_safetensors(bytes_of(bad), "f").tensors) {
        int sum = 0;
        for (const std::byte b : t.data) sum += static_cast<int>(b);  // in bounds, under sanitizers
        EXPECT_GE(sum, 0);
      }
    } catch (const Error& error) {
      EXPECT_TRUE(error.kind() == ErrorKind::kInput || error.kind() == ErrorKind::kUnsupported);
    }
  }
}

struct Hostile {
  const char* header;
  size_t data;
  const char* says;
};

TEST(Safetensors, HostileHeadersAreRefusedByName) {
  const std::vector<Hostile> table = {
      {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", 4,
       "tensor 'a' of type F32 and shape [2] takes 8 bytes, but has 4"},
      {R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8, "tensor 'a' leaves a gap"},
      {R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}})", 8,
       "tensor 'a' lies at bytes 8 to 4"},
      {R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 3,
       "the file holds 3 (cut short?)"},
      {R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
       4, "overlaps"},
      {R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F16","shape":[3],"data_offsets":[2,8]}})",
       8, "tensor 'b' overlaps"},
      {R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
       8, "a second tensor of this name"},
      {R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,0]}})", 0,
       "overflows"},
      {R"({"a":{"dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,0]}})", 0,
       "overflows"},
      {R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4, "a negative number"},
      {R"({"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}})", 4, "a fraction"},
      {R"({"a":{"dtype":"F32","shape":[1e400],"data_offsets":[0,4]}})", 4, "is no JSON"},
      {R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}})", 4, "not two numbers"},
      {R"({"a":{"dtype":"Q4_K","shape":[1],"data_offsets":[0,4]}})", 4, "unknown type 'Q4_K'"},
      {R"({"a":{"shape":[1],"data_offsets":[0,4]}})", 4, "no dtype, shape or data_offsets"},
      {R"({"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4,
       "a repeated key"},
      {R"({"a":{"dtype":{},"shape":[1],"data_offsets":[0,4]}})", 4, "an object"},
      {R"({"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}})", 4, "a list"},
      {R"({"a":{"dtype":"F32","shape":null,"data_offsets":[0,4]}})", 4, "a null"},
      {R"({"a":7})", 4, "a number"},
      {R"({"a":{"dtype":"F32","extra":"x","shape":[1],"data_offsets":[0,4]}})", 4, "a text"},
      {R"({"__metadata__":{"format":1}})", 0, "a number"},
      {R"({"__metadata__":{"a":"b"},"__metadata__":{}})", 0, "a repeated key"},
      {R"([])", 0, "does not start with '{'"},
      {R"({} {})", 0, "is no JSON"},
      {R"( {})", 0, "does not start with '{'"},
      {"{\"\xff\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4,
       "is no JSON in UTF-8"},
      {R"({})", 5, "5 bytes after the last tensor"},
      {"", 0, "does not start"}};
  for (const Hostile& h : table) {
    EXPECT_NE(refusal(file_of(h.header, h.data)).find(h.says), std::string::npos)
        << h.header << " gave: " << refusal(file_of(h.header, h.data));
  }
  EXPECT_NE(refusal(file_of(R"({"a":)" + std::string(1'000'000, '['), 0)).find("a list"),
            std::string::npos);
  std::string dimensions = "1";
  for (int i = 0; i < 40; ++i) dimensions += ",1";
  EXPECT_NE(refusal(file_of(R"({"a":{"dtype":"F32","shape":[)" + dimensions + "]}}", 0))
                .find("more than 32"),
            std::string::npos);
}

TEST(Safetensors, AbsurdHeaderLengthsAreRefusedBeforeAnythingIsAllocated) {
  const std::string huge("\xff\xff\xff\xff\xff\xff\xff\xff{}", 10);
  EXPECT_NE(refusal(huge).find("18446744073709551615 bytes, more than"), std::string::npos);
  const std::string large("\x00\xe1\xf5\x05\x00\x00\x00\x00{}",
                          10);  // 100,000,000: allowed, absent
  EXPECT_NE(refusal(large).find("cut short"), std::string::npos);
}

TEST(Safetensors, PaddedHeadersAreRead) {
  const std::string bytes =
      file_of(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}      )", 2);
  EXPECT_EQ(parse_safetensors(bytes_of(bytes), "f").tensors.at(0).name, "a");
}

TEST(Weights, ShardsRoundTripAndReplaceEachOther) {
  const Folder folder;
  std::vector<TensorSource> sources;
  for (int i = 0; i < 10; ++i) {
    sources.push_back(source("t" + std::to_string(i), DType::kF32, {2, 5},
                             std::string(40, static_cast<char>('a' + i))));
  }
  write_weights(folder.str(), sources, 100);
  EXPECT_TRUE(fs::exists(folder / "model-00001-of-00005.safetensors"));
  for (const bool sharded : {true, false}) {
    const Weights weights = Weights::open(folder.str());
    ASSERT_EQ(weights.tensors().size(), 10u);
    for (int i = 0; i < 10; ++i) {
      const Tensor& t = weights.at("t" + std::to_string(i), {2, 5});
      EXPECT_EQ(static_cast<char>(t.data[39]), 'a' + i);
      EXPECT_EQ(t.file.find("-of-") != std::string::npos, sharded);
    }
    write_weights(folder.str(), sources);
  }
  EXPECT_FALSE(fs::exists(folder / "model.safetensors.index.json"));
  EXPECT_FALSE(fs::exists(folder / "model-00005-of-00005.safetensors"));
  write_weights(folder.str(), sources, 200);
  EXPECT_FALSE(fs::exists(folder / "model.safetensors"));
}

TEST(Weights, BadIndexesNameTensorAndFile) {
  const Folder folder;
  const auto index = [&](const std::string& map) {
    write_file(folder / "model.safetensors.index.json", R"({"weight_map":)" + map + "}");
    return message_of([&] { Weights::open(folder.str()); });
  };
  write_safetensors(folder / "x.safetensors", {source("a", DType::kU8, {1}, "1")});
  write_safetensors(folder / "y.safetensors",
                    {source("a", DType::kU8, {1}, "1"), source("b", DType::kU8, {1}, "1")});
  EXPECT_NE(index(R"({"a":"x.safetensors","c":"x.safetensors"})").find("tensor 'c' is missing"),
            std::string::npos);
  EXPECT_NE(index(R"({"a":"x.safetensors","b":"y.safetensors"})").find("tensor 'a' stands in"),
            std::string::npos);
  EXPECT_NE(index(R"({"a":"z.safetensors"})").find("z.safetensors: cannot be opened"),
            std::string::npos);
  EXPECT_NE(index(R"({"a":"../x.safetensors"})").find("not the name of a file"), std::string::npos);
  EXPECT_NE(index(R"({"a":7})").find("tensor 'a' has no file name"), std::string::npos);
  EXPECT_NE(index("{}").find("empty weight_map"), std::string::npos);
  EXPECT_NE(index("[").find("no JSON object"), std::string::npos);
  fs::remove(folder / "model.safetensors.index.json");
  EXPECT_NE(message_of([&] { Weights::open(folder.str()); }).find("holds no model.safetensors"),
            std::string::npos);
  EXPECT_NE(message_of([&] { Weights::open(folder / "absent"); }).find("cannot be opened"),
            std::string::npos);
}

TEST(Weights, WrongShapesAndTypesNameTensorAndFile) {
  const Weights weights = Weights::open(kReference);
  const auto shape = message_of([&] { weights.at("zeta", {3, 2}); });
  EXPECT_NE(shape.find("reference.safetensors: tensor 'zeta' has shape [2, 3], [3, 2] is wanted"),
            std::string::npos);
  EXPECT_NE(message_of([&] { floats_of(weights.at("counts", {4})); }).find("tensor 'counts'"),
            std::string::npos);
  EXPECT_NE(message_of([&] { weights.at("nothing", {}); }).find("tensor 'nothing' is missing"),
            std::string::npos);
}

TEST(Weights, ForgottenPagesComeBack) {
  const Folder folder;
  write_safetensors(folder / "big.safetensors",
                    {source("a", DType::kU8, {100000}, std::string(100000, 'q'))});
  const Weights weights = Weights::open(folder / "big.safetensors");
  const Tensor& t = weights.at("a", {100000});
  weights.forget(t);
  for (const std::byte b : t.data) ASSERT_EQ(static_cast<char>(b), 'q');
}

TEST(Writer, RefusesWhatNoReaderWouldTake) {
  const Folder folder;
  const std::string path = folder / "a.safetensors";
  EXPECT_THROW(write_safetensors(path, {source("a", DType::kF32, {2}, "1234")}), Error);
  EXPECT_THROW(write_safetensors(
                   path, {source("a", DType::kU8, {1}, "1"), source("a", DType::kU8, {1}, "1")}),
               Error);
  EXPECT_THROW(write_safetensors(path, {source("__metadata__", DType::kU8, {1}, "1")}), Error);
  EXPECT_THROW(write_safetensors(path, {source("\xff", DType::kU8, {1}, "1")}), Error);
  EXPECT_THROW(write_safetensors(path, {source("a", DType::kU8, {-1}, "1")}), Error);
  EXPECT_TRUE(fs::is_empty(folder.str()));  // and left nothing behind
}

}  // namespace
}  // namespace cadrecode::checkpoint
