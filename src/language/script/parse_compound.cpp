// Statements with a block: if, for, while, try, def, class.
#include "language/script/parser_impl.h"

namespace cadrecode::script {

// ":" and the statements that belong to it.
Block Parser::block(const char* what) {
  const Level level(*this);
  expect(Tok::kColon, what);
  std::vector<Stmt*> statements;
  if (accept(Tok::kNewline)) {
    if (!at(Tok::kIndent)) fail(now().range, std::string("expected an indented block ") + what);
    take();
    while (!at(Tok::kDedent) && !at(Tok::kEnd)) statement(statements);
    accept(Tok::kDedent);
  } else {
    simple_statements(statements);
  }
  return arena_.copy(statements);
}

Block Parser::otherwise() {
  if (!accept(Tok::kElse)) return {};
  return block("after 'else'");
}

Stmt* Parser::if_statement() {
  const uint32_t begin = now().range.begin;
  std::vector<Branch> branches;
  while (at(Tok::kIf) || (at(Tok::kElif) && !branches.empty())) {
    take();
    Expr* condition = named_expression();
    branches.push_back({condition, block("after 'if'")});
    if (!at(Tok::kElif)) break;
  }
  const Block rest = otherwise();
  auto* statement = node<If>(begin);
  statement->branches = arena_.copy(branches);
  statement->otherwise = rest;
  return statement;
}

Stmt* Parser::for_statement() {
  const uint32_t begin = take().range.begin;
  Expr* target = target_list("in a for statement");
  expect(Tok::kIn, "in a for statement");
  Expr* iterable = expression_list(true, "in a for statement");
  if (iterable->kind == ExprKind::kStarred)
    fail(iterable->range, "cannot use starred expression here");
  ++loop_depth_;
  const Block body = block("after 'for'");
  --loop_depth_;
  const Block rest = otherwise();
  auto* statement = node<For>(begin);
  statement->target = target;
  statement->iterable = iterable;
  statement->body = body;
  statement->otherwise = rest;
  return statement;
}

Stmt* Parser::while_statement() {
  const uint32_t begin = take().range.begin;
  Expr* condition = named_expression();
  ++loop_depth_;
  const Block body = block("after 'while'");
  --loop_depth_;
  const Block rest = otherwise();
  auto* statement = node<While>(begin);
  statement->condition = condition;
  statement->body = body;
  statement->otherwise = rest;
  return statement;
}

Handler Parser::handler() {
  const Token token = take();
  Handler result{nullptr, nullptr, {}, token.range};
  if (at(Tok::kStar)) refuse(token.range, "except* clauses");
  if (!at(Tok::kColon)) {
    result.type = expression();
    if (accept(Tok::kAs)) result.target = take_name("after 'as'");
  }
  result.body = block("after 'except'");
  return result;
}

Stmt* Parser::try_statement() {
  const uint32_t begin = take().range.begin;
  const Block body = block("after 'try'");
  std::vector<Handler> handlers;
  while (at(Tok::kExcept)) {
    if (!handlers.empty() && !handlers.back().type) {
      fail(handlers.back().range, "default 'except:' must be last");
    }
    handlers.push_back(handler());
  }
  const Block rest = handlers.empty() ? Block() : otherwise();
  Block last;
  if (accept(Tok::kFinally)) last = block("after 'finally'");
  if (handlers.empty() && last.empty()) fail_here("'except' or 'finally'");
  auto* statement = node<Try>(begin);
  statement->body = body;
  statement->handlers = arena_.copy(handlers);
  statement->otherwise = rest;
  statement->finally = last;
  return statement;
}

Stmt* Parser::decorated() {
  const uint32_t begin = now().range.begin;
  std::vector<Expr*> decorators;
  while (accept(Tok::kAt)) {
    decorators.push_back(named_expression());
    expect(Tok::kNewline, "after a decorator");
  }
  const Exprs list = arena_.copy(decorators);
  if (at(Tok::kAsync)) refuse(now().range, "async statements");
  if (at(Tok::kDef)) return function(list, begin);
  if (at(Tok::kClass)) return class_statement(list, begin);
  fail_here("'def' or 'class' after a decorator");
}

Stmt* Parser::function(Exprs decorators, uint32_t begin) {
  take();
  Name* target = take_name("after 'def'");
  expect(Tok::kLeftParen, "after a function's name");
  const Parameters params = parameters(Tok::kRightParen, true);
  expect(Tok::kRightParen, "after the parameters");
  Expr* returns = accept(Tok::kArrow) ? expression() : nullptr;
  const int loops = std::exchange(loop_depth_, 0);
  const bool outer_yield = std::exchange(saw_yield_, false);
  ++function_depth_;
  const Block body = block("after 'def'");
  --function_depth_;
  loop_depth_ = loops;
  auto* statement = node<FunctionStmt>(begin);
  statement->name = target->name;
  statement->target = target;
  statement->parameters = params;
  statement->returns = returns;
  statement->decorators = decorators;
  statement->body = body;
  statement->scope = program_.scope_count++;
  statement->is_generator = std::exchange(saw_yield_, outer_yield);
  return statement;
}

Stmt* Parser::class_statement(Exprs decorators, uint32_t begin) {
  take();
  Name* target = take_name("after 'class'");
  std::span<Argument> bases;
  if (accept(Tok::kLeftParen)) bases = arguments(Tok::kRightParen);
  const int loops = std::exchange(loop_depth_, 0);
  const int functions = std::exchange(function_depth_, 0);
  const Block body = block("after 'class'");
  loop_depth_ = loops;
  function_depth_ = functions;
  auto* statement = node<ClassStmt>(begin);
  statement->name = target->name;
  statement->target = target;
  statement->bases = bases;
  statement->decorators = decorators;
  statement->body = body;
  statement->scope = program_.scope_count++;
  return statement;
}

}  // namespace cadrecode::script
