// Program text to tokens: the first phase.
//
// Follows the Python 3 reference, "Lexical analysis": logical lines, INDENT and
// DEDENT, implicit joining inside brackets, explicit joining by backslash,
// comments, string prefixes, numbers. An f-string is one token whose end is
// found with its nested expressions in mind (Python 3.12's rule, which accepts
// every older f-string too).
//
// Throws Error of kind `syntax` with a place for text that is not Python, of
// kind `unsupported` for complex numbers, of kind `limit` for brackets nested
// deeper than kMaxNesting or indentation deeper than kMaxIndentation.
#pragma once

#include <cstdint>
#include <vector>

#include "language/script/source.h"

namespace cadrecode::script {

constexpr int kMaxNesting = 200;
constexpr int kMaxIndentation = 100;

enum class Tok : uint8_t {
  kEnd,
  kNewline,
  kIndent,
  kDedent,
  kName,
  kNumber,
  kString,
  // Operators and delimiters.
  kLeftParen,
  kRightParen,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kComma,
  kColon,
  kSemicolon,
  kDot,
  kEllipsis,
  kArrow,
  kAt,
  kWalrus,
  kAssign,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kDoubleSlash,
  kPercent,
  kDoubleStar,
  kAmpersand,
  kBar,
  kCaret,
  kTilde,
  kShiftLeft,
  kShiftRight,
  kPlusAssign,
  kMinusAssign,
  kStarAssign,
  kSlashAssign,
  kDoubleSlashAssign,
  kPercentAssign,
  kDoubleStarAssign,
  kAmpersandAssign,
  kBarAssign,
  kCaretAssign,
  kShiftLeftAssign,
  kShiftRightAssign,
  kAtAssign,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  // Keywords.
  kFalse,
  kNone,
  kTrue,
  kAnd,
  kAs,
  kAssert,
  kAsync,
  kAwait,
  kBreak,
  kClass,
  kContinue,
  kDef,
  kDel,
  kElif,
  kElse,
  kExcept,
  kFinally,
  kFor,
  kFrom,
  kGlobal,
  kIf,
  kImport,
  kIn,
  kIs,
  kLambda,
  kNonlocal,
  kNot,
  kOr,
  kPass,
  kRaise,
  kReturn,
  kTry,
  kWhile,
  kWith,
  kYield,
};

struct Token {
  Tok kind = Tok::kEnd;
  Range range;
};

// All tokens of a program, ending in kEnd.
std::vector<Token> tokenize(const Source& source);
// The tokens of an expression inside `range` (a replacement field of an
// f-string): line ends are spaces, `base_depth` counts the brackets around it.
std::vector<Token> tokenize_expression(const Source& source, Range range, int base_depth);

// "name", "number", "'+='", "'while'": for messages.
const char* describe(Tok kind);

// A replacement field as it lies in an f-string's body; see parse_string.cpp.
// From the byte after "{", finds where the expression ends: the offset of the
// first "}", "!r", ":" or "=" that closes it at its own nesting level.
uint32_t field_expression_end(const Source& source, uint32_t begin, uint32_t limit);

}  // namespace cadrecode::script
