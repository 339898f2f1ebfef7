// Tokens that keep a program a program: language/acceptor over a vocabulary.
//
// A token may come if all its bytes may; an end token, if the program is whole.
// Which tokens those are is worked out once for each state of the acceptor, by
// walking the vocabulary as a tree of bytes, and kept.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "language/acceptor/acceptor.h"
#include "learning/decode/generate.h"
#include "learning/tokenizer/tokenizer.h"

namespace cadrecode::infer {

// Not for several threads at once; filters made by one Grammar share its masks.
class Grammar : public std::enable_shared_from_this<Grammar> {
 public:
  // Special tokens never come, except `end_tokens`; `vocabulary` is the model's
  // size, which may exceed the tokenizer's (those never come either).
  Grammar(const tokenizer::Tokenizer& tokenizer, std::vector<int32_t> end_tokens,
          size_t vocabulary);

  // A filter at the start of a program.
  std::unique_ptr<decode::TokenFilter> filter();

  using Mask = std::vector<uint64_t>;
  // The tokens that may follow.
  std::shared_ptr<const Mask> mask(const acceptor::Acceptor& state);
  const std::string& bytes(int32_t token) const { return bytes_[static_cast<size_t>(token)]; }
  size_t masks_made() const { return made_; }

 private:
  struct Node {
    uint8_t byte;
    std::vector<int32_t> tokens;  // ending here
    uint32_t first_child = 0, next = 0;
  };
  void insert(int32_t token);
  void walk(uint32_t node, const acceptor::Acceptor& state, Mask& mask) const;

  std::vector<int32_t> end_tokens_;
  std::vector<std::string> bytes_;  // by token; empty: never comes
  std::vector<Node> nodes_;         // nodes_[0] is the root
  std::unordered_map<std::string, std::shared_ptr<const Mask>> masks_;
  size_t made_ = 0;
};

}  // namespace cadrecode::infer
