// The printer's state; private to the print_*.cpp files.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "language/script/ast.h"
#include "language/script/printer.h"

namespace cadrecode::script {

// How tightly an expression binds; a child that binds less than its place
// requires gets parentheses.
enum Rank : int {
  kAny = 0,
  kLambdaRank = 2,
  kConditionalRank = 3,
  kOrRank = 4,
  kAndRank = 5,
  kNotRank = 6,
  kCompareRank = 7,
  kBitOr = 8,
  kBitXor = 9,
  kBitAnd = 10,
  kShift = 11,
  kSum = 12,
  kProduct = 13,
  kUnaryRank = 14,
  kPowerRank = 15,
  kAtom = 16,
};

const char* spelling(BinaryOperator op);
// Text with everything escaped that a literal between two `mark`s cannot hold.
void append_escaped(std::string_view text, char mark, std::string& out);
// \xNN, \uNNNN or \UNNNNNNNN
void append_escape(uint32_t code_point, std::string& out);

class Printer {
 public:
  std::string out;

  void block(Block statements);
  void expr(const Expr& e, int minimum);

 private:
  template <class Items, class F>
  void comma_separated(const Items& items, F&& each) {
    bool first = true;
    for (const auto& item : items) {
      if (!first) out += ", ";
      first = false;
      each(item);
    }
  }
  void list(Exprs items) {
    comma_separated(items, [&](const Expr* e) { expr(*e, kLambdaRank); });
  }
  void tuple(Exprs items, bool parentheses);
  void bare_tuple(const Expr& e);
  void subscript_index(const Expr& e);
  bool chain_child_parenthesized(const Expr& parent, const Expr& child) const;
  void chain_tail(const Expr& e);
  void simple(const Expr& e);
  void arguments(std::span<const Argument> items);
  void parameters(Parameters items);
  void comprehension(const Comprehension& c);
  void joined_string(const JoinedString& s);
  void parts(std::span<const StringPart> items, bool in_format);
  void escaped(std::string_view text, char quote_char, bool field_text, bool in_format);
  void quoted(std::string_view text);

  void line() {
    out += '\n';
    out.append(static_cast<size_t>(indent_) * 4, ' ');
  }
  void suite(Block statements);
  void otherwise(const char* word, Block statements);
  void stmt(const Stmt& s);
  void definition(const Stmt& s);
  void import_names(std::span<const ImportName> names);
  void names(const char* word, std::span<const std::string_view> names);

  int indent_ = 0;
  int string_depth_ = 0;
};

}  // namespace cadrecode::script
