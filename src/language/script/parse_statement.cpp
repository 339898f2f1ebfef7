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

}  // namespace cadrecode::script
