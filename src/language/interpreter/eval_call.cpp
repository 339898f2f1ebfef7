#include <algorithm>

#include "language/interpreter/evaluator.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

using namespace script;

void Evaluator::arguments(const CallExpr& e, Frame& f, ArgumentList& list) {
  for (const Argument& a : e.arguments) {
    Value value = eval(*a.value, f);
    if (a.star != Star::kNone) {
      at(a.range);
      add_starred(a, value, list);
    } else if (a.name.empty()) {
      list.positional.push_back(std::move(value));
    } else {
      list.keywords.push_back({a.name, std::move(value)});
    }
  }
}

void Evaluator::add_starred(const Argument& a, const Value& value, ArgumentList& list) {
  if (a.star == Star::kOne) {
    for (Value& item : elements(value, in)) list.positional.push_back(std::move(item));
    return;
  }
  if (!value.is_dict())
    throw_type_error("argument after ** must be a mapping, not " + type_name(value));
  for (const Table::Entry& entry : value.as_dict().table.entries()) {
    if (entry.key.is_unset()) continue;
    if (!entry.key.is_str()) throw_type_error("keywords must be strings");
    for (size_t i = 0; i < list.keywords.size(); ++i) {
      if (list.keywords[i].name == entry.key.str()) {
        throw_type_error("got multiple values for keyword argument '" + entry.key.str() + "'");
      }
    }
    list.holders.push_back(entry.key);
    list.keywords.push_back({entry.key.str(), entry.value});
  }
}

Value Evaluator::call(const Value& callee, const CallExpr& e, Frame& f) {
  ArgumentList list;
  arguments(e, f, list);
  in.charge();
  at(e.callee->range);
  if (callee.kind() == Kind::kFunction) {
    Value value = call_function(static_cast<Function&>(callee.object()), list.call());
    at(e.callee->range);
    return value;
  }
  if (!callee.is_object()) throw_type_error("'" + type_name(callee) + "' object is not callable");
  if (&callee.object() == static_cast<const Object*>(&super_type()) && e.arguments.empty())
    return make_super(f);
  static const Object* const kLocals = &find_builtin("locals")->object();
  if (&callee.object() == kLocals && e.arguments.empty()) return local_names(f);
  Value value = callee.object().call(list.call(), in);
  at(e.callee->range);
  return value;
}

Value Evaluator::call_method(const Value& object, const Attribute& a, const CallExpr& e, Frame& f) {
  ArgumentList list;
  arguments(e, f, list);
  in.charge();
  at(a.name_range);
  Value value;
  if (!object.is_object() || a.name.starts_with("__")) {
    const Value method = get_attribute(object, a.name, in);
    if (!method.is_object()) throw_type_error("'" + type_name(method) + "' object is not callable");
    value = method.object().call(list.call(), in);
  } else {
    value = object.object().call_method(a.name, list.call(), in);
  }
  at(a.name_range);
  return value;
}

Value global_names(Interpreter& interpreter) {
  Ref<Dict> names = make<Dict>();
  for (const auto& [name, value] : Evaluator(interpreter).st.extra_builtins) {
    names->table.insert(name, value);
  }
  for (auto& [name, value] : interpreter.globals()) names->table.insert(name, value);
  return names;
}

Value Evaluator::local_names(Frame& f) {
  if (&f == st.globals.get()) return global_names(in);
  Ref<Dict> names = make<Dict>();
  for (size_t i = 0; f.names && i < f.slots.size(); ++i) {
    if (!f.slots[i].is_unset()) names->table.insert(f.names->names[i], f.slots[i]);
  }
  return names;
}

Value Evaluator::make_super(Frame& f) {
  const Frame* frame = &f;
  while (frame && !frame->function) frame = frame->parent.get();
  if (!frame || frame->function->owner.is_unset() || frame->slots.empty() ||
      frame->slots[0].is_unset()) {
    throw_exception(exception_type("RuntimeError"), "super(): no arguments");
  }
  return make<Super>(frame->slots[0], *frame->function->owner.as<ClassObject>());
}

Ref<Function> Evaluator::make_function(std::string name, Parameters parameters, uint32_t scope,
                                       Frame& f) {
  Ref<Function> function = make<Function>();
  function->name = std::move(name);
  function->parameters = parameters;
  function->scope = &st.resolution.scopes[scope];
  if (&f != st.globals.get()) function->closure = f.closure();
  function->fallbacks.reserve(parameters.size());
  for (const ParameterNode& p : parameters) {
    function->fallbacks.push_back(p.fallback ? eval(*p.fallback, f) : Value());
  }
  return function;
}

