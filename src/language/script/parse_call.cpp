// Arguments and parameters, lambdas, comprehensions.
#include "language/script/parser_impl.h"

namespace cadrecode::script {

std::span<Argument> Parser::arguments(Tok closing) {
  std::vector<Argument> list;
  while (!at(closing)) {
    list.push_back(argument());
    if (at(Tok::kFor) && list.back().star == Star::kNone && list.back().name.empty()) {
      Argument& last = list.back();
      last.value =
          comprehension(last.range.begin, ComprehensionKind::kGenerator, last.value, nullptr);
      last.range = last.value->range;
      if (list.size() > 1 || !at(closing)) {
        fail(last.range, "a generator expression among other arguments must be in parentheses");
      }
    }
    if (!accept(Tok::kComma)) break;
  }
  expect(closing, "after the arguments");
  check_arguments(list);
  return arena_.copy(list);
}

Argument Parser::argument() {
  const uint32_t begin = now().range.begin;
  Argument result{{}, Star::kNone, nullptr, {}};
  if (accept(Tok::kStar)) {
    result.star = Star::kOne;
    result.value = expression();
  } else if (accept(Tok::kDoubleStar)) {
    result.star = Star::kTwo;
    result.value = expression();
  } else if (at(Tok::kName) && kind_after() == Tok::kAssign) {
    result.name = text(take());
    take();
    result.value = expression();
  } else {
    result.value = named_expression();
    if (at(Tok::kAssign))
      fail(result.value->range, "the name of a keyword argument must be a plain name");
  }
  result.range = {begin, last_end()};
  return result;
}

void Parser::check_arguments(const std::vector<Argument>& list) const {
  bool keyword = false, unpacked = false;
  for (size_t i = 0; i < list.size(); ++i) {
    const Argument& a = list[i];
    if (a.name.empty() && a.star == Star::kNone) {
      if (unpacked) fail(a.range, "positional argument follows keyword argument unpacking");
      if (keyword) fail(a.range, "positional argument follows keyword argument");
    }
    if (a.star == Star::kOne && unpacked) {
      fail(a.range, "iterable argument unpacking follows keyword argument unpacking");
    }
    keyword |= !a.name.empty();
    unpacked |= a.star == Star::kTwo;
    if (a.name.empty() || list.size() > 1000) continue;
    for (size_t k = 0; k < i; ++k) {
      if (list[k].name == a.name)
        fail(a.range, "keyword argument repeated: " + std::string(a.name));
    }
  }
}

Comprehension* Parser::comprehension(uint32_t begin, ComprehensionKind result, Expr* element,
                                     Expr* value) {
  if (element->kind == ExprKind::kStarred) {
    fail(element->range, "iterable unpacking cannot be used in a comprehension");
  }
  std::vector<Clause> clauses;
  if (at(Tok::kAsync)) refuse(now().range, "async");
  while (accept(Tok::kFor)) {
    Clause clause{};
    clause.target = target_list("in a comprehension");
    expect(Tok::kIn, "in a comprehension");
    clause.iterable = disjunction();
    std::vector<Expr*> conditions;
    while (accept(Tok::kIf)) {
      Expr* condition =
          at(Tok::kName) && kind_after() == Tok::kWalrus ? named_expression() : disjunction();
      conditions.push_back(condition);
    }
    clause.conditions = arena_.copy(conditions);
    clauses.push_back(clause);
    if (at(Tok::kAsync)) refuse(now().range, "async");
  }
  auto* node_ = node<Comprehension>(begin);
  node_->result = result;
  node_->element = element;
  node_->value = value;
  node_->clauses = arena_.copy(clauses);
  node_->scope = program_.scope_count++;
  return node_;
}

Expr* Parser::lambda() {
  const uint32_t begin = take().range.begin;
  const Parameters params = parameters(Tok::kColon, false);
  expect(Tok::kColon, "after lambda's parameters");
  ++function_depth_;
  const bool saw_yield = saw_yield_;
  Expr* body = expression();
  saw_yield_ = saw_yield;
  --function_depth_;
  auto* result = node<Lambda>(begin);
  result->parameters = params;
  result->body = body;
  result->scope = program_.scope_count++;
  return result;
}

Expr* Parser::yield() {
  const Token token = take();
  if (function_depth_ == 0) fail(token.range, "'yield' outside function");
  saw_yield_ = true;
  const bool from = accept(Tok::kFrom);
  Expr* value = nullptr;
  const bool ends =
      at(Tok::kNewline) || at(Tok::kRightParen) || at(Tok::kSemicolon) || at(Tok::kEnd);
  if (from) {
    value = expression();
  } else if (!ends) {
    value = expression_list(true, "after yield");
  }
  auto* result = node<Yield>(token.range.begin);
  result->from = from;
  result->value = value;
  return result;
}

Parameters Parser::parameters(Tok closing, bool annotations) {
  std::vector<ParameterNode> list;
  ParameterKind kind = ParameterKind::kPlain;
  bool bare_star = false, fallback_seen = false;
  while (!at(closing)) {
    const Token start = now();
    if (!list.empty() && list.back().kind == ParameterKind::kKeywords)
      fail(start.range, "parameters cannot follow **" + std::string(list.back().name));
    if (accept(Tok::kSlash)) {
      if (list.empty() || kind != ParameterKind::kPlain ||
          list[0].kind == ParameterKind::kPositionalOnly) {
        fail(start.range, "'/' is misplaced in the parameters");
      }
      for (ParameterNode& p : list) p.kind = ParameterKind::kPositionalOnly;
    } else if (accept(Tok::kDoubleStar)) {
      list.push_back(parameter(ParameterKind::kKeywords, annotations));
      bare_star = false;
    } else if (accept(Tok::kStar)) {
      if (kind == ParameterKind::kKeywordOnly)
        fail(start.range, "* may appear only once in the parameters");
      bare_star = at(Tok::kComma);
      if (!bare_star) list.push_back(parameter(ParameterKind::kRest, annotations));
      kind = ParameterKind::kKeywordOnly;
    } else {
      list.push_back(parameter(kind, annotations));
      bare_star = false;
      if (kind == ParameterKind::kPlain && fallback_seen && !list.back().fallback) {
        fail(start.range, "parameter without a default follows parameter with a default");
      }
      fallback_seen |= list.back().fallback != nullptr;
    }
    if (!accept(Tok::kComma)) break;
  }
  if (bare_star) fail(now().range, "named parameters must follow bare *");
  for (size_t i = 0; i < list.size(); ++i) {
    for (size_t k = 0; k < i; ++k) {
      if (list[k].name == list[i].name)
        fail(list[i].range, "duplicate parameter '" + std::string(list[i].name) + "'");
    }
  }
  if (list.size() > 255) fail(now().range, "more than 255 parameters", ErrorKind::kLimit);
  return arena_.copy(list);
}

ParameterNode Parser::parameter(ParameterKind kind, bool annotations) {
  const Token name = expect(Tok::kName, "in the parameters");
  ParameterNode result{text(name), kind, nullptr, nullptr, name.range};
  if (annotations && accept(Tok::kColon)) result.annotation = expression();
  const bool variadic = kind == ParameterKind::kRest || kind == ParameterKind::kKeywords;
  if (at(Tok::kAssign) && variadic) fail(now().range, "a variadic parameter cannot have a default");
  if (accept(Tok::kAssign)) result.fallback = expression();
  return result;
}

}  // namespace cadrecode::script
