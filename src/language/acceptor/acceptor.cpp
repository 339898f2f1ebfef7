#include "language/acceptor/acceptor.h"

#include <algorithm>
#include <array>

namespace cadrecode::acceptor {
namespace {

constexpr std::array<std::string_view, 35> kKeywords = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

bool is_letter(uint8_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }
bool is_printable(uint8_t c) { return c >= ' ' && c <= '~'; }

bool is_keyword(std::string_view name) {
  return std::find(kKeywords.begin(), kKeywords.end(), name) != kKeywords.end();
}
bool is_constant(std::string_view name) {
  return name == "True" || name == "False" || name == "None";
}
bool begins_keyword(std::string_view name) {
  return std::any_of(kKeywords.begin(), kKeywords.end(),
                     [&](std::string_view word) { return word.starts_with(name); });
}

}  // namespace

bool Acceptor::accept(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [this](char c) { return step(static_cast<uint8_t>(c)); });
}

bool Acceptor::step(uint8_t c) {
  switch (mode_) {
    case Mode::kLineStart:
      return line_start(c);
    case Mode::kOperand:
      return operand(c, true, false);
    case Mode::kSigned:
      return operand(c, false, false);
    case Mode::kOperandOrClose:
      return operand(c, true, true);
    case Mode::kAfter:
      return after(c);
    case Mode::kName:
      return name(c);
    case Mode::kAttribute:
      if (!is_letter(c)) return c == ' ' || (c == '\n' && !frames_.empty());
      begin_name(c, Mode::kName);
      attribute_ = true;
      return true;
    case Mode::kZero:
    case Mode::kWhole:
    case Mode::kPoint:
    case Mode::kFraction:
    case Mode::kExponent:
    case Mode::kExponentSign:
    case Mode::kExponentDigits:
      return number(c);
    case Mode::kString:
      if (c == quote_) {
        trailers_ = true;
        return to_after(false, false);
      }
      return is_printable(c) && c != '\\';
    case Mode::kOperator:
      return grown_operator(c);
    case Mode::kComment:
      if (c != '\n') return is_printable(c);
      mode_ = resume_;
      return true;
    case Mode::kStatementEnd:
      return c == ' ' || comment_or_line_end(c);
    default:
      return import(c);
  }
}

bool Acceptor::line_start(uint8_t c) {
  *this = Acceptor();
  if (c == '\n') return true;
  if (c == '#') {
    mode_ = Mode::kComment;
    resume_ = Mode::kLineStart;
    return true;
  }
  if (c == ' ') return false;  // would indent
  return operand(c, true, false) && ((operand_first_ = mode_ == Mode::kName), true);
}

// An argument after a keyword argument must be one too.
bool Acceptor::must_be_keyword() const { return !frames_.empty() && frames_.back().keyword; }

bool Acceptor::operand(uint8_t c, bool sign, bool may_close) {
  const bool inside = !frames_.empty();
  if (c == ' ' || (c == '\n' && inside)) return mode_ != Mode::kLineStart;
  if (c == '#' && inside) {
    resume_ = mode_;
    mode_ = Mode::kComment;
    return true;
  }
  if (may_close && (c == ')' || c == ']')) return close(c);
  if (is_letter(c)) {
    begin_name(c, Mode::kName);
    return true;
  }
  // The value of a keyword argument is free; kOperandOrClose is an argument's start.
  if (may_close && must_be_keyword()) return false;
  lone_name_ = false;
  switch (c) {
    case '(':
      return open(Bracket::kGroup);
    case '[':
      return open(Bracket::kList);
    case '\'':
    case '"':
      quote_ = c;
      mode_ = Mode::kString;
      return true;
    case '+':
    case '-':
      mode_ = Mode::kSigned;
      targets_ = targets_ && inside;  // -x cannot be assigned to
      return sign;
    case '.':
      mode_ = Mode::kPoint;
      return true;
    case '0':
      mode_ = Mode::kZero;
      return true;
    default:
      mode_ = Mode::kWhole;
      digits_ = 1;
      return is_digit(c);
  }
}

void Acceptor::begin_name(uint8_t c, Mode mode) {
  // A sign before it: no lone name, no target.
  lone_name_ = mode_ == Mode::kOperandOrClose || mode_ == Mode::kLineStart ||
               (mode_ == Mode::kOperand && frames_.empty());
  name_.assign(1, static_cast<char>(c));
  attribute_ = operand_first_ = false;
  mode_ = mode;
}

// `name=` can follow: an argument that so far is a name.
bool Acceptor::in_keyword_place() const {
  return lone_name_ && !frames_.empty() && frames_.back().bracket == Bracket::kCall;
}

bool Acceptor::is_used_keyword() const {
  if (frames_.empty()) return false;
  const std::vector<std::string>& used = frames_.back().keywords;
  return std::find(used.begin(), used.end(), name_) != used.end();
}

bool Acceptor::name(uint8_t c) {
  if (!is_letter(c) && !is_digit(c)) return end_of_name(c);
  name_ += static_cast<char>(c);
  // At its longest, a name that must be a new keyword cannot be an old one.
  if (name_.size() == kMaxName && must_be_keyword() && is_used_keyword()) return false;
  return name_.size() <= kMaxName;
}

