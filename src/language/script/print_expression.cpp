#include <cmath>

#include "language/script/printer_impl.h"

namespace cadrecode::script {

namespace {

int rank(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::kOr:
      return kBitOr;
    case BinaryOperator::kXor:
      return kBitXor;
    case BinaryOperator::kAnd:
      return kBitAnd;
    case BinaryOperator::kShiftLeft:
    case BinaryOperator::kShiftRight:
      return kShift;
    case BinaryOperator::kAdd:
    case BinaryOperator::kSubtract:
      return kSum;
    case BinaryOperator::kPower:
      return kPowerRank;
    default:
      return kProduct;
  }
}

int rank(const Expr& e) {
  switch (e.kind) {
    case ExprKind::kLambda:
      return kLambdaRank;
    case ExprKind::kConditional:
      return kConditionalRank;
    case ExprKind::kLogic:
      return as<Logic>(e).is_and ? kAndRank : kOrRank;
    case ExprKind::kCompare:
      return kCompareRank;
    case ExprKind::kUnary:
      return as<Unary>(e).op == UnaryOperator::kNot ? kNotRank : kUnaryRank;
    case ExprKind::kBinary:
      return rank(as<Binary>(e).op);
    default:
      return kAtom;  // tuples, yields and := bring their own parentheses
  }
}

}  // namespace

const char* spelling(BinaryOperator op) {
  static constexpr const char* kWords[] = {"+", "-", "*", "/", "//", "%", "**",
                                           "@", "&", "|", "^", "<<", ">>"};
  return kWords[static_cast<int>(op)];
}

namespace {

const char* spelling(CompareOperator op) {
  static constexpr const char* kWords[] = {"==", "!=", "<",      "<=", ">",
                                           ">=", "is", "is not", "in", "not in"};
  return kWords[static_cast<int>(op)];
}

// What the child of a chain must bind at least as tightly as.
int chain_requirement(const Expr& parent) {
  if (parent.kind != ExprKind::kBinary) return kAtom;
  const BinaryOperator op = as<Binary>(parent).op;
  return op == BinaryOperator::kPower ? kAtom : rank(op);
}

}  // namespace

void Printer::tuple(Exprs items, bool parentheses) {
  if (parentheses || items.empty()) out += '(';
  list(items);
  if (items.size() == 1) out += ',';
  if (parentheses || items.empty()) out += ')';
}

// Where Python needs no parentheses around a tuple.
void Printer::bare_tuple(const Expr& e) {
  if (const auto* t = get_if<TupleExpr>(&e)) {
    tuple(t->elements, false);
  } else {
    expr(e, kAny);
  }
}

bool Printer::chain_child_parenthesized(const Expr& parent, const Expr& child) const {
  if (parent.kind == ExprKind::kAttribute && child.kind == ExprKind::kInteger) return true;
  return rank(child) < chain_requirement(parent);
}

void Printer::expr(const Expr& e, int minimum) {
  const bool parentheses = rank(e) < minimum;
  if (parentheses) out += '(';
  std::vector<const Expr*> chain{&e};
  while (const Expr* child = chain_child(*chain.back())) chain.push_back(child);
  for (size_t i = 0; i + 1 < chain.size(); ++i) {
    if (chain_child_parenthesized(*chain[i], *chain[i + 1])) out += '(';
  }
  simple(*chain.back());
  for (size_t i = chain.size() - 1; i-- > 0;) {
    if (chain_child_parenthesized(*chain[i], *chain[i + 1])) out += ')';
    chain_tail(*chain[i]);
  }
  if (parentheses) out += ')';
}

// What a chain adds to its child.
void Printer::chain_tail(const Expr& e) {
  switch (e.kind) {
    case ExprKind::kCall:
      arguments(as<CallExpr>(e).arguments);
      return;
    case ExprKind::kAttribute:
      out += '.';
      out += as<Attribute>(e).name;
      return;
    case ExprKind::kSubscript:
      out += '[';
      subscript_index(*as<Subscript>(e).index);
      out += ']';
      return;
    default:
      break;
  }
  const auto& binary = as<Binary>(e);
  const bool power = binary.op == BinaryOperator::kPower;
  out += std::string(" ") + spelling(binary.op) + " ";
  expr(*binary.right, power ? kUnaryRank : rank(binary.op) + 1);
}

