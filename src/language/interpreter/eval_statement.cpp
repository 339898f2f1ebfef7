#include <exception>

#include "language/interpreter/evaluator.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

using namespace script;

Flow Evaluator::exec(Block block, Frame& f) {
  for (const Stmt* s : block) {
    const Flow flow = exec(*s, f);
    if (flow != Flow::kNormal) return flow;
  }
  return Flow::kNormal;
}

Flow Evaluator::exec(const Stmt& s, Frame& f) {
  in.charge();
  at(s.range);
  switch (s.kind) {
    case StmtKind::kExpression:
      eval(*as<ExpressionStmt>(s).value, f);
      break;
    case StmtKind::kAssign: {
      const auto& a = as<Assign>(s);
      Value value = eval(*a.value, f);
      for (size_t i = 0; i + 1 < a.targets.size(); ++i) assign(*a.targets[i], value, f);
      assign(*a.targets.back(), std::move(value), f);
      break;
    }
    case StmtKind::kAugmented:
      exec_augmented(as<Augmented>(s), f);
      break;
    case StmtKind::kAnnotated: {
      // Annotations are not evaluated: they mean nothing to a running program.
      const auto& a = as<Annotated>(s);
      if (a.value) assign(*a.target, eval(*a.value, f), f);
      break;
    }
    case StmtKind::kReturn:
      result = as<Return>(s).value ? eval(*as<Return>(s).value, f) : Value::none();
      return Flow::kReturn;
    case StmtKind::kIf:
      return exec_if(as<If>(s), f);
    case StmtKind::kFor:
      return exec_for(as<For>(s), f);
    case StmtKind::kWhile:
      return exec_while(as<While>(s), f);
    case StmtKind::kFunction:
      exec_function(as<FunctionStmt>(s), f);
      break;
    case StmtKind::kClass:
      exec_class(as<ClassStmt>(s), f);
      break;
    case StmtKind::kImport:
      exec_import(as<Import>(s), f);
      break;
    case StmtKind::kImportFrom:
      exec_import_from(as<ImportFrom>(s), f);
      break;
    case StmtKind::kTry:
      return exec_try(as<Try>(s), f);
    case StmtKind::kRaise:
      exec_raise(as<Raise>(s), f);
      break;
    case StmtKind::kBreak:
      return Flow::kBreak;
    case StmtKind::kContinue:
      return Flow::kContinue;
    case StmtKind::kAssert:
      exec_assert(as<Assert>(s), f);
      break;
    case StmtKind::kDelete:
      for (const Expr* target : as<Delete>(s).targets) exec_delete(*target, f);
      break;
    case StmtKind::kPass:
    case StmtKind::kGlobal:
    case StmtKind::kNonlocal:
      break;
  }
  return Flow::kNormal;
}

Flow Evaluator::exec_if(const If& s, Frame& f) {
  for (const Branch& branch : s.branches) {
    if (condition(*branch.condition, f)) return exec(branch.body, f);
  }
  return exec(s.otherwise, f);
}

Flow Evaluator::exec_for(const For& s, Frame& f) {
  const Value iterable = eval(*s.iterable, f);
  at(s.iterable->range);
  const Ref<Iterator> iterator = iterate(iterable, in);
  for (Value item;;) {
    at(s.iterable->range);
    if (!iterator->next(item, in)) break;
    in.charge();
    assign(*s.target, std::move(item), f);
    const Flow flow = exec(s.body, f);
    if (flow == Flow::kBreak) return Flow::kNormal;
    if (flow == Flow::kReturn) return flow;
  }
  return exec(s.otherwise, f);
}

Flow Evaluator::exec_while(const While& s, Frame& f) {
  while (condition(*s.condition, f)) {
    in.charge();
    const Flow flow = exec(s.body, f);
    if (flow == Flow::kBreak) return Flow::kNormal;
    if (flow == Flow::kReturn) return flow;
  }
  return exec(s.otherwise, f);
}

void Evaluator::store(const Name& n, Value value, Frame& f) {
  const Binding& b = st.resolution.names[n.id];
  Value& slot = *variable(b, f);
  if (b.place == Binding::kGlobal) st.bound_at[b.slot] = ++st.bindings;
  slot = std::move(value);
}

