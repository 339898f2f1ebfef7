// Text to token ids and back, as Hugging Face's `tokenizers` does it.
//
// Reads tokenizer.json of the byte-level BPE kind (GPT-2, Qwen, and our own
// compact one): normaliser (none or NFC), pre-tokenizer (Split by a regular
// expression, ByteLevel, or a Sequence of them), BPE model, added and special
// tokens. A file that asks for anything else is refused by name, never read
// half.
//
// Guarantees: for any UTF-8 text the ids equal those of `tokenizers`, and
// decode(encode(text)) == NFC(text) (bytes that are not UTF-8 count as U+FFFD).
// Const members may be called from several threads.
//
// Sources: Sennrich et al. 2016 (BPE); Radford et al. 2019 (byte level).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cadrecode::tokenizer {

class Tokenizer {
 public:
  // Errors: kInput naming the file, and what in it is missing or foreign.
  static Tokenizer load(const std::string& path);
  static Tokenizer from_json(std::string_view json, const std::string& name = "tokenizer.json");
  ~Tokenizer();
  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;

  // Added tokens standing in the text become their ids, special ones too.
  // Errors: kInput for a character the vocabulary cannot say (only files whose
  // vocabulary lacks some bytes).
  std::vector<int32_t> encode(std::string_view text) const;

  // Ids nobody knows are passed over. A character cut by the end of the ids
  // comes out as U+FFFD.
  std::string decode(std::span<const int32_t> ids, bool skip_special = false) const;

  // The bytes of one token; what streaming output pieces together.
  std::string_view bytes(int32_t id) const;

  // The id of a whole token or added token; -1 if there is none.
  int32_t id(std::string_view token) const;
  bool is_special(int32_t id) const;

  // One more than the largest id.
  size_t size() const;

 private:
  struct Impl;
  explicit Tokenizer(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace cadrecode::tokenizer