bool Acceptor::end_of_name(uint8_t c) {
  if (attribute_) {
    if (is_keyword(name_)) return false;
    trailers_ = true;
    return to_after(frames_.empty(), false) && after(c);
  }
  if (operand_first_ && (name_ == "import" || name_ == "from")) {
    from_ = name_ == "from";
    mode_ = Mode::kImportStart;
    return c == ' ';
  }
  if (is_keyword(name_) && !is_constant(name_)) return false;
  const bool lone = lone_name_ && !is_constant(name_);
  // After a keyword argument: another, under a new name.
  if (in_keyword_place() && must_be_keyword() && (!lone || is_used_keyword())) return false;
  trailers_ = true;
  return to_after(lone && frames_.empty(), lone) && after(c);
}

bool Acceptor::to_after(bool target, bool lone_name) {
  mode_ = Mode::kAfter;
  target_ = target;
  lone_name_ = lone_name;
  return true;
}

bool Acceptor::to_operand() {
  mode_ = Mode::kOperand;
  lone_name_ = false;
  return true;
}

bool Acceptor::after(uint8_t c) {
  const bool inside = !frames_.empty();
  // A positional argument where only keyword arguments may come.
  if (in_keyword_place() && must_be_keyword() && c != '=' && c != ' ' && c != '\n' && c != '#')
    return false;
  switch (c) {
    case ' ':
      return true;
    case '\n':
      if (inside) return true;
      mode_ = Mode::kLineStart;
      return true;
    case '#':
      resume_ = inside ? Mode::kAfter : Mode::kLineStart;
      mode_ = Mode::kComment;
      return true;
    case '.':
      mode_ = Mode::kAttribute;
      return trailers_;
    case '(':
      return trailers_ && open(Bracket::kCall);
    case '[':
      return trailers_ && open(Bracket::kSubscript);
    case ')':
    case ']':
      return close(c);
    case ',':
      return comma();
    case '=':
      return equals();
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      operator_ = c;
      mode_ = Mode::kOperator;
      return true;
    default:
      return false;
  }
}

bool Acceptor::open(Bracket bracket) {
  if (frames_.size() >= kMaxDepth) return false;
  frames_.push_back({bracket, false, {}});
  lone_name_ = false;
  mode_ = bracket == Bracket::kSubscript ? Mode::kOperand : Mode::kOperandOrClose;
  return true;
}

bool Acceptor::close(uint8_t c) {
  if (frames_.empty()) return false;
  const Frame& frame = frames_.back();
  const bool round = frame.bracket == Bracket::kGroup || frame.bracket == Bracket::kCall;
  if ((c == ')') != round) return false;
  const bool subscript = frame.bracket == Bracket::kSubscript;
  frames_.pop_back();
  trailers_ = true;
  // x[i] can be assigned to, x(i), (x) and [x] are not (the last two could be).
  return to_after(subscript && frames_.empty(), false);
}

bool Acceptor::comma() {
  if (frames_.empty()) {
    targets_ = targets_ && target_;
    tuple_ = true;
    return to_operand();
  }
  mode_ = frames_.back().bracket == Bracket::kSubscript ? Mode::kOperand : Mode::kOperandOrClose;
  lone_name_ = false;
  return true;
}

bool Acceptor::equals() {
  if (frames_.empty()) {
    if (!target_ || !targets_) return false;
    assigned_ = true;
    tuple_ = false;
    return to_operand();
  }
  if (!in_keyword_place() || is_used_keyword()) return false;
  Frame& frame = frames_.back();
  frame.keyword = true;
  frame.keywords.push_back(name_);
  return to_operand();
}

bool Acceptor::grown_operator(uint8_t c) {
  if (c == '/' && operator_ == '/') {
    operator_ = '2';  // "//", which grows by = only
    return true;
  }
  if (c == '=') {
    // target += …: one target, once, outside brackets.
    if (!frames_.empty() || !target_ || !targets_ || tuple_ || assigned_) return false;
    assigned_ = true;
    targets_ = false;
    return to_operand();
  }
  // An operator: what stands before it can no longer be assigned to.
  targets_ = targets_ && !frames_.empty();
  to_operand();
  return operand(c, true, false);
}

bool Acceptor::number(uint8_t c) {
  if (is_digit(c)) return digit();
  if (mode_ == Mode::kExponent && (c == '+' || c == '-')) {
    mode_ = Mode::kExponentSign;
    return true;
  }
  if (mode_ == Mode::kPoint || mode_ == Mode::kExponent || mode_ == Mode::kExponentSign)
    return false;
  digits_ = 0;
  if (c == '.' && (mode_ == Mode::kZero || mode_ == Mode::kWhole)) {
    mode_ = Mode::kFraction;
    return true;
  }
  if ((c == 'e' || c == 'E') && mode_ != Mode::kExponentDigits) {
    mode_ = Mode::kExponent;
    return true;
  }
  trailers_ = false;
  return to_after(false, false) && after(c);
}

