// What may stand on the left of an assignment.
#include "language/script/parser_impl.h"

namespace cadrecode::script {

Expr* Parser::target_list(const char* where) {
  const uint32_t begin = now().range.begin;
  const auto element = [&]() -> Expr* {
    if (at(Tok::kStar)) return star_or_named();
    Expr* target = postfix();
    return target;
  };
  Expr* target = element();
  if (at(Tok::kComma)) {
    std::vector<Expr*> elements{target};
    while (accept(Tok::kComma)) {
      if (at(Tok::kIn)) break;
      elements.push_back(element());
    }
    auto* tuple = node<TupleExpr>(begin);
    tuple->elements = arena_.copy(elements);
    target = tuple;
  } else if (target->kind == ExprKind::kStarred) {
    fail(target->range, std::string("a starred target must be in a list or tuple ") + where);
  }
  check_target(target, TargetUse::kAssign);
  return target;
}

const char* Parser::describe_expr(const Expr& expr) const {
  switch (expr.kind) {
    case ExprKind::kInteger:
    case ExprKind::kFloat:
    case ExprKind::kString:
      return "literal";
    case ExprKind::kJoinedString:
      return "f-string expression";
    case ExprKind::kConstant: {
      switch (as<Constant>(expr).value) {
        case ConstantKind::kNone:
          return "None";
        case ConstantKind::kTrue:
          return "True";
        case ConstantKind::kFalse:
          return "False";
        default:
          return "ellipsis";
      }
    }
    case ExprKind::kCall:
      return "function call";
    case ExprKind::kLambda:
      return "lambda";
    case ExprKind::kCompare:
      return "comparison";
    case ExprKind::kConditional:
      return "conditional expression";
    case ExprKind::kComprehension:
      return "comprehension";
    case ExprKind::kDict:
      return "dict literal";
    case ExprKind::kSet:
      return "set display";
    case ExprKind::kNamed:
      return "named expression";
    case ExprKind::kYield:
      return "yield expression";
    case ExprKind::kTuple:
      return "tuple";
    case ExprKind::kList:
      return "list";
    case ExprKind::kStarred:
      return "starred";
    default:
      return "expression";
  }
}

void Parser::check_target(Expr* target, TargetUse use) const {
  const char* verb = use == TargetUse::kDelete ? "delete" : "assign to";
  switch (target->kind) {
    case ExprKind::kName:
    case ExprKind::kAttribute:
    case ExprKind::kSubscript:
      return;
    case ExprKind::kTuple:
    case ExprKind::kList: {
      if (use == TargetUse::kAugmented) break;
      const Exprs elements = target->kind == ExprKind::kTuple ? as<TupleExpr>(*target).elements
                                                              : as<ListExpr>(*target).elements;
      int stars = 0;
      for (Expr* e : elements) {
        const Starred* star = get_if<Starred>(e);
        if (star && use == TargetUse::kDelete) fail(e->range, "cannot delete starred");
        if (star && ++stars > 1) fail(e->range, "multiple starred expressions in assignment");
        check_target(star ? star->value : e, use);
      }
      return;
    }
    default:
      break;
  }
  fail(target->range, std::string("cannot ") + verb + " " + describe_expr(*target));
}

}  // namespace cadrecode::script
