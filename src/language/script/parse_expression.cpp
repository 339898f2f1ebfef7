#include <charconv>
#include <cstdlib>

#include "language/script/parser_impl.h"

namespace cadrecode::script {
namespace {

struct OperatorRank {
  BinaryOperator op;
  int rank;  // higher binds tighter; 0: not a binary operator
};

OperatorRank binary_operator(Tok kind) {
  switch (kind) {
    case Tok::kBar:
      return {BinaryOperator::kOr, 1};
    case Tok::kCaret:
      return {BinaryOperator::kXor, 2};
    case Tok::kAmpersand:
      return {BinaryOperator::kAnd, 3};
    case Tok::kShiftLeft:
      return {BinaryOperator::kShiftLeft, 4};
    case Tok::kShiftRight:
      return {BinaryOperator::kShiftRight, 4};
    case Tok::kPlus:
      return {BinaryOperator::kAdd, 5};
    case Tok::kMinus:
      return {BinaryOperator::kSubtract, 5};
    case Tok::kStar:
      return {BinaryOperator::kMultiply, 6};
    case Tok::kSlash:
      return {BinaryOperator::kDivide, 6};
    case Tok::kDoubleSlash:
      return {BinaryOperator::kFloorDivide, 6};
    case Tok::kPercent:
      return {BinaryOperator::kModulo, 6};
    case Tok::kAt:
      return {BinaryOperator::kMatrixMultiply, 6};
    default:
      return {BinaryOperator::kAdd, 0};
  }
}

}  // namespace

Expr* Parser::expression_list(bool starred, const char* where) {
  const uint32_t begin = now().range.begin;
  const auto element = [&] { return starred ? star_or_named() : expression(); };
  Expr* first = element();
  if (!at(Tok::kComma)) return first;
  std::vector<Expr*> elements{first};
  while (accept(Tok::kComma)) {
    switch (kind()) {
      case Tok::kNewline:
      case Tok::kEnd:
      case Tok::kAssign:
      case Tok::kSemicolon:
      case Tok::kRightParen:
      case Tok::kRightBracket:
      case Tok::kRightBrace:
      case Tok::kColon:
        break;
      default:
        elements.push_back(element());
        continue;
    }
    break;
  }
  (void)where;
  auto* tuple = node<TupleExpr>(begin);
  tuple->elements = arena_.copy(elements);
  return tuple;
}

Expr* Parser::star_or_named() {
  if (!at(Tok::kStar)) return named_expression();
  const uint32_t begin = take().range.begin;
  Expr* value = binary(1);
  auto* star = node<Starred>(begin);
  star->value = value;
  return star;
}

Expr* Parser::named_expression() {
  if (at(Tok::kName) && kind_after() == Tok::kWalrus) {
    const Token name = take();
    Name* target = name_node(name);
    take();
    Expr* value = expression();
    auto* named = node<Named>(name.range.begin);
    named->target = target;
    program_.has_named = true;
    named->value = value;
    return named;
  }
  return expression();
}

Expr* Parser::expression() {
  const Level level(*this);
  if (at(Tok::kLambda)) return lambda();
  const uint32_t begin = now().range.begin;
  Expr* yes = disjunction();
  if (!accept(Tok::kIf)) return yes;
  Expr* condition = disjunction();
  expect(Tok::kElse, "in a conditional expression");
  Expr* no = expression();
  auto* conditional = node<Conditional>(begin);
  conditional->condition = condition;
  conditional->yes = yes;
  conditional->no = no;
  return conditional;
}

Expr* Parser::disjunction() {
  const uint32_t begin = now().range.begin;
  Expr* first = conjunction();
  if (!at(Tok::kOr)) return first;
  std::vector<Expr*> operands{first};
  while (accept(Tok::kOr)) operands.push_back(conjunction());
  auto* logic = node<Logic>(begin);
  logic->is_and = false;
  logic->operands = arena_.copy(operands);
  return logic;
}

Expr* Parser::conjunction() {
  const uint32_t begin = now().range.begin;
  Expr* first = inversion();
  if (!at(Tok::kAnd)) return first;
  std::vector<Expr*> operands{first};
  while (accept(Tok::kAnd)) operands.push_back(inversion());
  auto* logic = node<Logic>(begin);
  logic->is_and = true;
  logic->operands = arena_.copy(operands);
  return logic;
}

Expr* Parser::inversion() {
  if (!at(Tok::kNot)) return comparison();
  const Level level(*this);
  const uint32_t begin = take().range.begin;
  Expr* operand = inversion();
  auto* unary = node<Unary>(begin);
  unary->op = UnaryOperator::kNot;
  unary->operand = operand;
  return unary;
}

bool Parser::comparison_operator(CompareOperator& op) {
  switch (kind()) {
    case Tok::kEqual:
      op = CompareOperator::kEqual;
      break;
    case Tok::kNotEqual:
      op = CompareOperator::kNotEqual;
      break;
    case Tok::kLess:
      op = CompareOperator::kLess;
      break;
    case Tok::kLessEqual:
      op = CompareOperator::kLessEqual;
      break;
    case Tok::kGreater:
      op = CompareOperator::kGreater;
      break;
    case Tok::kGreaterEqual:
      op = CompareOperator::kGreaterEqual;
      break;
    case Tok::kIn:
      op = CompareOperator::kIn;
      break;
    case Tok::kNot:
      if (kind_after() != Tok::kIn) return false;
      take();
      op = CompareOperator::kNotIn;
      break;
    case Tok::kIs:
      op = CompareOperator::kIs;
      if (kind_after() == Tok::kNot) {
        take();
        op = CompareOperator::kIsNot;
      }
      break;
    default:
      return false;
  }
  take();
  return true;
}

Expr* Parser::comparison() {
  const uint32_t begin = now().range.begin;
  Expr* first = binary(1);
  CompareOperator op;
  if (!comparison_operator(op)) return first;
  std::vector<Comparison> rest;
  do {
    rest.push_back({op, binary(1)});
  } while (comparison_operator(op));
  auto* compare = node<Compare>(begin);
  compare->first = first;
  compare->rest = arena_.copy(rest);
  return compare;
}

Expr* Parser::binary(int minimum) {
  const uint32_t begin = now().range.begin;
  Expr* left = unary();
  for (;;) {
    const OperatorRank rank = binary_operator(kind());
    if (rank.rank == 0 || rank.rank < minimum) return left;
    const Token op = take();
    Expr* right = binary(rank.rank + 1);
    auto* both = node<Binary>(begin);
    both->op = rank.op;
    both->op_range = op.range;
    both->left = left;
    both->right = right;
    left = both;
  }
}

Expr* Parser::unary() {
  UnaryOperator op;
  switch (kind()) {
    case Tok::kMinus:
      op = UnaryOperator::kNegative;
      break;
    case Tok::kPlus:
      op = UnaryOperator::kPositive;
      break;
    case Tok::kTilde:
      op = UnaryOperator::kInvert;
      break;
    default:
      return power();
  }
  const Level level(*this);
  const uint32_t begin = take().range.begin;
  Expr* operand = unary();
  auto* result = node<Unary>(begin);
  result->op = op;
  result->operand = operand;
  return result;
}

Expr* Parser::power() {
  const uint32_t begin = now().range.begin;
  Expr* base = postfix();
  if (!at(Tok::kDoubleStar)) return base;
  const Level level(*this);
  const Token op = take();
  Expr* exponent = unary();
  auto* both = node<Binary>(begin);
  both->op = BinaryOperator::kPower;
  both->op_range = op.range;
  both->left = base;
  both->right = exponent;
  return both;
}

Expr* Parser::postfix() {
  const uint32_t begin = now().range.begin;
  if (at(Tok::kAwait)) refuse(now().range, "await");
  Expr* value = atom();
  for (;;) {
    if (accept(Tok::kDot)) {
      const Token name = expect(Tok::kName, "after '.'");
      auto* attribute = node<Attribute>(begin);
      attribute->object = value;
      attribute->name = text(name);
      attribute->name_range = name.range;
      value = attribute;
    } else if (accept(Tok::kLeftParen)) {
      const Level level(*this);
      const auto args = arguments(Tok::kRightParen);
      auto* call = node<CallExpr>(begin);
      call->callee = value;
      call->arguments = args;
      value = call;
    } else if (accept(Tok::kLeftBracket)) {
      const Level level(*this);
      Expr* index = subscript_index();
      expect(Tok::kRightBracket, "after an index");
      auto* subscript = node<Subscript>(begin);
      subscript->object = value;
      subscript->index = index;
      value = subscript;
    } else {
      return value;
    }
  }
}

Expr* Parser::subscript_index() {
  const uint32_t begin = now().range.begin;
  const auto element = [&] { return at(Tok::kStar) ? star_or_named() : slice(); };
  Expr* first = element();
  if (!at(Tok::kComma)) return first;
  std::vector<Expr*> elements{first};
  while (accept(Tok::kComma)) {
    if (at(Tok::kRightBracket)) break;
    elements.push_back(element());
  }
  auto* tuple = node<TupleExpr>(begin);
  tuple->elements = arena_.copy(elements);
  return tuple;
}

Expr* Parser::slice() {
  const uint32_t begin = now().range.begin;
  Expr* start = at(Tok::kColon) ? nullptr : named_expression();
  if (!at(Tok::kColon)) return start;
  const auto ends = [&] { return at(Tok::kColon) || at(Tok::kComma) || at(Tok::kRightBracket); };
  take();
  Expr* stop = ends() ? nullptr : expression();
  Expr* step = nullptr;
  if (accept(Tok::kColon) && !ends()) step = expression();
  auto* result = node<SliceExpr>(begin);
  result->start = start;
  result->stop = stop;
  result->step = step;
  return result;
}

Expr* Parser::atom() {
  const Token token = now();
  switch (token.kind) {
    case Tok::kName:
      take();
      return name_node(token);
    case Tok::kNumber:
      return number();
    case Tok::kString:
      return strings();
    case Tok::kLeftParen:
      return parenthesized();
    case Tok::kLeftBracket:
      return bracketed();
    case Tok::kLeftBrace:
      return braced();
    case Tok::kNone:
    case Tok::kTrue:
    case Tok::kFalse:
    case Tok::kEllipsis: {
      take();
      auto* constant = node<Constant>(token.range.begin);
      constant->value = token.kind == Tok::kNone    ? ConstantKind::kNone
                        : token.kind == Tok::kTrue  ? ConstantKind::kTrue
                        : token.kind == Tok::kFalse ? ConstantKind::kFalse
                                                    : ConstantKind::kEllipsis;
      return constant;
    }
    default:
      fail_here("an expression");
  }
}

Expr* Parser::parenthesized() {
  const Level level(*this);
  const uint32_t begin = take().range.begin;
  if (at(Tok::kYield)) {
    Expr* value = yield();
    expect(Tok::kRightParen, "after yield");
    return value;
  }
  if (accept(Tok::kRightParen)) return node<TupleExpr>(begin);
  Expr* first = star_or_named();
  if (at(Tok::kFor)) {
    Comprehension* generator = comprehension(begin, ComprehensionKind::kGenerator, first, nullptr);
    expect(Tok::kRightParen, "after a generator expression");
    generator->range = {begin, last_end()};
    return generator;
  }
  if (at(Tok::kComma)) {
    std::vector<Expr*> elements{first};
    while (accept(Tok::kComma)) {
      if (at(Tok::kRightParen)) break;
      elements.push_back(star_or_named());
    }
    expect(Tok::kRightParen, "after a tuple");
    auto* tuple = node<TupleExpr>(begin);
    tuple->elements = arena_.copy(elements);
    return tuple;
  }
  expect(Tok::kRightParen, "after an expression");
  if (first->kind == ExprKind::kStarred) fail(first->range, "cannot use starred expression here");
  return first;
}

Expr* Parser::bracketed() {
  const Level level(*this);
  const uint32_t begin = take().range.begin;
  std::vector<Expr*> elements;
  while (!at(Tok::kRightBracket)) {
    elements.push_back(star_or_named());
    if (at(Tok::kFor) && elements.size() == 1) {
      Comprehension* list = comprehension(begin, ComprehensionKind::kList, elements[0], nullptr);
      expect(Tok::kRightBracket, "after a list comprehension");
      list->range = {begin, last_end()};
      return list;
    }
    if (!accept(Tok::kComma)) break;
  }
  expect(Tok::kRightBracket, "after a list");
  auto* list = node<ListExpr>(begin);
  list->elements = arena_.copy(elements);
  return list;
}

Expr* Parser::braced() {
  const Level level(*this);
  const uint32_t begin = take().range.begin;
  std::vector<Expr*> keys, values;
  bool is_dict = at(Tok::kRightBrace), first = true;
  for (; !at(Tok::kRightBrace); first = false) {
    const Token start = now();
    if (first) is_dict = at(Tok::kDoubleStar);
    if (is_dict && accept(Tok::kDoubleStar)) {
      keys.push_back(nullptr);
      values.push_back(binary(1));
    } else {
      Expr* element = star_or_named();
      if (first && at(Tok::kColon)) is_dict = true;
      values.push_back(element);
      if (is_dict) {
        if (element->kind == ExprKind::kStarred)
          fail(start.range, "cannot use a starred expression in a dict");
        keys.push_back(element);
        expect(Tok::kColon, "after a dict key");
        values.back() = expression();
      }
    }
    if (at(Tok::kFor) && first) {
      if (is_dict && !keys[0])
        fail(start.range, "dict unpacking cannot be used in a dict comprehension");
      Comprehension* result =
          comprehension(begin, is_dict ? ComprehensionKind::kDict : ComprehensionKind::kSet,
                        is_dict ? keys[0] : values[0], is_dict ? values[0] : nullptr);
      expect(Tok::kRightBrace, "after a comprehension");
      result->range = {begin, last_end()};
      return result;
    }
    if (!accept(Tok::kComma)) break;
  }
  expect(Tok::kRightBrace, is_dict ? "after a dict" : "after a set");
  if (is_dict) {
    auto* dict = node<DictExpr>(begin);
    dict->keys = arena_.copy(keys);
    dict->values = arena_.copy(values);
    return dict;
  }
  auto* set = node<SetExpr>(begin);
  set->elements = arena_.copy(values);
  return set;
}

Expr* Parser::number() {
  const Token token = take();
  std::string digits;
  for (char c : text(token)) {
    if (c != '_') digits += c;
  }
  const char marker =
      digits.size() > 1 && digits[0] == '0' ? static_cast<char>(digits[1] | 0x20) : '\0';
  const int base = marker == 'x' ? 16 : marker == 'o' ? 8 : marker == 'b' ? 2 : 10;
  if (base == 10 && digits.find_first_of(".eE") != std::string::npos) {
    auto* number = node<Float>(token.range.begin);
    number->value = std::strtod(digits.c_str(), nullptr);
    return number;
  }
  const char* first = digits.data() + (base == 10 ? 0 : 2);
  auto* number = node<Integer>(token.range.begin);
  const auto [end, error] =
      std::from_chars(first, digits.data() + digits.size(), number->value, base);
  if (error == std::errc::result_out_of_range) {
    fail(token.range, "the integer does not fit into 64 bits; write it as a float",
         ErrorKind::kLimit);
  }
  if (error != std::errc() || end != digits.data() + digits.size())
    fail(token.range, "invalid number");
  return number;
}

}  // namespace cadrecode::script