void Printer::subscript_index(const Expr& e) {
  const auto* t = get_if<TupleExpr>(&e);
  if (t && !t->elements.empty()) {
    tuple(t->elements, false);
  } else {
    expr(e, kAny);
  }
}

void Printer::simple(const Expr& e) {
  switch (e.kind) {
    case ExprKind::kName:
      out += as<Name>(e).name;
      break;
    case ExprKind::kInteger:
      out += std::to_string(as<Integer>(e).value);
      break;
    case ExprKind::kFloat: {
      const double value = as<Float>(e).value;
      out += std::isinf(value) ? "1e999" : number_text(value);
      break;
    }
    case ExprKind::kString:
      quoted(as<String>(e).text);
      break;
    case ExprKind::kJoinedString:
      joined_string(as<JoinedString>(e));
      break;
    case ExprKind::kConstant: {
      static constexpr const char* kWords[] = {"None", "True", "False", "..."};
      out += kWords[static_cast<int>(as<Constant>(e).value)];
      break;
    }
    case ExprKind::kTuple:
      tuple(as<TupleExpr>(e).elements, true);
      break;
    case ExprKind::kList:
      out += '[', list(as<ListExpr>(e).elements), out += ']';
      break;
    case ExprKind::kSet:
      out += '{', list(as<SetExpr>(e).elements), out += '}';
      break;
    case ExprKind::kDict: {
      const auto& d = as<DictExpr>(e);
      out += '{';
      for (size_t i = 0; i < d.keys.size(); ++i) {
        if (i > 0) out += ", ";
        if (d.keys[i]) {
          expr(*d.keys[i], kLambdaRank);
          out += ": ";
          expr(*d.values[i], kLambdaRank);
        } else {
          out += "**";
          expr(*d.values[i], kBitOr);
        }
      }
      out += '}';
      break;
    }
    case ExprKind::kUnary: {
      static constexpr const char* kWords[] = {"-", "+", "~", "not "};
      const auto& u = as<Unary>(e);
      out += kWords[static_cast<int>(u.op)];
      expr(*u.operand, u.op == UnaryOperator::kNot ? kNotRank : kUnaryRank);
      break;
    }
    case ExprKind::kLogic: {
      const auto& l = as<Logic>(e);
      for (size_t i = 0; i < l.operands.size(); ++i) {
        if (i > 0) out += l.is_and ? " and " : " or ";
        expr(*l.operands[i], l.is_and ? kNotRank : kAndRank);
      }
      break;
    }
    case ExprKind::kCompare: {
      expr(*as<Compare>(e).first, kBitOr);
      for (const Comparison& c : as<Compare>(e).rest) {
        out += std::string(" ") + spelling(c.op) + " ";
        expr(*c.right, kBitOr);
      }
      break;
    }
    case ExprKind::kConditional: {
      const auto& c = as<Conditional>(e);
      expr(*c.yes, kOrRank);
      out += " if ";
      expr(*c.condition, kOrRank);
      out += " else ";
      expr(*c.no, kLambdaRank);
      break;
    }
    case ExprKind::kSlice: {
      const auto& s = as<SliceExpr>(e);
      if (s.start) expr(*s.start, kLambdaRank);
      out += ':';
      if (s.stop) expr(*s.stop, kLambdaRank);
      if (s.step) out += ':', expr(*s.step, kLambdaRank);
      break;
    }
    case ExprKind::kStarred:
      out += '*', expr(*as<Starred>(e).value, kBitOr);
      break;
    case ExprKind::kLambda: {
      const auto& l = as<Lambda>(e);
      out += l.parameters.empty() ? "lambda" : "lambda ";
      parameters(l.parameters);
      out += ": ";
      expr(*l.body, kLambdaRank);
      break;
    }
    case ExprKind::kComprehension:
      comprehension(as<Comprehension>(e));
      break;
    case ExprKind::kNamed: {
      const auto& n = as<Named>(e);
      out += "(" + std::string(n.target->name) + " := ";
      expr(*n.value, kLambdaRank);
      out += ')';
      break;
    }
    case ExprKind::kYield: {
      const auto& y = as<Yield>(e);
      out += y.from ? "(yield from" : "(yield";
      if (y.value) out += ' ', expr(*y.value, kLambdaRank);
      out += ')';
      break;
    }
    default:
      break;  // chains are expr()'s
  }
}