void Evaluator::assign(const Expr& target, Value value, Frame& f) {
  switch (target.kind) {
    case ExprKind::kName:
      store(as<Name>(target), std::move(value), f);
      return;
    case ExprKind::kAttribute: {
      const auto& a = as<Attribute>(target);
      const Value object = eval(*a.object, f);
      at(a.name_range);
      set_attribute(object, a.name, value, in);
      return;
    }
    case ExprKind::kSubscript: {
      const auto& sub = as<Subscript>(target);
      const Value object = eval(*sub.object, f);
      const Value index = eval(*sub.index, f);
      at(target.range);
      set_item(object, index, value, in);
      return;
    }
    case ExprKind::kTuple:
      at(target.range);
      unpack(as<TupleExpr>(target).elements, value, f);
      return;
    default:
      at(target.range);
      unpack(as<ListExpr>(target).elements, value, f);
      return;
  }
}

void Evaluator::unpack(Exprs targets, const Value& value, Frame& f) {
  size_t star = targets.size();
  for (size_t i = 0; i < targets.size(); ++i) {
    if (targets[i]->kind == ExprKind::kStarred) star = i;
  }
  const bool has_star = star < targets.size();
  if (!value.is_object() || !(value.is_tuple() || value.is_list())) {
    if (!value.is_object())
      throw_type_error("cannot unpack non-iterable " + type_name(value) + " object");
  }
  std::vector<Value> items = elements(value, in);
  const size_t needed = targets.size() - (has_star ? 1 : 0);
  if (items.size() < needed) {
    throw_value_error("not enough values to unpack (expected " +
                      std::string(has_star ? "at least " : "") + std::to_string(needed) + ", got " +
                      std::to_string(items.size()) + ")");
  }
  if (!has_star && items.size() > needed) {
    throw_value_error("too many values to unpack (expected " + std::to_string(needed) + ")");
  }
  size_t next = 0;
  for (size_t i = 0; i < targets.size(); ++i) {
    if (i != star) {
      assign(*targets[i], std::move(items[next++]), f);
      continue;
    }
    const size_t count = items.size() - needed;
    std::vector<Value> middle(items.begin() + static_cast<std::ptrdiff_t>(next),
                              items.begin() + static_cast<std::ptrdiff_t>(next + count));
    next += count;
    assign(*as<Starred>(*targets[i]).value, make_list(std::move(middle)), f);
  }
}

void Evaluator::exec_augmented(const Augmented& s, Frame& f) {
  const auto op = static_cast<BinaryOp>(s.op);
  switch (s.target->kind) {
    case ExprKind::kName: {
      const auto& n = as<Name>(*s.target);
      Value old = name(n, f);
      const Value right = eval(*s.value, f);
      at(s.range);
      store(n, binary_in_place(op, old, right, in), f);
      return;
    }
    case ExprKind::kAttribute: {
      const auto& a = as<Attribute>(*s.target);
      const Value object = eval(*a.object, f);
      at(a.name_range);
      const Value old = get_attribute(object, a.name, in);
      const Value right = eval(*s.value, f);
      at(s.range);
      set_attribute(object, a.name, binary_in_place(op, old, right, in), in);
      return;
    }
    default: {
      const auto& sub = as<Subscript>(*s.target);
      const Value object = eval(*sub.object, f);
      const Value index = eval(*sub.index, f);
      at(s.range);
      const Value old = get_item(object, index, in);
      const Value right = eval(*s.value, f);
      at(s.range);
      set_item(object, index, binary_in_place(op, old, right, in), in);
      return;
    }
  }
}

void Evaluator::exec_assert(const Assert& s, Frame& f) {
  if (condition(*s.condition, f)) return;
  std::vector<Value> arguments;
  if (s.message) arguments.push_back(eval(*s.message, f));
  at(s.range);
  throw_exception_value(make_exception(exception_type("AssertionError"), std::move(arguments)),
                        st.where);
}

void Evaluator::exec_delete(const Expr& target, Frame& f) {
  switch (target.kind) {
    case ExprKind::kName: {
      const auto& n = as<Name>(target);
      Value& slot = *variable(st.resolution.names[n.id], f);
      if (slot.is_unset()) {
        at(target.range);
        throw_exception(exception_type("NameError"),
                        "name '" + std::string(n.name) + "' is not defined");
      }
      slot = Value();
      return;
    }
    case ExprKind::kSubscript: {
      const auto& sub = as<Subscript>(target);
      const Value object = eval(*sub.object, f);
      const Value index = eval(*sub.index, f);
      at(target.range);
      delete_item(object, index, in);
      return;
    }
    case ExprKind::kAttribute: {
      const auto& a = as<Attribute>(target);
      const Value object = eval(*a.object, f);
      at(target.range);
      if (auto* instance = object.as<Instance>()) {
        instance->delete_attribute(a.name);
        return;
      }
      throw Error(ErrorKind::kUnsupported,
                  "deleting attributes of '" + type_name(object) + "' is not supported");
    }
    case ExprKind::kTuple:
      for (const Expr* e : as<TupleExpr>(target).elements) exec_delete(*e, f);
      return;
    default:
      for (const Expr* e : as<ListExpr>(target).elements) exec_delete(*e, f);
      return;
  }
}

