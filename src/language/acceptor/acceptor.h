// Reads a program byte by byte and knows at each whether it can still become one.
//
// For sampling from a language model: a byte is accepted only if some
// continuation makes the text a program, and `complete()` says when it already
// is one. So whoever samples accepted bytes only, and ends only when complete,
// cannot break the syntax.
//
// The language: straight-line programs as CAD-Recode v1.5 and models trained on
// it write them, a subset of what language/script parses (and CPython compiles):
//   import a.b as c, d          from a.b import c as d, e        from a import *
//   target = … = expression     target += expression (- * / // %)
//   expression                  # comment                        blank lines
//   expressions: names, attributes, calls with positional, then keyword
//   arguments (none twice), subscripts, tuples, lists, numbers, strings in one
//   pair of quotes, True, False, None, + - * / // %, one sign; line ends inside
//   brackets are blanks
// Text is printable ASCII and line feeds. Brackets nest kMaxDepth deep, names
// have kMaxName bytes, whole numbers kMaxDigits digits, exponents two.
//
// A value type, a few hundred bytes; equal `key()`s accept the same texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cadrecode::acceptor {

constexpr size_t kMaxDepth = 60;
constexpr size_t kMaxName = 64;
constexpr size_t kMaxDigits = 18;  // whole numbers are 64 bits

class Acceptor {
 public:
  // Whether `byte` can come next. After false the acceptor must not be used on.
  bool step(uint8_t byte);
  // All bytes of a text.
  bool accept(std::string_view text);

  // The text so far is a program.
  bool complete() const;

  // Everything that decides what is accepted from here on.
  std::string key() const;

 private:
  enum class Mode : uint8_t {
    kLineStart,
    kOperand,         // an operand must come
    kSigned,          // likewise, a sign was there
    kOperandOrClose,  // after an opening bracket or a comma inside brackets
    kAfter,           // after an operand
    kName,
    kAttribute,  // after a dot; inside its name: kName
    kZero,       // inside numbers: after a leading 0
    kWhole,
    kPoint,  // after a point without digits before: a digit must come
    kFraction,
    kExponent,      // after e: a digit or a sign must come
    kExponentSign,  // after its sign: a digit must come
    kExponentDigits,
    kString,
    kOperator,  // after / or another sign that may grow by = or /
    kComment,
    kImportSpace,  // after the word: a blank must come
    kImportStart,  // a name must come
    kImportName,
    kImportAfter,    // a blank was there
    kImportWord,     // inside "as" or "import"
    kImportWordEnd,  // after it: a blank must come
    kAlias,
    kStatementEnd,  // only blanks, a comment or a line end
  };
  enum class Bracket : uint8_t { kGroup, kList, kCall, kSubscript };
  struct Frame {
    Bracket bracket;
    bool keyword = false;               // a keyword argument was there
    std::vector<std::string> keywords;  // their names
  };

  bool line_start(uint8_t byte);
  bool operand(uint8_t byte, bool sign, bool close);
  bool after(uint8_t byte);
  bool name(uint8_t byte);
  bool number(uint8_t byte);
  bool digit();
  bool grown_operator(uint8_t byte);
  bool import(uint8_t byte);
  bool import_after(uint8_t byte);
  bool end_of_name(uint8_t byte);
  bool open(Bracket bracket);
  bool close(uint8_t byte);
  bool comma();
  bool equals();
  bool comment_or_line_end(uint8_t byte);
  bool to_operand();
  bool to_after(bool target, bool lone_name);
  void begin_name(uint8_t byte, Mode mode);
  bool must_be_keyword() const;
  bool in_keyword_place() const;
  bool is_used_keyword() const;

  Mode mode_ = Mode::kLineStart;
  Mode resume_ = Mode::kLineStart;  // after a comment inside brackets
  std::vector<Frame> frames_;
  std::string name_;            // inside a name, or the lone name just read
  uint8_t quote_ = 0;           // of the string
  uint8_t operator_ = 0;        // what may grow
  uint8_t digits_ = 0;          // of the number so far
  bool attribute_ = false;      // the name follows a dot
  bool operand_first_ = false;  // the name began the statement
  bool target_ = false;         // what was read since the last = or comma can be assigned to
  bool targets_ = true;         // so can all before it in this list
  bool tuple_ = false;          // a comma outside brackets was there
  bool assigned_ = false;       // an = was there
  bool lone_name_ = false;      // the operand is a name and nothing else
  bool trailers_ = false;       // it may be called, subscripted, asked for attributes
  bool from_ = false;           // the statement is from … import
  bool imported_ = false;       // … and the word import was there
  std::string word_;            // what is left of "as" or "import"
};

}  // namespace cadrecode::acceptor
