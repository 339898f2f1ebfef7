#include "language/interpreter/evaluator.h"
#include "language/interpreter/format.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

using namespace script;

Value* Evaluator::variable(const Binding& b, Frame& f) {
  if (b.place == Binding::kGlobal) return &st.globals->slots[b.slot];
  Frame* frame = &f;
  for (uint16_t i = 0; i < b.hops; ++i) frame = frame->parent.get();
  return &frame->slots[b.slot];
}

Value Evaluator::name(const Name& n, Frame& f) {
  const Binding& b = st.resolution.names[n.id];
  const Value& value = *variable(b, f);
  if (!value.is_unset()) return value;
  at(n.range);
  if (b.place == Binding::kLocal) {
    if (b.hops == 0) {
      throw_exception(exception_type("UnboundLocalError"),
                      "cannot access local variable '" + std::string(n.name) +
                          "' where it is not associated with a value");
    }
    throw_exception(exception_type("NameError"),
                    "cannot access free variable '" + std::string(n.name) +
                        "' where it is not associated with a value in enclosing scope");
  }
  const uint32_t slot = b.place == Binding::kClass ? b.fallback : b.slot;
  if (b.place == Binding::kClass && !st.globals->slots[slot].is_unset())
    return st.globals->slots[slot];
  if (!st.builtins[slot].is_unset()) return st.builtins[slot];
  throw_exception(exception_type("NameError"), "name '" + std::string(n.name) + "' is not defined");
}

Value Evaluator::string(const String& e) {
  Value& literal = st.literals[e.id];
  if (literal.is_unset()) literal = Value(e.text);
  return literal;
}

Value Evaluator::eval(const Expr& e, Frame& f) {
  switch (e.kind) {
    case ExprKind::kName:
      return name(as<Name>(e), f);
    case ExprKind::kInteger:
      return as<Integer>(e).value;
    case ExprKind::kFloat:
      return as<Float>(e).value;
    case ExprKind::kString:
      return string(as<String>(e));
    case ExprKind::kConstant:
      switch (as<Constant>(e).value) {
        case ConstantKind::kNone:
          return Value::none();
        case ConstantKind::kTrue:
          return true;
        case ConstantKind::kFalse:
          return false;
        default:
          return ellipsis();
      }
    case ExprKind::kCall:
    case ExprKind::kAttribute:
    case ExprKind::kSubscript:
    case ExprKind::kBinary:
      return chain(e, f);
    case ExprKind::kUnary: {
      const auto& u = as<Unary>(e);
      const Value operand = eval(*u.operand, f);
      if (u.op == UnaryOperator::kNot) return !truth(operand, in);
      if (u.op == UnaryOperator::kNegative && operand.is_float()) return -operand.as_double();
      at(e.range);
      return unary(static_cast<UnaryOp>(u.op), operand, in);
    }
    case ExprKind::kTuple:
      return display(as<TupleExpr>(e).elements, f, Kind::kTuple);
    case ExprKind::kList:
      return display(as<ListExpr>(e).elements, f, Kind::kList);
    case ExprKind::kSet:
      return display(as<SetExpr>(e).elements, f, Kind::kSet);
    case ExprKind::kDict:
      return dict(as<DictExpr>(e), f);
    case ExprKind::kLogic:
      return logic(as<Logic>(e), f);
    case ExprKind::kCompare:
      return comparison(as<Compare>(e), f);
    case ExprKind::kConditional: {
      const auto& c = as<Conditional>(e);
      return eval(condition(*c.condition, f) ? *c.yes : *c.no, f);
    }
    case ExprKind::kJoinedString:
      return joined(as<JoinedString>(e), f);
    case ExprKind::kLambda:
      return lambda(as<Lambda>(e), f);
    case ExprKind::kComprehension:
      return comprehension(as<Comprehension>(e), f);
    case ExprKind::kSlice:
      return slice(as<SliceExpr>(e), f);
    case ExprKind::kNamed: {
      Value value = eval(*as<Named>(e).value, f);
      store(*as<Named>(e).target, value, f);
      return value;
    }
    case ExprKind::kStarred:
      throw Error(ErrorKind::kSyntax, "cannot use starred expression here",
                  st.program->place(e.range));
    case ExprKind::kYield:
      throw Error(ErrorKind::kUnsupported, "yield inside an expression is not supported",
                  st.program->place(e.range));
  }
  return {};
}

