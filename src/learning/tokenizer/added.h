// Added tokens: pieces of text that are one id, whatever the model would say.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cadrecode::tokenizer {

struct AddedToken {
  int32_t id = 0;
  std::string content;
  bool single_word = false;             // only between non-word characters
  bool lstrip = false, rstrip = false;  // takes the white space beside it along
  bool normalized = false;              // looked for after normalising, not before
  bool special = false;
};

class AddedTokens {
 public:
  explicit AddedTokens(std::vector<AddedToken> tokens);

  // Text between tokens, and tokens, in order. The leftmost match wins, the
  // longest among those that start there.
  using Piece = std::variant<std::string_view, const AddedToken*>;
  std::vector<Piece> split(std::string_view text) const;

 private:
  const AddedToken* at(std::string_view text, size_t position) const;

  std::vector<AddedToken> tokens_;  // longest first
  std::vector<const AddedToken*> by_first_byte_[256];
};

}  // namespace cadrecode::tokenizer
