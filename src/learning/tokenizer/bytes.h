// The byte-level alphabet of GPT-2: every byte has one printable character.
//
// Bytes that are printable in Latin-1 stand for themselves; the others take the
// characters from U+0100 on, in order.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace cadrecode::tokenizer {

// byte -> its character, in UTF-8.
const std::array<std::string, 256>& byte_characters();

// "Ġhello" -> " hello"; nothing if a character is outside the alphabet.
std::optional<std::string> bytes_of(std::string_view token);

// Well-formed UTF-8 with every faulty byte sequence as U+FFFD, in the maximal
// subparts the Unicode standard recommends (as Rust's from_utf8_lossy).
std::string valid_utf8(std::string_view text);

// NFC of valid UTF-8.
std::string nfc(std::string_view text);

}  // namespace cadrecode::tokenizer
