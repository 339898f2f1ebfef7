#include "learning/infer/infer.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "language/script/parser.h"
#include "learning/infer/grammar.h"
#include "learning/tokenizer/bytes.h"
#include "unit/decode/tiny_model.h"

namespace cadrecode::infer {
namespace {

using decode::testing::formula_points;
using decode::testing::TinyFolder;

constexpr int kEnd = 262, kStart = 263;

// Bytes, a few merges, two special tokens, and ids nobody knows up to 270.
std::string tokenizer_json() {
  nlohmann::json vocab, merges = nlohmann::json::array();
  const auto& alphabet = tokenizer::byte_characters();
  for (size_t b = 0; b < 256; ++b) vocab[alphabet[b]] = b;
  int id = 256;
  for (auto [a, b] :
       {std::pair{"(", ")"}, {"=", "1"}, {".", "a"}, {"a", "a"}, {"i", "m"}, {",", "b"}}) {
    vocab[std::string(a) + b] = id++;
    merges.push_back(std::string(a) + " " + b);
  }
  const auto added = [](int token, const char* content) {
    return nlohmann::json{{"id", token},     {"content", content}, {"single_word", false},
                          {"lstrip", false}, {"rstrip", false},    {"normalized", false},
                          {"special", true}};
  };
  return nlohmann::json{
      {"version", "1.0"},
      {"truncation", nullptr},
      {"padding", nullptr},
      {"normalizer", nullptr},
      {"added_tokens", {added(kEnd, "<|endoftext|>"), added(kStart, "<|im_start|>")}},
      {"pre_tokenizer",
       {{"type", "ByteLevel"},
        {"add_prefix_space", false},
        {"trim_offsets", false},
        {"use_regex", true}}},
      {"post_processor", nullptr},
      {"decoder",
       {{"type", "ByteLevel"},
        {"add_prefix_space", false},
        {"trim_offsets", false},
        {"use_regex", true}}},
      {"model",
       {{"type", "BPE"},
        {"dropout", nullptr},
        {"unk_token", nullptr},
        {"continuing_subword_prefix", ""},
        {"end_of_word_suffix", ""},
        {"fuse_unk", false},
        {"byte_fallback", false},
        {"vocab", vocab},
        {"merges", merges}}}}
      .dump();
}

checkpoint::ModelConfig config() {
  checkpoint::ModelConfig c = decode::testing::tiny_config("qwen2_tied");
  c.vocab_size = 270;
  c.point_encoder.points = c.point_encoder.tokens = 6;
  return c;
}

struct Folder : TinyFolder {
  Folder() : TinyFolder(config()) { std::ofstream(path() + "/tokenizer.json") << tokenizer_json(); }
};

Options options_for(const Folder& folder) {
  Options o;
  o.model = folder.path();
  o.sampling = {1.0, 1.0};
  o.samples = 4;
  o.max_new_tokens = 60;
  o.batch = 5;
  o.threads = 1;
  return o;
}

Input input_of(int i) {
  Input input;
  input.id = "part " + std::to_string(i);
  if (i == 1) {
    input.failure = Error(ErrorKind::kInput, "no such file");
  } else {
    input.prepared.points = formula_points(6);
    input.prepared.points[0][0] = 0.1f * static_cast<float>(i);
  }
  return input;
}

using Rows = std::vector<std::pair<std::string, std::vector<Answer>>>;
Rows run(const Options& options, int count) {
  Inference inference(options);
  Rows rows;
  int at = 0;
  inference.run(
      [&]() -> std::optional<Input> {
        if (at == count) return std::nullopt;
        return input_of(at++);
      },
      [&](const Input& input, const std::vector<Answer>& answers) {
        EXPECT_EQ(input.failure.has_value(), answers.empty());
        rows.emplace_back(input.id, answers);
      });
  return rows;
}

bool parses(const std::string& code) {
  try {
    script::parse(code);
    return true;
  } catch (const Error&) {
    return false;
  }
}

TEST(Infer, AnswersComeInOrderAndDependOnNothingElse) {
  Folder folder;
  Options options = options_for(folder);
  const Rows rows = run(options, 6);
  ASSERT_EQ(rows.size(), 6u);
  for (size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].first, "part " + std::to_string(i));
  EXPECT_TRUE(rows[1].second.empty());
  options.batch = 1;
  options.threads = 2;
  const Rows again = run(options, 4);
  for (size_t i = 0; i < again.size(); ++i) {
    ASSERT_EQ(again[i].second.size(), rows[i].second.size());
    for (size_t k = 0; k < again[i].second.size(); ++k) {
      EXPECT_EQ(again[i].second[k].code, rows[i].second[k].code);
      EXPECT_EQ(again[i].second[k].sample, k);
    }
  }
  EXPECT_NE(rows[0].second[0].code, rows[0].second[1].code);
}

TEST(Infer, TheGrammarKeepsEveryProgramWhole) {
  Folder folder;
  Options options = options_for(folder);
  options.sampling = {1.3, 1.0};
  options.max_new_tokens = 120;
  size_t free_parse = 0, ended = 0;
  for (const auto& [id, answers] : run(options, 8)) {
    for (const Answer& a : answers)
      free_parse += a.finish == decode::Finish::kEnd && parses(a.code);
  }
  options.constrain = true;
  for (const auto& [id, answers] : run(options, 8)) {
    for (const Answer& a : answers) {
      EXPECT_TRUE(a.error.empty()) << a.error;
      acceptor::Acceptor reader;
      EXPECT_TRUE(reader.accept(a.code)) << a.code;
      EXPECT_GE(a.allowed_log_probability, a.log_probability);
      if (a.finish != decode::Finish::kEnd) continue;
      ++ended;
      EXPECT_TRUE(parses(a.code)) << a.code;
    }
  }
  EXPECT_GT(ended, 3u);
  EXPECT_LT(free_parse, ended);
}

TEST(Grammar, MasksAreTheTokensWhoseBytesAreAccepted) {
  const auto tokens = tokenizer::Tokenizer::from_json(tokenizer_json());
  auto grammar = std::make_shared<Grammar>(tokens, std::vector<int32_t>{kEnd}, 270);
  for (const char* text :
       {"", "x", "x=", "x=f(", "x=f(a=1,", "x='", "x=1", "# ", "im", "import a as b"}) {
    acceptor::Acceptor state;
    ASSERT_TRUE(state.accept(text));
    const auto mask = grammar->mask(state);
    for (int32_t token = 0; token < 270; ++token) {
      bool expected = token == kEnd && state.complete();
      if (token < kEnd) {
        acceptor::Acceptor next = state;
        expected = next.accept(tokens.bytes(token));
      }
      const bool may = (*mask)[static_cast<size_t>(token) / 64] >> (token % 64) & 1;
      EXPECT_EQ(may, expected) << text << " + token " << token;
    }
  }
  const size_t made = grammar->masks_made();
  acceptor::Acceptor other;
  ASSERT_TRUE(other.accept("y=f("));
  grammar->mask(other);
  EXPECT_EQ(grammar->masks_made(), made);
}

TEST(Infer, RefusesWhatMakesNoSense) {
  Folder folder;
  const auto refused = [&](auto change, const char* word) {
    Options options = options_for(folder);
    change(options);
    try {
      Inference inference(options);
      ADD_FAILURE() << "accepted: " << word;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(word), std::string::npos) << error.what();
    }
  };
  refused([](Options& o) { o.sampling.temperature = -1; }, "temperature");
  refused([](Options& o) { o.sampling.top_p = 0; }, "top-p");
  refused([](Options& o) { o.sampling.temperature = 0; }, "equal");
  refused([](Options& o) { o.model = "/nowhere"; }, "/nowhere");
  refused([](Options& o) { o.tokenizer = "/nowhere/tokenizer.json"; }, "/nowhere");
  std::ofstream(folder.path() + "/tokenizer.json") << "{";
  refused([](Options&) {}, "tokenizer.json");
}

