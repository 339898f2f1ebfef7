#include "language/script/parser.h"

#include "language/script/parser_impl.h"

namespace cadrecode::script {

std::unique_ptr<Program> parse(std::string text, std::string file) {
  auto program = std::make_unique<Program>();
  program->source = {std::move(text), std::move(file)};
  Parser(*program).run();
  return program;
}

void Parser::run() {
  tokens_ = tokenize(source_);
  std::vector<Stmt*> statements;
  while (!at(Tok::kEnd)) statement(statements);
  program_.body = arena_.copy(statements);
}

Parser::Level::Level(Parser& parser) : parser_(parser) {
  if (++parser_.level_ > 2 * kMaxNesting) {
    --parser_.level_;
    parser_.fail(parser_.now().range, "the program is nested too deeply", ErrorKind::kLimit);
  }
}

bool Parser::accept(Tok k) {
  if (!at(k)) return false;
  take();
  return true;
}

Token Parser::expect(Tok k, const char* where) {
  if (!at(k)) fail_here(std::string("'") + describe(k) + "' " + where);
  return take();
}

void Parser::fail(Range range, const std::string& message, ErrorKind kind) const {
  throw Error(kind, message, source_.place(range.begin));
}

void Parser::fail_here(const std::string& expected) const {
  std::string found = describe(kind());
  if (at(Tok::kName) || at(Tok::kNumber)) found += " '" + std::string(text(now())) + "'";
  fail(now().range, "invalid syntax: expected " + expected + ", found " + found);
}

void Parser::refuse(Range range, const std::string& what) const {
  fail(range, what + " are not part of this language", ErrorKind::kUnsupported);
}

Name* Parser::name_node(const Token& token) {
  Name* name = arena_.make<Name>();
  name->kind = ExprKind::kName;
  name->range = token.range;
  name->name = text(token);
  name->id = program_.name_count++;
  return name;
}

Name* Parser::take_name(const char* where) { return name_node(expect(Tok::kName, where)); }

}  // namespace cadrecode::script
