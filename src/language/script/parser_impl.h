// The parser's state and its rules; private to the parse_*.cpp files.
//
// Recursive descent; binary operators by precedence climbing. Each rule that
// can nest enters through a Level, which enforces kMaxNesting.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "language/script/ast.h"
#include "language/script/lexer.h"

namespace cadrecode::script {

class Parser {
 public:
  explicit Parser(Program& program)
      : program_(program), source_(program.source), arena_(program.arena) {}
  void run();

 private:
  // Counts how deep the rules are nested; see kMaxNesting.
  struct Level {
    explicit Level(Parser& parser);
    ~Level() { --parser_.level_; }
    Parser& parser_;
  };

  // --- Tokens ---
  const Token& now() const { return tokens_[next_]; }
  Tok kind() const { return tokens_[next_].kind; }
  Tok kind_after() const { return kind() == Tok::kEnd ? Tok::kEnd : tokens_[next_ + 1].kind; }
  bool at(Tok k) const { return kind() == k; }
  Token take() { return tokens_[next_ + 1 < tokens_.size() ? next_++ : next_]; }
  bool accept(Tok k);
  Token expect(Tok k, const char* where);
  uint32_t last_end() const {
    return next_ == 0 ? now().range.begin : tokens_[next_ - 1].range.end;
  }
  std::string_view text(const Token& token) const { return source_.at(token.range); }
  [[noreturn]] void fail(Range range, const std::string& message,
                         ErrorKind kind = ErrorKind::kSyntax) const;
  [[noreturn]] void fail_here(const std::string& expected) const;
  [[noreturn]] void refuse(Range range, const std::string& what) const;

  // --- Nodes ---
  template <class T>
  T* node(uint32_t begin) {
    T* n = arena_.make<T>();
    n->kind = T::kKind;
    n->range = {begin, last_end()};
    return n;
  }
  Name* name_node(const Token& token);
  Name* take_name(const char* where);

  // --- Expressions (parse_expression.cpp) ---
  Expr* expression();                                      // conditional or lambda
  Expr* named_expression();                                // … or name := value
  Expr* expression_list(bool starred, const char* where);  // a bare tuple, too
  Expr* star_or_named();
  Expr* disjunction();
  Expr* conjunction();
  Expr* inversion();
  Expr* comparison();
  bool comparison_operator(CompareOperator& op);
  Expr* binary(int minimum);
  Expr* unary();
  Expr* power();
  Expr* postfix();
  Expr* atom();
  Expr* parenthesized();
  Expr* bracketed();
  Expr* braced();
  Expr* lambda();
  Expr* yield();
  Expr* subscript_index();
  Expr* slice();
  std::span<Argument> arguments(Tok closing);
  Argument argument();
  void check_arguments(const std::vector<Argument>& arguments) const;
  Comprehension* comprehension(uint32_t begin, ComprehensionKind result, Expr* element,
                               Expr* value);
  Parameters parameters(Tok closing, bool annotations);
  ParameterNode parameter(ParameterKind kind, bool annotations);
  Expr* number();
  Expr* target_list(const char* where);  // for … in
  enum class TargetUse { kAssign, kDelete, kAugmented };
  void check_target(Expr* target, TargetUse use) const;
  const char* describe_expr(const Expr& expr) const;

  // --- Strings (parse_string.cpp) ---
  struct StringToken {
    Range body;  // without prefix and quotes
    bool raw, formatted;
  };
  Expr* strings();
  StringToken split(const Token& token) const;
  void decode(Range range, bool raw, std::string& out) const;
  uint32_t decode_escape(uint32_t i, uint32_t end, std::string& out) const;
  uint32_t formatted_parts(const StringToken& token, uint32_t begin, bool in_format,
                           std::vector<StringPart>& parts);
  uint32_t replacement_field(const StringToken& token, uint32_t begin,
                             std::vector<StringPart>& parts);
  Expr* field_expression(Range range);
  void add_text(std::vector<StringPart>& parts, std::string_view text);

  // --- Statements (parse_statement.cpp) ---
  void statement(std::vector<Stmt*>& out);
  void simple_statements(std::vector<Stmt*>& out);
  Stmt* simple_statement();
  Stmt* expression_statement();
  Stmt* annotated(uint32_t begin, Expr* target);
  Stmt* augmented(uint32_t begin, Expr* target, BinaryOperator op);
  Expr* assigned_value();
  Stmt* return_statement();
  Stmt* raise_statement();
  Stmt* assert_statement();
  Stmt* delete_statement();
  template <class T>
  Stmt* names_statement();
  Stmt* import_statement();
  Stmt* import_from();
  std::string_view dotted_name();
  Stmt* if_statement();
  Stmt* for_statement();
  Stmt* while_statement();
  Stmt* try_statement();
  Handler handler();
  Stmt* function(Exprs decorators, uint32_t begin);
  Stmt* class_statement(Exprs decorators, uint32_t begin);
  Stmt* decorated();
  Block block(const char* what);
  Block otherwise();
  void refuse_match() const;

  Program& program_;
  const Source& source_;
  Arena& arena_;
  std::vector<Token> tokens_;
  size_t next_ = 0;
  int level_ = 0;
  int function_depth_ = 0;
  int loop_depth_ = 0;
  bool saw_yield_ = false;
};

}  // namespace cadrecode::script
