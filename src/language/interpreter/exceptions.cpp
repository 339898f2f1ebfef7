#include <array>
#include <unordered_map>

#include "language/interpreter/function.h"
#include "language/interpreter/interpreter.h"

namespace cadrecode::interpreter {
namespace {

struct ExceptionName {
  const char* name;
  const char* base;
};

// Python's hierarchy, bases first; what CadQuery's kernel raises at the end.
constexpr std::array<ExceptionName, 34> kExceptions = {{
    {"BaseException", nullptr},
    {"Exception", "BaseException"},
    {"KeyboardInterrupt", "BaseException"},
    {"SystemExit", "BaseException"},
    {"GeneratorExit", "BaseException"},
    {"ArithmeticError", "Exception"},
    {"ZeroDivisionError", "ArithmeticError"},
    {"OverflowError", "ArithmeticError"},
    {"FloatingPointError", "ArithmeticError"},
    {"AssertionError", "Exception"},
    {"AttributeError", "Exception"},
    {"BufferError", "Exception"},
    {"EOFError", "Exception"},
    {"ImportError", "Exception"},
    {"ModuleNotFoundError", "ImportError"},
    {"LookupError", "Exception"},
    {"IndexError", "LookupError"},
    {"KeyError", "LookupError"},
    {"MemoryError", "Exception"},
    {"NameError", "Exception"},
    {"UnboundLocalError", "NameError"},
    {"OSError", "Exception"},
    {"FileNotFoundError", "OSError"},
    {"RuntimeError", "Exception"},
    {"NotImplementedError", "RuntimeError"},
    {"RecursionError", "RuntimeError"},
    {"StopIteration", "Exception"},
    {"SyntaxError", "Exception"},
    {"TypeError", "Exception"},
    {"ValueError", "Exception"},
    {"UnicodeError", "ValueError"},
    {"Warning", "Exception"},
    {"Standard_Failure", "Exception"},
    {"StdFail_NotDone", "Standard_Failure"},
}};

Type& new_exception(std::string_view name, const Type* base) {
  Type& type = base ? define_type(name, *base) : define_type(name);
  type.raises_attribute_error();
  type.constructor("*args",
                   [&type](Arguments& a, Interpreter&) { return make_exception(type, a.rest()); });
  type.property("args", [](const Value& self, Interpreter&) {
    return make_tuple(self_as<Instance>(self).arguments);
  });
  return type;
}

const std::unordered_map<std::string_view, const Type*>& exception_types() {
  static const auto& types = *[] {
    auto* map = new std::unordered_map<std::string_view, const Type*>;
    for (const ExceptionName& e : kExceptions) {
      (*map)[e.name] = &new_exception(e.name, e.base ? map->at(e.base) : nullptr);
    }
    (*map)["IOError"] = map->at("OSError");
    (*map)["EnvironmentError"] = map->at("OSError");
    return map;
  }();
  return types;
}

}  // namespace

const Type& exception_type(std::string_view name) {
  const auto& types = exception_types();
  const auto it = types.find(name);
  if (it == types.end())
    throw Error(ErrorKind::kInternal, "no exception type " + std::string(name));
  return *it->second;
}

const Type& define_exception(std::string_view name, const Type& base) {
  return new_exception(name, &base);
}

Value make_exception(const Type& type, std::vector<Value> arguments) {
  Ref<Instance> instance = make<Instance>(type);
  instance->arguments = std::move(arguments);
  if (type.is_subtype_of(exception_type("Standard_Failure")))
    instance->error_kind = ErrorKind::kGeometry;
  return instance;
}

std::string exception_text(const Value& exception, Interpreter& interpreter) {
  const std::string message = to_str(exception, interpreter);
  return message.empty() ? type_name(exception) : type_name(exception) + ": " + message;
}

void throw_exception(const Type& type, const std::string& message) {
  throw Exception(make_exception(type, {Value(message)}), type.name() + ": " + message);
}
void throw_type_error(const std::string& message) {
  throw_exception(exception_type("TypeError"), message);
}
void throw_value_error(const std::string& message) {
  throw_exception(exception_type("ValueError"), message);
}
void throw_index_error(const std::string& message) {
  throw_exception(exception_type("IndexError"), message);
}
void throw_attribute_error(const std::string& message) {
  throw_exception(exception_type("AttributeError"), message);
}
void throw_key_error(const Value& key, Interpreter& interpreter) {
  const Type& type = exception_type("KeyError");
  throw Exception(make_exception(type, {key}), "KeyError: " + repr(key, interpreter));
}

}  // namespace cadrecode::interpreter