// Calls, attributes, indices and binary operators, outwards from the innermost:
// a chain of any length needs no stack.
Value Evaluator::chain(const Expr& top, Frame& f) {
  SmallVector<const Expr*, 12> links;
  const Expr* base = &top;
  while (const Expr* child = chain_child(*base)) {
    links.push_back(base);
    base = child;
  }
  in.check_stack();
  Value value = eval(*base, f);
  for (size_t i = links.size(); i-- > 0;) {
    const Expr& link = *links[i];
    switch (link.kind) {
      case ExprKind::kAttribute: {
        const auto& a = as<Attribute>(link);
        if (i > 0 && links[i - 1]->kind == ExprKind::kCall) {
          value = call_method(value, a, as<CallExpr>(*links[--i]), f);
        } else {
          at(a.name_range);
          value = get_attribute(value, a.name, in);
        }
        break;
      }
      case ExprKind::kCall:
        value = call(value, as<CallExpr>(link), f);
        break;
      case ExprKind::kSubscript: {
        const Expr& index_expr = *as<Subscript>(link).index;
        const Value index = eval(index_expr, f);
        at(index_expr.range);
        value = get_item(value, index, in);
        break;
      }
      default: {
        const auto& b = as<Binary>(link);
        const Value right = eval(*b.right, f);
        at(b.op_range);
        value = binary(static_cast<BinaryOp>(b.op), value, right, in);
        break;
      }
    }
  }
  return value;
}

Value Evaluator::logic(const Logic& e, Frame& f) {
  Value value;
  for (const Expr* operand : e.operands) {
    value = eval(*operand, f);
    if (truth(value, in) != e.is_and) return value;
  }
  return value;
}

Value Evaluator::compare_once(CompareOperator op, const Value& a, const Value& b) {
  switch (op) {
    case CompareOperator::kIs:
      return a.same(b);
    case CompareOperator::kIsNot:
      return !a.same(b);
    case CompareOperator::kIn:
      return contains(b, a, in);
    case CompareOperator::kNotIn:
      return !contains(b, a, in);
    default:
      return compare(static_cast<CompareOp>(op), a, b, in);
  }
}

Value Evaluator::comparison(const Compare& e, Frame& f) {
  Value left = eval(*e.first, f);
  for (size_t i = 0;; ++i) {
    Value right = eval(*e.rest[i].right, f);
    at(e.range);
    Value value = compare_once(e.rest[i].op, left, right);
    if (i + 1 == e.rest.size() || !truth(value, in)) return value;
    left = std::move(right);
  }
}

std::vector<Value> Evaluator::display_items(Exprs items, Frame& f) {
  std::vector<Value> values;
  values.reserve(items.size());
  for (const Expr* item : items) {
    if (const auto* star = get_if<Starred>(item)) {
      const Value iterable = eval(*star->value, f);
      at(item->range);
      for (Value& v : elements(iterable, in)) values.push_back(std::move(v));
    } else {
      values.push_back(eval(*item, f));
    }
  }
  return values;
}

Value Evaluator::display(Exprs items, Frame& f, Kind kind) {
  std::vector<Value> values = display_items(items, f);
  if (kind == Kind::kTuple) return make_tuple(std::move(values));
  if (kind == Kind::kList) return make_list(std::move(values));
  return make_set(values, in);
}

Value Evaluator::dict(const DictExpr& e, Frame& f) {
  Ref<Dict> dict = make<Dict>();
  for (size_t i = 0; i < e.keys.size(); ++i) {
    if (e.keys[i]) {
      const Value key = eval(*e.keys[i], f);
      Value value = eval(*e.values[i], f);
      at(e.keys[i]->range);
      dict->table.insert(key, std::move(value), in);
      continue;
    }
    const Value other = eval(*e.values[i], f);
    at(e.values[i]->range);
    if (!other.is_dict()) throw_type_error("'" + type_name(other) + "' object is not a mapping");
    const auto entries = other.as_dict().table.entries();
    for (const Table::Entry& entry : entries) {
      if (!entry.key.is_unset()) dict->table.insert(entry.key, entry.value, in);
    }
  }
  return dict;
}

