#include "learning/tokenizer/tokenizer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"

namespace cadrecode::tokenizer {
namespace {

const std::string kFolder = "tests/unit/tokenizer/data/";

// ids made by tools/reference/tokenizer_ids.py --golden
TEST(Tokenizer, IdsEqualHuggingFace) {
  Tokenizer tokenizer = Tokenizer::load(kFolder + "tiny.json");
  auto rows = nlohmann::json::parse(read_file(kFolder + "tiny_ids.json"));
  ASSERT_GT(rows.size(), 300u);
  for (const auto& row : rows) {
    auto text = row["text"].get<std::string>();
    auto ids = tokenizer.encode(text);
    ASSERT_EQ(ids, row["ids"].get<std::vector<int32_t>>()) << text;
    // Decoding is the inverse up to normalisation, which a second round keeps.
    ASSERT_EQ(tokenizer.encode(tokenizer.decode(ids)), ids) << text;
  }
}

TEST(Tokenizer, SpecialTokens) {
  Tokenizer tokenizer = Tokenizer::load(kFolder + "tiny.json");
  int32_t end = tokenizer.id("<|endoftext|>");
  ASSERT_GE(end, 0);
  EXPECT_TRUE(tokenizer.is_special(end));
  auto ids = tokenizer.encode("a<|endoftext|>b");
  EXPECT_NE(std::find(ids.begin(), ids.end(), end), ids.end());
  EXPECT_EQ(tokenizer.decode(ids), "a<|endoftext|>b");
  EXPECT_EQ(tokenizer.decode(ids, /*skip_special=*/true), "ab");
  EXPECT_EQ(tokenizer.id("<|nothing|>"), -1);
}

TEST(Tokenizer, BytesThatAreNotUtf8) {
  Tokenizer tokenizer = Tokenizer::load(kFolder + "tiny.json");
  EXPECT_EQ(tokenizer.decode(tokenizer.encode("a\xFF\xC3")), "a\xEF\xBF\xBD\xEF\xBF\xBD");
  std::vector<int32_t> none = {-1, 1 << 30};
  EXPECT_EQ(tokenizer.decode(none), "");
}

TEST(Tokenizer, LongAndShortWordsAgree) {
  // Both ways of merging meet at 48 bytes; a word repeated is cut the same.
  Tokenizer tokenizer = Tokenizer::load(kFolder + "tiny.json");
  std::string word;
  for (int i = 0; i < 200; ++i) {
    word += static_cast<char>('a' + i * 7 % 26);
    EXPECT_EQ(tokenizer.decode(tokenizer.encode(word)), word);
  }
}

TEST(Tokenizer, EveryPrefixOfAFileIsAnErrorWithItsName) {
  std::string json = read_file(kFolder + "tiny.json");
  for (size_t n = 0; n < json.size(); n += 1 + n / 50) {
    try {
      Tokenizer::from_json(std::string_view(json).substr(0, n), "cut.json");
      FAIL() << n;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInput);
      EXPECT_NE(std::string(error.what()).find("cut.json"), std::string::npos);
    }
  }
}

TEST(Tokenizer, ForeignFilesAreRefusedByName) {
  auto refused = [](const std::string& json) {
    try {
      Tokenizer::from_json(json);
      return std::string();
    } catch (const Error& error) {
      return std::string(error.what());
    }
  };
  EXPECT_NE(refused(R"({"model":{"type":"WordPiece","vocab":{},"merges":[]}})").find("WordPiece"),
            std::string::npos);
  EXPECT_NE(
      refused(
          R"({"normalizer":{"type":"Lowercase"},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}})")
          .find("Lowercase"),
      std::string::npos);
  EXPECT_NE(refused(R"({"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}})").find("merge"),
            std::string::npos);
  EXPECT_NE(
      refused(
          R"({"pre_tokenizer":{"type":"Split","pattern":{"Regex":"("}},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}})")
          .find("expression"),
      std::string::npos);
}

}  // namespace
}  // namespace cadrecode::tokenizer
