#include "language/script/parser_impl.h"

namespace cadrecode::script {
namespace {

// The operator of an augmented assignment; false for other tokens.
bool augmented_operator(Tok kind, BinaryOperator& op) {
  switch (kind) {
    case Tok::kPlusAssign:
      op = BinaryOperator::kAdd;
      return true;
    case Tok::kMinusAssign:
      op = BinaryOperator::kSubtract;
      return true;
    case Tok::kStarAssign:
      op = BinaryOperator::kMultiply;
      return true;
    case Tok::kSlashAssign:
      op = BinaryOperator::kDivide;
      return true;
    case Tok::kDoubleSlashAssign:
      op = BinaryOperator::kFloorDivide;
      return true;
    case Tok::kPercentAssign:
      op = BinaryOperator::kModulo;
      return true;
    case Tok::kDoubleStarAssign:
      op = BinaryOperator::kPower;
      return true;
    case Tok::kAtAssign:
      op = BinaryOperator::kMatrixMultiply;
      return true;
    case Tok::kAmpersandAssign:
      op = BinaryOperator::kAnd;
      return true;
    case Tok::kBarAssign:
      op = BinaryOperator::kOr;
      return true;
    case Tok::kCaretAssign:
      op = BinaryOperator::kXor;
      return true;
    case Tok::kShiftLeftAssign:
      op = BinaryOperator::kShiftLeft;
      return true;
    case Tok::kShiftRightAssign:
      op = BinaryOperator::kShiftRight;
      return true;
    default:
      return false;
  }
}

}  // namespace

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

void Parser::statement(std::vector<Stmt*>& out) {
  switch (kind()) {
    case Tok::kIf:
      out.push_back(if_statement());
      return;
    case Tok::kFor:
      out.push_back(for_statement());
      return;
    case Tok::kWhile:
      out.push_back(while_statement());
      return;
    case Tok::kTry:
      out.push_back(try_statement());
      return;
    case Tok::kDef:
      out.push_back(function({}, now().range.begin));
      return;
    case Tok::kClass:
      out.push_back(class_statement({}, now().range.begin));
      return;
    case Tok::kAt:
      out.push_back(decorated());
      return;
    case Tok::kWith:
      refuse(now().range, "with statements");
    case Tok::kAsync:
      refuse(now().range, "async statements");
    case Tok::kIndent:
      fail(now().range, "unexpected indent");
    default:
      simple_statements(out);
  }
}

void Parser::simple_statements(std::vector<Stmt*>& out) {
  do {
    out.push_back(simple_statement());
  } while (accept(Tok::kSemicolon) && !at(Tok::kNewline) && !at(Tok::kEnd));
  if (!at(Tok::kNewline)) fail_here("the end of the line");
  take();
}

Stmt* Parser::simple_statement() {
  const Token token = now();
  switch (token.kind) {
    case Tok::kPass:
      take();
      return node<Pass>(token.range.begin);
    case Tok::kBreak:
      if (loop_depth_ == 0) fail(token.range, "'break' outside loop");
      take();
      return node<Break>(token.range.begin);
    case Tok::kContinue:
      if (loop_depth_ == 0) fail(token.range, "'continue' not properly in loop");
      take();
      return node<Continue>(token.range.begin);
    case Tok::kReturn:
      return return_statement();
    case Tok::kRaise:
      return raise_statement();
    case Tok::kAssert:
      return assert_statement();
    case Tok::kDel:
      return delete_statement();
    case Tok::kGlobal:
      return names_statement<Global>();
    case Tok::kNonlocal:
      return names_statement<Nonlocal>();
    case Tok::kImport:
      return import_statement();
    case Tok::kFrom:
      return import_from();
    case Tok::kYield: {
      Expr* value = yield();
      auto* statement = node<ExpressionStmt>(token.range.begin);
      statement->value = value;
      return statement;
    }
    default:
      return expression_statement();
  }
}

// The right side of an assignment.
Expr* Parser::assigned_value() {
  if (at(Tok::kYield)) return yield();
  Expr* value = expression_list(true, "in an assignment");
  if (value->kind == ExprKind::kStarred) fail(value->range, "cannot use starred expression here");
  return value;
}

Stmt* Parser::expression_statement() {
  refuse_match();
  const uint32_t begin = now().range.begin;
  const bool parenthesized = at(Tok::kLeftParen);
  Expr* first = expression_list(true, "in a statement");
  BinaryOperator op;
  if (at(Tok::kColon)) {
    Stmt* statement = annotated(begin, first);
    static_cast<Annotated*>(statement)->parenthesized =
        parenthesized && first->kind == ExprKind::kName;
    return statement;
  }
  if (augmented_operator(kind(), op)) return augmented(begin, first, op);
  if (!at(Tok::kAssign)) {
    if (first->kind == ExprKind::kStarred) fail(first->range, "cannot use starred expression here");
    auto* statement = node<ExpressionStmt>(begin);
    statement->value = first;
    return statement;
  }
  std::vector<Expr*> chain{first};
  while (accept(Tok::kAssign)) {
    if (at(Tok::kYield)) {
      chain.push_back(yield());
      break;
    }
    chain.push_back(expression_list(true, "in an assignment"));
  }
  for (size_t i = 0; i + 1 < chain.size(); ++i) {
    if (chain[i]->kind == ExprKind::kStarred) {
      fail(chain[i]->range, "starred assignment target must be in a list or tuple");
    }
    check_target(chain[i], TargetUse::kAssign);
  }
  if (chain.back()->kind == ExprKind::kStarred)
    fail(chain.back()->range, "cannot use starred expression here");
  auto* assign = node<Assign>(begin);
  assign->value = chain.back();
  chain.pop_back();
  assign->targets = arena_.copy(chain);
  return assign;
}

Stmt* Parser::annotated(uint32_t begin, Expr* target) {
  if (target->kind == ExprKind::kTuple || target->kind == ExprKind::kList) {
    fail(target->range, "only single target (not tuple) can be annotated");
  }
  if (target->kind != ExprKind::kName && target->kind != ExprKind::kAttribute &&
      target->kind != ExprKind::kSubscript) {
    fail(now().range, "invalid syntax: unexpected ':'");
  }
  take();
  Expr* annotation = expression();
  Expr* value = accept(Tok::kAssign) ? assigned_value() : nullptr;
  auto* statement = node<Annotated>(begin);
  statement->target = target;
  statement->annotation = annotation;
  statement->value = value;
  return statement;
}

Stmt* Parser::augmented(uint32_t begin, Expr* target, BinaryOperator op) {
  check_target(target, TargetUse::kAugmented);
  take();
  Expr* value = assigned_value();
  auto* statement = node<Augmented>(begin);
  statement->op = op;
  statement->target = target;
  statement->value = value;
  return statement;
}

// "match x:" followed by an indented "case" is the statement; anything else
// that starts with the name match is an expression.
void Parser::refuse_match() const {
  if (!at(Tok::kName) || text(now()) != "match") return;
  for (size_t i = next_; i + 3 < tokens_.size() && tokens_[i].kind != Tok::kNewline; ++i) {
    if (tokens_[i].kind == Tok::kColon && tokens_[i + 1].kind == Tok::kNewline &&
        tokens_[i + 2].kind == Tok::kIndent && text(tokens_[i + 3]) == "case") {
      refuse(now().range, "match statements");
    }
  }
}

Stmt* Parser::return_statement() {
  const Token token = take();
  if (function_depth_ == 0) fail(token.range, "'return' outside function");
  Expr* value = nullptr;
  if (!at(Tok::kNewline) && !at(Tok::kSemicolon)) value = assigned_value();
  auto* statement = node<Return>(token.range.begin);
  statement->value = value;
  return statement;
}

Stmt* Parser::raise_statement() {
  const uint32_t begin = take().range.begin;
  Expr *value = nullptr, *cause = nullptr;
  if (!at(Tok::kNewline) && !at(Tok::kSemicolon)) {
    value = expression();
    if (accept(Tok::kFrom)) cause = expression();
  }
  auto* statement = node<Raise>(begin);
  statement->value = value;
  statement->cause = cause;
  return statement;
}

Stmt* Parser::assert_statement() {
  const uint32_t begin = take().range.begin;
  Expr* condition = expression();
  Expr* message = accept(Tok::kComma) ? expression() : nullptr;
  auto* statement = node<Assert>(begin);
  statement->condition = condition;
  statement->message = message;
  return statement;
}

Stmt* Parser::delete_statement() {
  const uint32_t begin = take().range.begin;
  std::vector<Expr*> targets;
  do {
    if (at(Tok::kNewline) || at(Tok::kSemicolon)) break;
    targets.push_back(postfix());
    check_target(targets.back(), TargetUse::kDelete);
  } while (accept(Tok::kComma));
  if (targets.empty()) fail_here("what to delete");
  auto* statement = node<Delete>(begin);
  statement->targets = arena_.copy(targets);
  return statement;
}

// global a, b; nonlocal a, b
template <class T>
Stmt* Parser::names_statement() {
  const Token token = take();
  if (std::is_same_v<T, Nonlocal> && function_depth_ == 0) {
    fail(token.range, "nonlocal declaration not allowed at module level");
  }
  std::vector<std::string_view> names;
  do names.push_back(text(expect(Tok::kName, "in a declaration")));
  while (accept(Tok::kComma));
  auto* statement = node<T>(token.range.begin);
  statement->names = arena_.copy(names);
  return statement;
}

std::string_view Parser::dotted_name() {
  const Token first = expect(Tok::kName, "in an import");
  Range range = first.range;
  bool plain = true;
  std::string joined(text(first));
  while (accept(Tok::kDot)) {
    const Token part = expect(Tok::kName, "in an import");
    plain &= part.range.begin == range.end + 1;
    range.end = part.range.end;
    joined += '.';
    joined += text(part);
  }
  return plain ? source_.at(range) : arena_.copy(joined);
}

Stmt* Parser::import_statement() {
  const uint32_t begin = take().range.begin;
  std::vector<ImportName> names;
  do {
    const Token first = now();
    ImportName name{dotted_name(), nullptr, nullptr, {}};
    name.range = {first.range.begin, last_end()};
    if (accept(Tok::kAs)) name.alias = take_name("after 'as'");
    // Without an alias, `import a.b` binds `a`.
    name.target = name.alias ? name.alias : name_node(first);
    names.push_back(name);
  } while (accept(Tok::kComma));
  auto* statement = node<Import>(begin);
  statement->names = arena_.copy(names);
  return statement;
}

Stmt* Parser::import_from() {
  const uint32_t begin = take().range.begin;
  if (at(Tok::kDot) || at(Tok::kEllipsis)) refuse(now().range, "relative imports");
  const uint32_t module_begin = now().range.begin;
  const std::string_view module = dotted_name();
  const Range module_range{module_begin, last_end()};
  expect(Tok::kImport, "in a from-import");
  std::vector<ImportName> names;
  if (at(Tok::kStar)) {
    const Token star = take();
    if (function_depth_ > 0) fail(star.range, "import * only allowed at module level");
    names.push_back({text(star), nullptr, nullptr, star.range});
  } else {
    const bool parenthesized = accept(Tok::kLeftParen);
    do {
      if (parenthesized && !names.empty() && at(Tok::kRightParen)) break;
      const Token name = expect(Tok::kName, "in a from-import");
      ImportName entry{text(name), nullptr, nullptr, name.range};
      if (accept(Tok::kAs)) entry.alias = take_name("after 'as'");
      entry.target = entry.alias ? entry.alias : name_node(name);
      names.push_back(entry);
    } while (accept(Tok::kComma));
    if (parenthesized) expect(Tok::kRightParen, "after the imported names");
  }
  auto* statement = node<ImportFrom>(begin);
  statement->module = module;
  statement->module_range = module_range;
  statement->names = arena_.copy(names);
  return statement;
}

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