void Evaluator::join_parts(std::span<const StringPart> parts, Frame& f, std::string& out) {
  for (const StringPart& part : parts) {
    if (!part.value) {
      out += part.text;
      continue;
    }
    Value value = eval(*part.value, f);
    at(part.value->range);
    if (part.conversion == 's') value = Value(to_str(value, in));
    if (part.conversion == 'r' || part.conversion == 'a') value = Value(repr(value, in));
    std::string spec;
    if (part.has_format) join_parts(part.format, f, spec);
    at(part.value->range);
    out += format_value(value, spec, in);
    in.charge_memory(out.size());
  }
}

Value Evaluator::joined(const JoinedString& e, Frame& f) {
  std::string out;
  join_parts(e.parts, f, out);
  in.charge(1 + out.size() / 64);
  return out;
}

Value Evaluator::slice(const SliceExpr& e, Frame& f) {
  const auto part = [&](const Expr* p) { return p ? eval(*p, f) : Value::none(); };
  Value start = part(e.start), stop = part(e.stop), step = part(e.step);
  return make<Slice>(std::move(start), std::move(stop), std::move(step));
}

Value Evaluator::lambda(const Lambda& e, Frame& f) {
  Ref<Function> function = make_function("<lambda>", e.parameters, e.scope, f);
  function->result = e.body;
  return function;
}

namespace {

// Runs the clauses of a comprehension from `depth` on.
struct ComprehensionRun {
  Evaluator& evaluator;
  const Comprehension& e;
  Frame& frame;
  std::vector<Value> items;
  Ref<Dict> dict;
  Ref<Set> set;

  void take() {
    Interpreter& in = evaluator.in;
    Value element = evaluator.eval(*e.element, frame);
    if (dict) {
      Value value = evaluator.eval(*e.value, frame);
      evaluator.at(e.element->range);
      dict->table.insert(element, std::move(value), in);
    } else if (set) {
      evaluator.at(e.element->range);
      set->table.insert(element, Value(), in);
    } else {
      if ((items.size() & (items.size() - 1)) == 0)
        in.charge_memory(2 * items.size() * sizeof(Value));
      items.push_back(std::move(element));
    }
  }

  void clause(size_t depth, const Ref<Iterator>& iterator) {
    Interpreter& in = evaluator.in;
    const Clause& c = e.clauses[depth];
    for (Value item; iterator->next(item, in);) {
      in.charge();
      evaluator.assign(*c.target, std::move(item), frame);
      bool wanted = true;
      for (const Expr* condition : c.conditions)
        wanted = wanted && evaluator.condition(*condition, frame);
      if (!wanted) continue;
      if (depth + 1 == e.clauses.size()) {
        take();
        continue;
      }
      const Value iterable = evaluator.eval(*e.clauses[depth + 1].iterable, frame);
      evaluator.at(e.clauses[depth + 1].iterable->range);
      clause(depth + 1, iterate(iterable, in));
    }
  }
};

}  // namespace

Value Evaluator::comprehension(const Comprehension& e, Frame& f) {
  in.check_stack();
  const Value iterable = eval(*e.clauses[0].iterable, f);
  at(e.clauses[0].iterable->range);
  Ref<Iterator> first = iterate(iterable, in);
  const ScopeNames& names = st.resolution.scopes[e.scope];
  Ref<Frame> frame = make<Frame>(&names, names.names.size(), f.closure());
  if (e.result == ComprehensionKind::kGenerator)
    return make_generator(e, std::move(first), std::move(frame));
  ComprehensionRun run{*this, e, *frame, {}, {}, {}};
  if (e.result == ComprehensionKind::kDict) run.dict = make<Dict>();
  if (e.result == ComprehensionKind::kSet) run.set = make<Set>();
  run.clause(0, first);
  if (run.dict) return run.dict;
  if (run.set) return run.set;
  return make_list(std::move(run.items));
}

}  // namespace cadrecode::interpreter