// Every prefix of the files of a folder, and bytes turned over: an error that
// names the file, or a model; never a crash.
TEST(Infer, DamagedFoldersAreRefused) {
  Folder folder;
  const auto read = [&](const char* name) {
    std::ifstream file(folder.path() + "/" + name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const auto write = [&](const char* name, const std::string& bytes) {
    std::ofstream(folder.path() + "/" + name, std::ios::binary) << bytes;
  };
  const auto try_loading = [&](const char* name, bool must_fail) {
    try {
      Options options = options_for(folder);
      Inference inference(options);
      EXPECT_FALSE(must_fail) << name;
    } catch (const Error& error) {
      EXPECT_TRUE(std::string(error.what()).find(name) != std::string::npos ||
                  error.place().file.find(name) != std::string::npos ||
                  std::string(error.what()).find("tensor") != std::string::npos)
          << error.what();
    }
  };
  for (const char* name : {"config.json", "model.safetensors"}) {
    const std::string whole = read(name);
    const size_t step = whole.size() / 60 + 1;
    for (size_t n = 0; n < whole.size(); n += step) {
      write(name, whole.substr(0, n));
      try_loading(name, true);
    }
    for (size_t n = 0; n < std::min<size_t>(whole.size(), 2500); n += 41) {
      std::string damaged = whole;
      damaged[n] = static_cast<char>(damaged[n] ^ 0x11);
      write(name, damaged);
      try_loading(name, false);
    }
    write(name, whole);
  }
}

TEST(Prepare, TheFramesAreTheDemos) {
  mesh::TriangleMesh box;
  for (int i = 0; i < 8; ++i)
    box.vertices.push_back({i & 1 ? 30.0 : 10.0, i & 2 ? 5.0 : -5.0, i & 4 ? 4.0 : 0.0});
  box.triangles = {{0, 1, 3}, {0, 3, 2}, {4, 6, 7}, {4, 7, 5}, {0, 4, 5}, {0, 5, 1},
                   {2, 3, 7}, {2, 7, 6}, {0, 2, 6}, {0, 6, 4}, {1, 5, 7}, {1, 7, 3}};
  const Prepared unit = prepare(box, 64, 8192, Frame::kUnit, 1);
  ASSERT_EQ(unit.points.size(), 64u);
  for (const auto& p : unit.points) {
    EXPECT_LE(std::abs(p[0]), 1 + 1e-6);
    EXPECT_LE(std::abs(p[1]), 0.5 + 1e-6);
    const Vec3 back = unit.frame.invert({p[0], p[1], p[2]});
    EXPECT_TRUE(back.x > 9.999 && back.x < 30.001 && back.z > -1e-3 && back.z < 4.001);
  }
  const Prepared raw = prepare(box, 8, 512, Frame::kRaw100, 1);
  for (const auto& p : raw.points) EXPECT_TRUE(p[0] > 0.0999f && p[0] < 0.3001f);
  EXPECT_EQ(prepare(box, 8, 512, Frame::kRaw100, 1).points, raw.points);
  EXPECT_THROW(prepare(cloud::PointCloud{{{0, 0, 0}, {1, 1, 1}}, {}}, 3, Frame::kUnit), Error);
}

}  // namespace
}  // namespace cadrecode::infer