void Printer::arguments(std::span<const Argument> items) {
  const auto* only = items.size() == 1 && items[0].name.empty() && items[0].star == Star::kNone
                         ? get_if<Comprehension>(items[0].value)
                         : nullptr;
  if (only && only->result == ComprehensionKind::kGenerator) {
    comprehension(*only);  // its parentheses are the call's
    return;
  }
  out += '(';
  comma_separated(items, [&](const Argument& a) {
    out += a.star == Star::kOne ? "*" : a.star == Star::kTwo ? "**" : "";
    if (!a.name.empty()) out += std::string(a.name) + "=";
    expr(*a.value, kLambdaRank);
  });
  out += ')';
}

void Printer::parameters(Parameters items) {
  bool star = false;
  for (size_t i = 0; i < items.size(); ++i) {
    const ParameterNode& p = items[i];
    if (i > 0) out += ", ";
    if (p.kind == ParameterKind::kKeywordOnly && !star) out += "*, ", star = true;
    if (p.kind == ParameterKind::kRest) out += '*', star = true;
    if (p.kind == ParameterKind::kKeywords) out += "**";
    out += p.name;
    if (p.annotation) out += ": ", expr(*p.annotation, kLambdaRank);
    if (p.fallback) out += p.annotation ? " = " : "=", expr(*p.fallback, kLambdaRank);
    const bool last_positional_only = p.kind == ParameterKind::kPositionalOnly &&
                                      (i + 1 == items.size() || items[i + 1].kind != p.kind);
    if (last_positional_only) out += ", /";
  }
}

void Printer::comprehension(const Comprehension& c) {
  static constexpr const char kOpen[] = {'[', '{', '{', '('};
  static constexpr const char kClose[] = {']', '}', '}', ')'};
  out += kOpen[static_cast<int>(c.result)];
  expr(*c.element, kLambdaRank);
  if (c.value) out += ": ", expr(*c.value, kLambdaRank);
  for (const Clause& clause : c.clauses) {
    out += " for ";
    bare_tuple(*clause.target);
    out += " in ";
    expr(*clause.iterable, kOrRank);
    for (const Expr* condition : clause.conditions) {
      out += " if ";
      expr(*condition, kOrRank);
    }
  }
  out += kClose[static_cast<int>(c.result)];
}

// f-strings use ' outside and " inside, so that older Pythons read them, too.
void Printer::joined_string(const JoinedString& s) {
  const char mark = string_depth_ % 2 == 0 ? '\'' : '"';
  out += std::string("f") + mark;
  parts(s.parts, false);
  out += mark;
}

void Printer::parts(std::span<const StringPart> items, bool in_format) {
  const char mark = string_depth_ % 2 == 0 ? '\'' : '"';
  for (const StringPart& p : items) {
    if (!p.value) {
      escaped(p.text, mark, true, in_format);
      continue;
    }
    ++string_depth_;
    out += '{';
    const size_t start = out.size();
    expr(*p.value, kOrRank);
    if (out[start] == '{') out.insert(start, " ");
    if (out.back() == '}') out += ' ';
    if (p.conversion) out += std::string("!") + p.conversion;
    --string_depth_;
    if (p.has_format) out += ':', parts(p.format, true);
    out += '}';
  }
}

void Printer::quoted(std::string_view text) {
  if (string_depth_ == 0) {
    out += quote(text);
    return;
  }
  const char mark = string_depth_ % 2 == 0 ? '\'' : '"';
  out += mark;
  escaped(text, mark, false, false);
  out += mark;
}

void Printer::escaped(std::string_view text, char mark, bool field_text, bool in_format) {
  size_t begin = 0;
  for (size_t i = 0; field_text && i < text.size(); ++i) {
    const char c = text[i];
    const bool brace = c == '{' || c == '}';
    if (!brace && !(in_format && c == mark)) continue;
    append_escaped(text.substr(begin, i - begin), mark, out);
    if (in_format) {
      append_escape(static_cast<unsigned char>(c), out);
    } else {
      out += c, out += c;
    }
    begin = i + 1;
  }
  append_escaped(text.substr(begin), mark, out);
}

}  // namespace cadrecode::script
