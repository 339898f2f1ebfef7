// Cuts text by a regular expression as a tokenizer's "Split" does.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cadrecode::tokenizer {

enum class Behavior { kIsolated, kRemoved };

class Pattern {
 public:
  // The dialect of `tokenizers` (Oniguruma) as far as PCRE2 shares it: \p{…},
  // groups, quantifiers, look-ahead; \s means Unicode's White_Space in both.
  // Errors: kInput with the expression and where it fails.
  explicit Pattern(const std::string& expression);
  ~Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;

  // Matches and what lies between them, in order, none empty; `text` is valid
  // UTF-8. `invert` exchanges matches and gaps, `behavior` says what becomes of
  // the matches. Errors: kLimit if the expression backtracks without end.
  std::vector<std::string_view> split(std::string_view text, Behavior behavior, bool invert) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace cadrecode::tokenizer
