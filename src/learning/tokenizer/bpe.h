// Byte-pair encoding of one word.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cadrecode::tokenizer {

// Merges are applied lowest rank first, leftmost first among equals, until none
// applies: the order decides the result, so it must be the model's own.
class Bpe {
 public:
  // `vocabulary` maps raw bytes to ids; `merges` are pairs of raw byte strings
  // in rank order. Errors: kInput for a merge whose parts or result are no
  // tokens.
  Bpe(std::unordered_map<std::string, int32_t> vocabulary,
      const std::vector<std::pair<std::string, std::string>>& merges, bool ignore_merges);

  // Appends the ids of `word` (raw bytes). Errors: kInput for a byte without a
  // token.
  void encode(std::string_view word, std::vector<int32_t>& ids) const;

  int32_t id(const std::string& token) const;  // -1 if none

 private:
  struct Merge {
    int32_t rank, result;
  };
  static uint64_t key(int32_t left, int32_t right) {
    return static_cast<uint64_t>(static_cast<uint32_t>(left)) << 32 | static_cast<uint32_t>(right);
  }
  const Merge* find(int32_t left, int32_t right) const;
  void merge_short(std::vector<int32_t>& word) const;
  void merge_long(std::vector<int32_t>& word) const;

  std::unordered_map<std::string, int32_t> vocabulary_;
  std::array<int32_t, 256> of_byte_;
  std::unordered_map<uint64_t, Merge> merges_;
  bool ignore_merges_;
};

}  // namespace cadrecode::tokenizer
