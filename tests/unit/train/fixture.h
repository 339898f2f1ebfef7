// A tiny model, a byte-level tokenizer and six programs in a folder of their own.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/files.h"
#include "learning/model/compat.h"
#include "learning/recipe/recipe.h"
#include "learning/tokenizer/tokenizer.h"

namespace cadrecode::train {

namespace fs = std::filesystem;

// A byte-level tokenizer of 256 bytes and two special tokens.
inline std::string byte_tokenizer() {
  std::string vocabulary;
  int id = 2;
  for (int byte = 33; byte < 127; ++byte) {
    const char c = static_cast<char>(byte);
    const std::string text = c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    vocabulary += ",\"" + text + "\":" + std::to_string(id++);
  }
  vocabulary += ",\"\\u0120\":" + std::to_string(id) + ",\"\\u010a\":" + std::to_string(id + 1);
  return R"({"version":"1.0","added_tokens":[
    {"id":0,"content":"<|endoftext|>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},
    {"id":1,"content":"<|im_start|>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}],
    "normalizer":null,
    "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":false,"use_regex":false},
    "post_processor":null,"decoder":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":false,"use_regex":false},
    "model":{"type":"BPE","dropout":null,"unk_token":null,"continuing_subword_prefix":null,"end_of_word_suffix":null,
    "fuse_unk":false,"byte_fallback":false,"ignore_merges":false,"vocab":{"<|endoftext|>":0,"<|im_start|>":1)" +
         vocabulary + R"(},"merges":[]}})";
}

inline const char* const kConfig =
    R"({"architectures":["Qwen2ForCausalLM"],"model_type":"qwen2","hidden_size":32,
  "intermediate_size":64,"num_hidden_layers":2,"num_attention_heads":2,"num_key_value_heads":1,"vocab_size":100,
  "max_position_embeddings":1024,"rms_norm_eps":1e-6,"rope_theta":10000.0,"tie_word_embeddings":true,
  "hidden_act":"silu","eos_token_id":0,"use_sliding_window":false,"torch_dtype":"float32",
  "point_encoder":{"type":"fourier","points":8,"tokens":8,"normals":false}})";

class TrainTest : public testing::Test {
 protected:
  void SetUp() override {
    model::set_threads(1);
    root_ = testing::TempDir() + "train_" +
            testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root_);
    write_file(root_ + "/base/tokenizer.json", byte_tokenizer());
    write_file(root_ + "/base/config.json", kConfig);
    std::string rows;
    for (int i = 1; i <= 6; ++i) {
      rows +=
          "{\"code\": \"import cadquery as "
          "cq\\nw0=cq.Workplane('XY',origin=(0,0,0))\\nr=w0.box(200," +
          std::to_string(20 * i) + ",30)\"}\n";
    }
    write_file(root_ + "/programs.jsonl", rows);
  }
  void TearDown() override { fs::remove_all(root_); }

  recipe::Recipe recipe(const std::string& run, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"base_model_name=" + root_ + "/base",
                                      "model_save_path=" + root_ + "/" + run,
                                      "train_data_path=" + root_ + "/programs.jsonl",
                                      "val_data_path=" + root_ + "/programs.jsonl",
                                      "mixed_precision=fp32",
                                      "n_points=8",
                                      "max_steps=8",
                                      "batch_size=3",
                                      "warmup_steps=2",
                                      "learning_rate=1e-2",
                                      "logging_steps=2",
                                      "save_steps=2",
                                      "eval_steps=4",
                                      "eval_parts=0",
                                      "num_workers=2",
                                      "threads=1"};
    words.insert(words.end(), more.begin(), more.end());
    return recipe::parse("", "", words).recipe;
  }
  tokenizer::Tokenizer tokenizer() const {
    return tokenizer::Tokenizer::load(root_ + "/base/tokenizer.json");
  }
  std::string weights(const std::string& run) const {
    return read_file(root_ + "/" + run + "/model.safetensors");
  }

  std::string root_;
};

}  // namespace cadrecode::train