// --- Imports ---

const Module& Evaluator::find_module(std::string_view name) {
  const auto it = st.modules.find(std::string(name));
  if (it != st.modules.end()) return *it->second;
  if (const Module* module = find_language_module(name)) return *module;
  throw Error(ErrorKind::kUnsupported,
              "import of '" + std::string(name) +
                  "' is not allowed: only the modules of this language can be imported");
}

void Evaluator::exec_import(const Import& s, Frame& f) {
  for (const ImportName& n : s.names) {
    at(n.range);
    const Module& module = find_module(n.module);
    const size_t dot = n.module.find('.');
    // `import a.b` binds a, whose attribute b is the module just found.
    const Module& bound =
        n.alias || dot == std::string_view::npos ? module : find_module(n.module.substr(0, dot));
    store(*n.target, Value(const_cast<Module*>(&bound)), f);
  }
}

void Evaluator::exec_import_from(const ImportFrom& s, Frame& f) {
  at(s.module_range);
  const Module& module = find_module(s.module);
  for (const ImportName& n : s.names) {
    at(n.range);
    if (n.module != "*") {
      store(*n.target, const_cast<Module&>(module).attribute(n.module, in), f);
      continue;
    }
    for (uint32_t slot = 0; slot < st.resolution.globals.size(); ++slot) {
      const std::string_view name = st.resolution.globals[slot];
      const Value* value = name.starts_with('_') ? nullptr : module.find(name);
      if (!value) continue;
      st.bound_at[slot] = ++st.bindings;
      st.globals->slots[slot] = *value;
    }
  }
}

// --- Exceptions ---

void Evaluator::throw_exception_value(const Value& exception, uint32_t where) {
  ErrorKind kind = ErrorKind::kValue;
  if (const auto* instance = exception.as<Instance>()) kind = instance->error_kind;
  const std::string text = exception_text(exception, in);
  st.where = where;
  throw Exception(exception, text, kind, Place{});
}

Value Evaluator::catchable(const Error& error) {
  if (const auto* exception = dynamic_cast<const Exception*>(&error)) return exception->exception();
  if (error.kind() != ErrorKind::kValue && error.kind() != ErrorKind::kGeometry) return {};
  const bool geometry = error.kind() == ErrorKind::kGeometry;
  const Value value = make_exception(exception_type(geometry ? "StdFail_NotDone" : "ValueError"),
                                     {Value(error.what())});
  value.as<Instance>()->error_kind = error.kind();
  return value;
}

bool Evaluator::matches(const Handler& h, const Value& exception, Frame& f) {
  if (!h.type) return true;
  const Value wanted = eval(*h.type, f);
  at(h.type->range);
  const auto one = [&](const Value& v) {
    const auto* type = v.as<Type>();
    if (!type || !type->is_subtype_of(exception_type("BaseException"))) {
      throw_type_error("catching classes that do not inherit from BaseException is not allowed");
    }
    return is_instance(exception, *type);
  };
  if (!wanted.is_tuple()) return one(wanted);
  for (const Value& v : wanted.as_tuple().items()) {
    if (one(v)) return true;
  }
  return false;
}

Flow Evaluator::exec_handlers(const Try& s, Frame& f) {
  Value exception;
  uint32_t where = 0;
  std::exception_ptr thrown;
  const int depth = st.depth;
  Flow flow = Flow::kNormal;
  try {
    flow = exec(s.body, f);
  } catch (const Error& error) {
    exception = catchable(error);
    if (exception.is_unset() || s.handlers.empty()) throw;
    where = st.where;
    thrown = std::current_exception();
  }
  st.depth = depth;
  if (!thrown) return flow == Flow::kNormal ? exec(s.otherwise, f) : flow;
  for (const Handler& h : s.handlers) {
    if (!matches(h, exception, f)) continue;
    st.handling.push_back({exception, where});
    struct Pop {
      std::vector<Interpreter::State::Handled>& stack;
      ~Pop() { stack.pop_back(); }
    } pop{st.handling};
    if (!h.target) return exec(h.body, f);
    store(*h.target, exception, f);
    struct Unbind {
      Evaluator& evaluator;
      const Name& name;
      Frame& frame;
      ~Unbind() { *evaluator.variable(evaluator.st.resolution.names[name.id], frame) = Value(); }
    } unbind{*this, *h.target, f};
    return exec(h.body, f);
  }
  st.where = where;
  std::rethrow_exception(thrown);
}

