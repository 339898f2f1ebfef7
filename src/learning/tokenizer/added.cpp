#include "learning/tokenizer/added.h"

#include <algorithm>
#include <cctype>

namespace cadrecode::tokenizer {
namespace {

bool is_space(std::string_view text, size_t at) {
  return std::isspace(static_cast<unsigned char>(text[at])) != 0;
}

bool is_word(std::string_view text, size_t at) {
  auto c = static_cast<unsigned char>(text[at]);
  return c >= 0x80 || std::isalnum(c) || c == '_';
}

}  // namespace

AddedTokens::AddedTokens(std::vector<AddedToken> tokens) : tokens_(std::move(tokens)) {
  std::erase_if(tokens_, [](const AddedToken& t) { return t.content.empty(); });
  std::stable_sort(tokens_.begin(), tokens_.end(), [](const AddedToken& a, const AddedToken& b) {
    return a.content.size() > b.content.size();
  });
  for (const AddedToken& token : tokens_) {
    by_first_byte_[static_cast<unsigned char>(token.content[0])].push_back(&token);
  }
}

const AddedToken* AddedTokens::at(std::string_view text, size_t position) const {
  for (const AddedToken* token : by_first_byte_[static_cast<unsigned char>(text[position])]) {
    if (text.compare(position, token->content.size(), token->content) != 0) continue;
    size_t end = position + token->content.size();
    bool touches =
        (position > 0 && is_word(text, position - 1)) || (end < text.size() && is_word(text, end));
    if (token->single_word && touches) continue;
    return token;
  }
  return nullptr;
}

std::vector<AddedTokens::Piece> AddedTokens::split(std::string_view text) const {
  std::vector<Piece> pieces;
  size_t gap = 0;
  for (size_t i = 0; i < text.size();) {
    const AddedToken* token = at(text, i);
    if (!token) {
      ++i;
      continue;
    }
    size_t begin = i, end = i + token->content.size();
    while (token->lstrip && begin > gap && is_space(text, begin - 1)) --begin;
    while (token->rstrip && end < text.size() && is_space(text, end)) ++end;
    if (begin > gap) pieces.emplace_back(text.substr(gap, begin - gap));
    pieces.emplace_back(token);
    gap = i = end;
  }
  if (gap < text.size()) pieces.emplace_back(text.substr(gap));
  return pieces;
}

}  // namespace cadrecode::tokenizer
