// Functions as objects: attributes, binding to self, decorators of class bodies.
#include "language/interpreter/evaluator.h"
#include "language/interpreter/function.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

Value call_with_self(const Value& function, const Value& self, const Call& call,
                     Interpreter& interpreter) {
  SmallVector<Value, 8> positional;
  positional.push_back(self);
  for (const Value& v : call.positional) positional.push_back(v);
  return function.object().call({positional.span(), call.keywords}, interpreter);
}

Value Function::attribute(std::string_view attribute_name, Interpreter& interpreter) {
  if (attribute_name == "__name__") return name;
  if (attributes) {
    if (const Value* value = attributes->table.find(attribute_name)) return *value;
  }
  return Object::attribute(attribute_name, interpreter);
}

void Function::set_attribute(std::string_view attribute_name, const Value& value, Interpreter&) {
  if (!attributes) attributes = make<Dict>();
  attributes->table.insert(attribute_name, value);
}

int parameter_count(const Value& callable) {
  const auto* function = callable.as<Function>();
  if (!function) return 0;
  int count = 0;
  for (const script::ParameterNode& p : function->parameters)
    count += (p.kind == script::ParameterKind::kPlain ||
              p.kind == script::ParameterKind::kPositionalOnly) &&
             !p.fallback;
  return count;
}

const Type& BoundMethod::type() const {
  static const Type& type = define_type("method").raises_attribute_error();
  return type;
}
Value BoundMethod::call(const Call& call, Interpreter& interpreter) {
  return call_with_self(function_, self_, call, interpreter);
}
Value BoundMethod::attribute(std::string_view name, Interpreter& interpreter) {
  return function_.object().attribute(name, interpreter);
}
std::string BoundMethod::repr(Interpreter& interpreter) {
  return "<bound method " + interpreter::repr(function_, interpreter) + ">";
}

const Type& property_type() {
  static const Type& type =
      define_type("property")
          .raises_attribute_error()
          .constructor("fget=None, fset=None",
                       [](Arguments& a, Interpreter&) -> Value {
                         Ref<Decorated> made = make<Decorated>(Decorated::kProperty, a["fget"]);
                         if (!a.is_none("fset")) made->setter = a["fset"];
                         return made;
                       })
          .method("setter", "function", [](const Value& self, Arguments& a, Interpreter&) -> Value {
            Ref<Decorated> made =
                make<Decorated>(Decorated::kProperty, self_as<Decorated>(self).function);
            made->setter = a["function"];
            return made;
          });
  return type;
}
const Type& static_method_type() {
  static const Type& type =
      define_type("staticmethod").constructor("function", [](Arguments& a, Interpreter&) -> Value {
        return make<Decorated>(Decorated::kStatic, a["function"]);
      });
  return type;
}
const Type& class_method_type() {
  static const Type& type =
      define_type("classmethod").constructor("function", [](Arguments& a, Interpreter&) -> Value {
        return make<Decorated>(Decorated::kClass, a["function"]);
      });
  return type;
}

const Type& Decorated::type() const {
  return sort == kProperty ? property_type()
         : sort == kStatic ? static_method_type()
                           : class_method_type();
}
Value Decorated::call(const Call& call, Interpreter& interpreter) {
  return function.object().call(call, interpreter);
}

// --- super() ---

const Type& super_type() {
  static const Type& type =
      define_type("super").constructor("*args", [](Arguments&, Interpreter&) -> Value {
        throw Error(ErrorKind::kUnsupported, "super() with arguments is not supported");
      });
  return type;
}

const Type& Super::type() const { return super_type(); }

Value Super::attribute(std::string_view name, Interpreter& interpreter) {
  const ClassObject* base = owner_.program_base();
  const Value found = base ? base->lookup(name) : Value();
  if (found.kind() == Kind::kFunction) return make<BoundMethod>(self_, found);
  if (const auto* wrapper = found.as<Decorated>()) {
    if (wrapper->sort == Decorated::kProperty) return interpreter.call(wrapper->function, {self_});
    return wrapper->sort == Decorated::kStatic
               ? wrapper->function
               : Value(make<BoundMethod>(Value(const_cast<Type*>(&type_of(self_))),
                                         wrapper->function));
  }
  if (!found.is_unset()) return found;
  if (name == "__init__") {
    // object, an exception or a dataclass: their own initialisation.
    return make_function("super().__init__", "*args, **kwargs",
                         [self = self_](Arguments& a, Interpreter&) {
                           auto* instance = self.as<Instance>();
                           if (instance && is_instance(self, exception_type("BaseException")))
                             instance->arguments = a.rest();
                           return Value::none();
                         });
  }
  if (name == "__str__" || name == "__repr__") {
    return make_function("super().__str__", "",
                         [self = self_](Arguments&, Interpreter& in) -> Value {
                           const auto* instance = self.as<Instance>();
                           if (!instance || !is_instance(self, exception_type("BaseException")))
                             return "<__main__." + type_name(self) + " object>";
                           return instance->arguments.size() == 1
                                      ? to_str(instance->arguments[0], in)
                                      : interpreter::repr(make_tuple(instance->arguments), in);
                         });
  }
  throw_attribute_error("'super' object has no attribute '" + std::string(name) + "'");
}

Value Super::call_method(std::string_view name, const Call& call, Interpreter& interpreter) {
  return interpreter.call(attribute(name, interpreter), call.positional, call.keywords);
}

namespace {

// A value that is only ever compared by identity.
class Singleton : public Object {
 public:
  explicit Singleton(std::string name) : name_(std::move(name)) { make_immortal(); }
  const Type& type() const override { return object_type(); }
  std::string repr(Interpreter&) override { return name_; }

 private:
  std::string name_;
};

}  // namespace

Value not_implemented() {
  static auto* value = new Singleton("NotImplemented");
  return Value(value);
}
Value ellipsis() {
  static auto* value = new Singleton("Ellipsis");
  return Value(value);
}

}  // namespace cadrecode::interpreter