Flow Evaluator::exec_try(const Try& s, Frame& f) {
  in.check_stack();
  if (s.finally.empty()) return exec_handlers(s, f);
  Flow flow = Flow::kNormal;
  std::exception_ptr pending;
  try {
    flow = exec_handlers(s, f);
  } catch (const Error& error) {
    if (catchable(error).is_unset()) throw;
    pending = std::current_exception();
  }
  const Value kept = std::exchange(result, Value());
  const uint32_t where = st.where;
  const Flow last = exec(s.finally, f);
  if (last != Flow::kNormal) return last;
  st.where = where;
  if (pending) std::rethrow_exception(pending);
  result = kept;
  return flow;
}

void Evaluator::exec_raise(const Raise& s, Frame& f) {
  if (!s.value) {
    at(s.range);
    if (st.handling.empty())
      throw_exception(exception_type("RuntimeError"), "No active exception to reraise");
    const auto handled = st.handling.back();
    throw_exception_value(handled.exception, handled.where);
  }
  Value value = eval(*s.value, f);
  if (s.cause) eval(*s.cause, f);
  at(s.range);
  if (value.as<Type>()) value = in.call(value, {});
  at(s.range);
  if (!is_instance(value, exception_type("BaseException")))
    throw_type_error("exceptions must derive from BaseException");
  throw_exception_value(value, st.where);
}

// --- Definitions ---

Value Evaluator::decorate(Value value, Exprs decorators, Frame& f) {
  std::vector<Value> functions;
  for (const Expr* d : decorators) functions.push_back(eval(*d, f));
  for (size_t i = functions.size(); i-- > 0;) {
    at(decorators[i]->range);
    value = in.call(functions[i], {value});
  }
  return value;
}

void Evaluator::exec_function(const FunctionStmt& s, Frame& f) {
  Ref<Function> function = make_function(std::string(s.name), s.parameters, s.scope, f);
  function->body = s.body;
  function->is_generator = s.is_generator;
  if (s.is_generator) mark_yields(s.body, st);
  store(*s.target, decorate(function, s.decorators, f), f);
}

void Evaluator::exec_class(const ClassStmt& s, Frame& f) {
  if (s.bases.size() > 1 ||
      (s.bases.size() == 1 && (s.bases[0].star != Star::kNone || !s.bases[0].name.empty()))) {
    at(s.bases.back().range);
    throw Error(ErrorKind::kUnsupported, "a class with more than one base is not supported");
  }
  const Value base =
      s.bases.empty() ? Value(const_cast<Type*>(&object_type())) : eval(*s.bases[0].value, f);
  if (!s.bases.empty()) at(s.bases[0].range);
  const auto* base_type = base.as<Type>();
  const bool allowed = base_type && (base_type == &object_type() || base_type == &enum_type() ||
                                     base.as<ClassObject>() ||
                                     base_type->is_subtype_of(exception_type("BaseException")));
  if (!allowed) {
    throw Error(ErrorKind::kUnsupported,
                "a class derived from " + repr(base, in) + " is not supported");
  }
  const ScopeNames& names = st.resolution.scopes[s.scope];
  Ref<Frame> frame =
      make<Frame>(&names, names.names.size(), &f == st.globals.get() ? Ref<Frame>() : f.closure());
  frame->is_class = true;
  exec(s.body, *frame);
  Ref<ClassObject> made = make<ClassObject>(std::string(s.name), *base_type, base);
  for (size_t i = 0; i < names.names.size(); ++i) {
    Value& value = frame->slots[i];
    if (value.is_unset()) continue;
    if (value.kind() == Kind::kFunction) static_cast<Function&>(value.object()).owner = made;
    if (auto* wrapper = value.as<Decorated>()) {
      for (const Value& inner : {wrapper->function, wrapper->setter}) {
        if (inner.kind() == Kind::kFunction) static_cast<Function&>(inner.object()).owner = made;
      }
    }
    made->attributes->table.insert(names.names[i], value);
  }
  for (const Stmt* statement : s.body) {
    const auto* annotated = get_if<Annotated>(statement);
    const auto* target = annotated ? get_if<Name>(annotated->target) : nullptr;
    if (target) made->annotated.emplace_back(target->name);
  }
  at(s.range);
  if (base_type->is_subtype_of(enum_type())) make_enum(*made, in);
  store(*s.target, decorate(made, s.decorators, f), f);
}

}  // namespace cadrecode::interpreter
