// Walking the tree without knowing every node.
#pragma once

#include "language/script/ast.h"

namespace cadrecode::script {

// Calls `visit` for the direct children of an expression that belong to the same
// scope: not for the body of a lambda, nor the parts of an f-string.
template <class F>
void visit_children(const Expr& e, F&& visit) {
  const auto each = [&](Exprs items) {
    for (const Expr* item : items) {
      if (item) visit(*item);
    }
  };
  const auto maybe = [&](const Expr* item) {
    if (item) visit(*item);
  };
  switch (e.kind) {
    case ExprKind::kTuple:
      each(as<TupleExpr>(e).elements);
      break;
    case ExprKind::kList:
      each(as<ListExpr>(e).elements);
      break;
    case ExprKind::kSet:
      each(as<SetExpr>(e).elements);
      break;
    case ExprKind::kDict:
      each(as<DictExpr>(e).keys), each(as<DictExpr>(e).values);
      break;
    case ExprKind::kUnary:
      visit(*as<Unary>(e).operand);
      break;
    case ExprKind::kBinary:
      visit(*as<Binary>(e).left), visit(*as<Binary>(e).right);
      break;
    case ExprKind::kLogic:
      each(as<Logic>(e).operands);
      break;
    case ExprKind::kCompare:
      visit(*as<Compare>(e).first);
      for (const Comparison& c : as<Compare>(e).rest) visit(*c.right);
      break;
    case ExprKind::kConditional:
      visit(*as<Conditional>(e).condition), visit(*as<Conditional>(e).yes),
          visit(*as<Conditional>(e).no);
      break;
    case ExprKind::kCall:
      visit(*as<CallExpr>(e).callee);
      for (const Argument& a : as<CallExpr>(e).arguments) visit(*a.value);
      break;
    case ExprKind::kAttribute:
      visit(*as<Attribute>(e).object);
      break;
    case ExprKind::kSubscript:
      visit(*as<Subscript>(e).object), visit(*as<Subscript>(e).index);
      break;
    case ExprKind::kSlice:
      maybe(as<SliceExpr>(e).start), maybe(as<SliceExpr>(e).stop), maybe(as<SliceExpr>(e).step);
      break;
    case ExprKind::kStarred:
      visit(*as<Starred>(e).value);
      break;
    case ExprKind::kComprehension: {
      const auto& c = as<Comprehension>(e);
      visit(*c.element), maybe(c.value);
      for (const Clause& clause : c.clauses) visit(*clause.iterable), each(clause.conditions);
      break;
    }
    case ExprKind::kNamed:
      visit(*as<Named>(e).value);
      break;
    case ExprKind::kYield:
      maybe(as<Yield>(e).value);
      break;
    default:
      break;
  }
}

}  // namespace cadrecode::script