namespace {

std::string quoted_names(const std::vector<std::string>& names) {
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 < names.size() ? ", " : names.size() == 2 ? " and " : ", and ";
    out += "'" + names[i] + "'";
  }
  return out;
}

[[noreturn]] void too_many(const Function& function, size_t given) {
  size_t most = 0, least = 0;
  for (size_t i = 0; i < function.parameters.size(); ++i) {
    const ParameterKind kind = function.parameters[i].kind;
    if (kind != ParameterKind::kPlain && kind != ParameterKind::kPositionalOnly) continue;
    ++most;
    if (function.fallbacks[i].is_unset()) ++least;
  }
  const std::string takes = least == most
                                ? std::to_string(most)
                                : "from " + std::to_string(least) + " to " + std::to_string(most);
  throw_type_error(function.name + "() takes " + takes + " positional argument" +
                   (most == 1 ? "" : "s") + " but " + std::to_string(given) +
                   (given == 1 ? " was" : " were") + " given");
}

void check_missing(const Function& function, const Frame& frame) {
  std::vector<std::string> positional, keyword_only;
  for (size_t i = 0; i < function.parameters.size(); ++i) {
    if (!frame.slots[i].is_unset()) continue;
    const bool keyword = function.parameters[i].kind == ParameterKind::kKeywordOnly;
    (keyword ? keyword_only : positional).push_back(std::string(function.parameters[i].name));
  }
  const auto& missing = positional.empty() ? keyword_only : positional;
  if (missing.empty()) return;
  throw_type_error(function.name + "() missing " + std::to_string(missing.size()) + " required " +
                   (positional.empty() ? "keyword-only" : "positional") + " argument" +
                   (missing.size() == 1 ? "" : "s") + ": " + quoted_names(missing));
}

}  // namespace

void Evaluator::bind_parameters(Function& function, const Call& call, Frame& frame) {
  const Parameters parameters = function.parameters;
  size_t next = 0, rest = parameters.size(), keywords = parameters.size();
  for (size_t i = 0; i < parameters.size(); ++i) {
    const ParameterKind kind = parameters[i].kind;
    if (kind == ParameterKind::kRest) rest = i;
    if (kind == ParameterKind::kKeywords) keywords = i;
    if (kind != ParameterKind::kPlain && kind != ParameterKind::kPositionalOnly) continue;
    if (next < call.positional.size()) frame.slots[i] = call.positional[next++];
  }
  if (rest < parameters.size()) {
    frame.slots[rest] = make_tuple(
        {call.positional.begin() + static_cast<std::ptrdiff_t>(next), call.positional.end()});
  } else if (next < call.positional.size()) {
    too_many(function, call.positional.size());
  }
  if (keywords < parameters.size()) frame.slots[keywords] = make<Dict>();
  for (const Keyword& k : call.keywords) {
    size_t i = 0;
    while (i < parameters.size() &&
           !(parameters[i].name == k.name && (parameters[i].kind == ParameterKind::kPlain ||
                                              parameters[i].kind == ParameterKind::kKeywordOnly)))
      ++i;
    if (i < parameters.size()) {
      if (!frame.slots[i].is_unset()) {
        throw_type_error(function.name + "() got multiple values for argument '" +
                         std::string(k.name) + "'");
      }
      frame.slots[i] = k.value;
    } else if (keywords < parameters.size()) {
      frame.slots[keywords].as_dict().table.insert(k.name, k.value);
    } else {
      throw_type_error(function.name + "() got an unexpected keyword argument '" +
                       std::string(k.name) + "'");
    }
  }
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (frame.slots[i].is_unset()) frame.slots[i] = function.fallbacks[i];
  }
  check_missing(function, frame);
}

Value Evaluator::call_function(Function& function, const Call& call) {
  in.check_stack();
  if (st.depth >= in.limits().recursion) {
    throw Error(ErrorKind::kLimit, "maximum recursion depth of " +
                                       std::to_string(in.limits().recursion) + " exceeded in " +
                                       function.name + "()");
  }
  const Ref<Function> keep(&function);
  Ref<Frame> frame = make<Frame>(function.scope, function.scope->names.size(), function.closure);
  frame->function = keep;
  bind_parameters(function, call, *frame);
  if (function.is_generator) return make_generator(function, std::move(frame));
  struct Depth {
    int& depth;
    explicit Depth(int& d) : depth(++d) {}
    ~Depth() { --depth; }
  } depth(st.depth);
  if (function.result) return eval(*function.result, *frame);
  if (exec(function.body, *frame) == Flow::kReturn) return std::exchange(result, Value());
  return Value::none();
}

Value Function::call(const Call& call, Interpreter& interpreter) {
  return Evaluator(interpreter).call_function(*this, call);
}

}  // namespace cadrecode::interpreter
