#include "learning/train/speller.h"

#include "base/error.h"

namespace cadrecode::train {
namespace {

int64_t required(const tokenizer::Tokenizer& tokenizer, const char* token) {
  const int32_t id = tokenizer.id(token);
  if (id < 0) throw Error(ErrorKind::kInput, std::string("the tokenizer has no token ") + token);
  return id;
}

}  // namespace

Speller::Speller(const tokenizer::Tokenizer& tokenizer, const checkpoint::ModelConfig& config,
                 int64_t max_length)
    : tokenizer_(tokenizer),
      slots_(config.point_encoder.tokens),
      max_faces_(config.brep_encoder.max_faces),
      max_length_(max_length) {
  start_ = required(tokenizer, "<|im_start|>");
  end_ = required(tokenizer, "<|endoftext|>");
  if (static_cast<int64_t>(tokenizer.size()) > config.vocab_size) {
    throw Error(ErrorKind::kInput, "the tokenizer has " + std::to_string(tokenizer.size()) +
                                       " tokens, the model only " +
                                       std::to_string(config.vocab_size) + " embeddings");
  }
}

model::Sample Speller::prompt(const dataset::Sample& drawn) const {
  model::Sample sample;
  if (drawn.brep) {
    const int64_t faces = model::slots_of(*drawn.brep, max_faces_);
    sample.tokens.assign(static_cast<size_t>(faces), model::kBrepSlot);
  }
  const std::vector<int64_t> rest = model::prompt_tokens(drawn.points.empty() ? 0 : slots_, start_);
  sample.tokens.insert(sample.tokens.end(), rest.begin(), rest.end());
  sample.points = drawn.points;
  sample.brep = drawn.brep;
  sample.first_target = static_cast<int64_t>(sample.tokens.size());
  return sample;
}

std::optional<model::Sample> Speller::spell(const dataset::Sample& drawn) const {
  model::Sample sample = prompt(drawn);
  for (int32_t id : tokenizer_.encode(drawn.code)) sample.tokens.push_back(id);
  sample.tokens.push_back(end_);
  if (static_cast<int64_t>(sample.tokens.size()) > max_length_) return std::nullopt;
  return sample;
}

std::string Speller::text(const std::vector<int64_t>& tokens) const {
  return tokenizer_.decode(std::vector<int32_t>(tokens.begin(), tokens.end()), true);
}

}  // namespace cadrecode::train