bool Acceptor::digit() {
  switch (mode_) {
    case Mode::kZero:
      return false;
    case Mode::kWhole:
      return ++digits_ <= kMaxDigits;
    case Mode::kPoint:
    case Mode::kFraction:
      mode_ = Mode::kFraction;
      return true;
    default:
      mode_ = Mode::kExponentDigits;
      return ++digits_ <= 2;
  }
}

bool Acceptor::comment_or_line_end(uint8_t c) {
  if (c == '#') {
    resume_ = Mode::kLineStart;
    mode_ = Mode::kComment;
    return true;
  }
  mode_ = Mode::kLineStart;
  return c == '\n';
}

bool Acceptor::import(uint8_t c) {
  switch (mode_) {
    case Mode::kImportStart:
      if (c == ' ') return true;
      if (c == '*' && from_ && imported_ && name_.empty()) {
        mode_ = Mode::kStatementEnd;
        return true;
      }
      // No dunder modules: what __future__ may be asked for is a matter of its own.
      if (!is_letter(c) || c == '_') return false;
      begin_name(c, Mode::kImportName);
      return true;
    case Mode::kImportName:
    case Mode::kAlias:
      if (is_letter(c) || is_digit(c)) {
        name_ += static_cast<char>(c);
        return name_.size() <= kMaxName;
      }
      if (is_keyword(name_)) return false;
      if (c == '.' && mode_ == Mode::kImportName && !(from_ && imported_)) {
        mode_ = Mode::kImportStart;
        return true;
      }
      if (mode_ == Mode::kAlias) word_ = "-";  // no second alias
      mode_ = Mode::kImportAfter;
      return import_after(c);
    case Mode::kImportAfter:
      return import_after(c);
    case Mode::kImportWord:
      if (static_cast<uint8_t>(word_.front()) != c) return false;
      word_.erase(0, 1);
      if (word_.empty()) mode_ = Mode::kImportWordEnd;
      return true;
    case Mode::kImportWordEnd:
      if (c != ' ') return false;
      // After "import" of from … import: names; after "as": the alias.
      mode_ = from_ && !imported_ ? Mode::kImportStart : Mode::kImportSpace;
      if (from_ && !imported_) imported_ = true;
      name_.clear();
      return true;
    case Mode::kImportSpace:
      if (c == ' ') return true;
      if (!is_letter(c)) return false;
      begin_name(c, Mode::kAlias);
      return true;
    default:
      return false;
  }
}

bool Acceptor::import_after(uint8_t c) {
  const bool aliased = word_ == "-";
  if (c == ' ') {
    if (!aliased) word_ = " ";  // a word may begin now
    return true;
  }
  if (from_ && !imported_) {
    if (c != 'i' || word_ != " ") return false;
    word_ = "mport";
    mode_ = Mode::kImportWord;
    return true;
  }
  if (c == ',') {
    word_.clear();
    mode_ = Mode::kImportStart;
    return true;
  }
  if (c == 'a' && word_ == " ") {
    word_ = "s";
    mode_ = Mode::kImportWord;
    return true;
  }
  return comment_or_line_end(c);
}

bool Acceptor::complete() const {
  switch (mode_) {
    case Mode::kLineStart:
    case Mode::kStatementEnd:
      return true;
    case Mode::kComment:
      return frames_.empty();
    case Mode::kAfter:
    case Mode::kZero:
    case Mode::kWhole:
    case Mode::kFraction:
    case Mode::kExponentDigits:
    case Mode::kName: {
      Acceptor next = *this;
      return frames_.empty() && next.step('\n');
    }
    case Mode::kImportName:
    case Mode::kImportAfter:
    case Mode::kAlias: {
      Acceptor next = *this;
      return next.step('\n');
    }
    default:
      return false;
  }
}

std::string Acceptor::key() const {
  std::string out;
  const auto put = [&out](auto value) { out += static_cast<char>(value); };
  put(mode_), put(digits_);
  if (mode_ == Mode::kComment) put(resume_);
  if (mode_ == Mode::kString) put(quote_);
  if (mode_ == Mode::kOperator) put(operator_);
  put(attribute_ | operand_first_ << 1 | target_ << 2 | targets_ << 3 | tuple_ << 4 |
      assigned_ << 5 | lone_name_ << 6);
  put(trailers_ | from_ << 1 | imported_ << 2);
  out += word_ + '\n';
  // A name matters while it may turn out a keyword, or where it may become a
  // keyword argument; its length, near the limit.
  const bool inside = mode_ == Mode::kName || mode_ == Mode::kImportName || mode_ == Mode::kAlias;
  if (in_keyword_place() || (inside && begins_keyword(name_))) out += name_;
  if (inside) put(name_.size());
  if (mode_ == Mode::kImportStart) put(name_.empty());
  for (const Frame& frame : frames_) {
    out += '\n';
    put(frame.bracket), put(frame.keyword);
    for (const std::string& word : frame.keywords) out += word + ',';
  }
  return out;
}

}  // namespace cadrecode::acceptor
