// A drawn sample as the model's tokens: slots for the faces, if it has any, slots
// for the points, if it has any, the start token, the program, the end token (spec
// of OpenCADRecode, sections 3 and 5).
#pragma once

#include <optional>

#include "learning/checkpoint/config.h"
#include "learning/dataset/draw.h"
#include "learning/model/batch.h"
#include "learning/tokenizer/tokenizer.h"

namespace cadrecode::train {

class Speller {
 public:
  // `max_length` counts everything: slots, start, program, end. Errors: kInput
  // when the tokenizer lacks <|im_start|> or <|endoftext|>, or has more tokens
  // than the model has embeddings.
  Speller(const tokenizer::Tokenizer& tokenizer, const checkpoint::ModelConfig& config,
          int64_t max_length);

  // Nothing when the program is too long: it is left out, never cut, since a
  // cut program teaches to stop in mid-air.
  std::optional<model::Sample> spell(const dataset::Sample& sample) const;
  // Slots for faces, slots for points, as the sample has them, and the start token:
  // what generation begins with.
  model::Sample prompt(const dataset::Sample& sample) const;
  std::string text(const std::vector<int64_t>& tokens) const;

  int64_t start() const { return start_; }
  int64_t end() const { return end_; }

 private:
  const tokenizer::Tokenizer& tokenizer_;
  int64_t slots_, max_faces_, max_length_, start_ = 0, end_ = 0;
};

}  // namespace cadrecode::train
