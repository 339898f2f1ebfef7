// typing, collections, dataclasses, enum, copy: small modules.
#include <algorithm>

#include "language/interpreter/containers.h"
#include "language/interpreter/function.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/modules.h"
#include "language/interpreter/numbers.h"
#include "language/interpreter/operators.h"
#include "language/interpreter/sorting.h"

namespace cadrecode::interpreter {
namespace {

// A name for annotations: it can be subscripted, called and joined by |, and
// means nothing.
class AnnotationName : public Object {
 public:
  explicit AnnotationName(std::string name) : name_(std::move(name)) {}
  const Type& type() const override {
    static const Type& type = define_type("typing").raises_attribute_error();
    return type;
  }
  Value item(const Value&, Interpreter&) override { return Value(Ref<AnnotationName>(this)); }
  bool callable() const override { return true; }
  Value call(const Call& call, Interpreter&) override {
    // cast(T, x), NewType(name, T): the last argument.
    return call.positional.empty() ? Value(Ref<AnnotationName>(this)) : call.positional.back();
  }
  Value binary(BinaryOp op, const Value&, bool, Interpreter&) override {
    return op == BinaryOp::kOr ? Value(Ref<AnnotationName>(this)) : Value();
  }
  std::string repr(Interpreter&) override { return "typing." + name_; }

 private:
  std::string name_;
};

// --- collections.namedtuple ---

class NamedTuple : public Tuple {
 public:
  NamedTuple(const Type& type, std::vector<std::string> fields, std::vector<Value> items)
      : Tuple(std::move(items)),
        type_(type),
        fields_(std::move(fields)),
        holder_(Ref<Type>(const_cast<Type*>(&type))) {}
  const Type& type() const override { return type_; }
  Value attribute(std::string_view name, Interpreter& in) override {
    for (size_t i = 0; i < fields_.size(); ++i) {
      if (fields_[i] == name) return items()[i];
    }
    return Tuple::attribute(name, in);
  }
  Value call_method(std::string_view name, const Call& call, Interpreter& in) override {
    if (name == "_asdict") {
      Ref<Dict> dict = make<Dict>();
      for (size_t i = 0; i < fields_.size(); ++i) dict->table.insert(fields_[i], items()[i]);
      return dict;
    }
    if (name == "_replace") {
      std::vector<Value> changed = items();
      for (const Keyword& k : call.keywords) {
        const auto it = std::find(fields_.begin(), fields_.end(), k.name);
        if (it == fields_.end())
          throw_value_error("Got unexpected field names: ['" + std::string(k.name) + "']");
        changed[static_cast<size_t>(it - fields_.begin())] = k.value;
      }
      return make<NamedTuple>(type_, fields_, std::move(changed));
    }
    return Tuple::call_method(name, call, in);
  }
  std::string repr(Interpreter& in) override {
    std::string out = type_.name() + "(";
    for (size_t i = 0; i < fields_.size(); ++i)
      out += (i > 0 ? ", " : "") + fields_[i] + "=" + interpreter::repr(items()[i], in);
    return out + ")";
  }

 private:
  const Type& type_;
  std::vector<std::string> fields_;
  Value holder_;
};

// The type of one namedtuple; counted, not immortal: a program makes it.
class NamedTupleType : public Type {
 public:
  NamedTupleType(std::string name, std::vector<std::string> fields, std::vector<Value> defaults)
      : Type(std::move(name), &tuple_type()),
        fields_(std::move(fields)),
        defaults_(std::move(defaults)) {}
  Value call(const Call& call, Interpreter&) override {
    std::vector<Value> items(fields_.size());
    if (call.positional.size() > fields_.size()) {
      throw_type_error(name() + "() takes " + std::to_string(fields_.size()) + " arguments but " +
                       std::to_string(call.positional.size()) + " were given");
    }
    std::copy(call.positional.begin(), call.positional.end(), items.begin());
    for (const Keyword& k : call.keywords) {
      const auto it = std::find(fields_.begin(), fields_.end(), k.name);
      if (it == fields_.end())
        throw_type_error(name() + "() got an unexpected keyword argument '" + std::string(k.name) +
                         "'");
      items[static_cast<size_t>(it - fields_.begin())] = k.value;
    }
    for (size_t i = 0; i < items.size(); ++i) {
      if (items[i].is_unset() && i + defaults_.size() >= fields_.size())
        items[i] = defaults_[i + defaults_.size() - fields_.size()];
      if (items[i].is_unset())
        throw_type_error(name() + "() missing required argument: '" + fields_[i] + "'");
    }
    return make<NamedTuple>(*this, fields_, std::move(items));
  }

 private:
  std::vector<std::string> fields_;
  std::vector<Value> defaults_;
};

Value namedtuple(Arguments& a, Interpreter& in) {
  std::vector<std::string> fields;
  if (a["field_names"].is_str()) {
    std::string word;
    for (char c : a.string("field_names") + " ") {
      if (c != ' ' && c != ',') {
        word += c;
      } else if (!word.empty()) {
        fields.push_back(std::exchange(word, ""));
      }
    }
  } else {
    for (const Value& v : a.items("field_names", in)) fields.push_back(to_str(v, in));
  }
  std::vector<Value> defaults;
  if (!a.is_none("defaults")) defaults = a.items("defaults", in);
  return Ref<Type>(
      new NamedTupleType(a.string("typename"), std::move(fields), std::move(defaults)));
}

Value defaultdict(Arguments& a, Interpreter& in) {
  Call call{std::span<const Value>(a.rest()), {}};
  std::vector<Keyword> keywords;
  for (const auto& [name, value] : a.keywords()) keywords.push_back({name, value});
  call.keywords = keywords;
  const Value made = const_cast<Type&>(dict_type()).call(call, in);
  made.as_dict().factory = a["factory"];
  return made;
}

Value counter(Arguments& a, Interpreter& in) {
  Ref<Dict> counts = make<Dict>();
  counts->factory = make_function("zero", "", [](Arguments&, Interpreter&) -> Value { return 0; });
  for (const Value& item : a.items("iterable", in)) {
    const Value* n = counts->table.find(item, in);
    counts->table.insert(item, Value((n ? n->as_int() : 0) + 1), in);
  }
  return counts;
}

Module& fill_collections(Module& m) {
  m.function("namedtuple", "typename, field_names, *, defaults=None, rename=False, module=None",
             namedtuple);
  m.function("defaultdict", "factory=None, /, *args, **kwargs", defaultdict);
  m.function("Counter", "iterable=(), /", counter);
  m.add("OrderedDict", Value(const_cast<Type*>(&dict_type())));
  m.unsupported("deque", "use a list");
  return m;
}

// --- dataclasses ---

class FieldSpec : public Object {
 public:
  FieldSpec(Value fallback, Value factory, bool in_init)
      : fallback(std::move(fallback)), factory(std::move(factory)), in_init(in_init) {}
  Value fallback, factory;
  bool in_init;
  const Type& type() const override {
    static const Type& type = define_type("Field").raises_attribute_error();
    return type;
  }
};

void make_dataclass(ClassObject& type, bool frozen, bool order) {
  type.is_dataclass = true;
  type.is_frozen = frozen;
  type.is_ordered = order;
  for (const std::string& name : type.annotated) {
    ClassObject::Field field{name, {}, {}, true};
    if (const Value* value = type.attributes->table.find(name)) {
      if (const auto* spec = value->as<FieldSpec>()) {
        field.fallback = spec->fallback;
        field.factory = spec->factory;
        field.in_init = spec->in_init;
      } else {
        if (value->is_list() || value->is_dict() || (value->kind() == Kind::kSet)) {
          throw_value_error("mutable default " + type_of(*value).name() + " for field " + name +
                            " is not allowed: use default_factory");
        }
        field.fallback = *value;
      }
      if (field.fallback.is_unset())
        type.attributes->table.erase_text(name);
      else
        type.attributes->table.insert(name, field.fallback);
    }
    const auto same = std::find_if(type.fields.begin(), type.fields.end(),
                                   [&](const auto& f) { return f.name == name; });
    if (same != type.fields.end()) {
      *same = field;
    } else {
      type.fields.push_back(field);
    }
  }
}

Value dataclass(Arguments& a, Interpreter& in) {
  const bool frozen = a.boolean("frozen", in), order = a.boolean("order", in);
  const auto decorate = [frozen, order](const Value& v) {
    auto* type = v.as<ClassObject>();
    if (!type) throw_type_error("dataclass() should be called on a class");
    make_dataclass(*type, frozen, order);
    return v;
  };
  if (!a.is_none("cls")) return decorate(a["cls"]);
  return make_function("dataclass", "cls",
                       [decorate](Arguments& b, Interpreter&) { return decorate(b["cls"]); });
}

Value asdict(Arguments& a, Interpreter& in) {
  const auto* instance = a["obj"].as<Instance>();
  if (!instance || !instance->program_class() || !instance->program_class()->is_dataclass) {
    throw_type_error("asdict() should be called on dataclass instances");
  }
  Ref<Dict> dict = make<Dict>();
  for (const auto& field : instance->program_class()->fields)
    dict->table.insert(field.name, get_attribute(a["obj"], field.name, in));
  return dict;
}

Value replaced(Arguments& a, Interpreter& in) {
  const auto* instance = a["obj"].as<Instance>();
  if (!instance || !instance->program_class() || !instance->program_class()->is_dataclass) {
    throw_type_error("replace() should be called on dataclass instances");
  }
  std::vector<Keyword> keywords;
  for (const auto& field : instance->program_class()->fields) {
    if (!field.in_init) continue;
    const auto given = std::find_if(a.keywords().begin(), a.keywords().end(),
                                    [&](const auto& k) { return k.first == field.name; });
    keywords.push_back({field.name, given != a.keywords().end()
                                        ? given->second
                                        : get_attribute(a["obj"], field.name, in)});
  }
  return in.call(Value(const_cast<ClassObject*>(instance->program_class())), {}, keywords);
}

// --- copy ---

Value copied(const Value& v, bool deep, Interpreter& in) {
  in.check_stack();
  in.charge();
  const auto part = [&](const Value& x) { return deep ? copied(x, true, in) : x; };
  if (v.is_list() || (v.is_tuple() && deep)) {
    std::vector<Value> items;
    for (const Value& x : elements(v, in)) items.push_back(part(x));
    return v.is_list() ? make_list(std::move(items)) : make_tuple(std::move(items));
  }
  if (v.is_dict()) {
    Ref<Dict> dict = make<Dict>();
    dict->factory = v.as_dict().factory;
    const auto entries = v.as_dict().table.entries();
    for (const Table::Entry& e : entries) {
      if (!e.key.is_unset()) dict->table.insert(e.key, part(e.value), in);
    }
    return dict;
  }
  if (v.kind() == Kind::kSet) return make_set(elements(v, in), in, v.as_set().frozen);
  if (auto* instance = v.as<Instance>()) {
    Ref<Instance> made = make<Instance>(instance->type());
    made->arguments = instance->arguments;
    if (instance->attributes)
      made->attributes = Ref<Dict>(&copied(Value(instance->attributes), deep, in).as_dict());
    return made;
  }
  return v;
}

}  // namespace

const Module& typing_module() {
  static const Module& module = []() -> Module& {
    Module& m = define_module("typing");
    for (const char* name :
         {"Any",        "Union",          "Optional", "List",      "Tuple",     "Dict",
          "Set",        "FrozenSet",      "Callable", "Iterable",  "Iterator",  "Sequence",
          "Mapping",    "MutableMapping", "Literal",  "TypeVar",   "Generic",   "Final",
          "ClassVar",   "Type",           "cast",     "NewType",   "TypeAlias", "Generator",
          "Collection", "Hashable",       "Sized",    "Annotated", "NoReturn",  "Self",
          "overload"}) {
      m.add(name, make<AnnotationName>(name));
    }
    m.add("TYPE_CHECKING", false);
    return m;
  }();
  return module;
}

const Module& collections_module() {
  static const Module& module = fill_collections(define_module("collections"));
  return module;
}

const Module& dataclasses_module() {
  static const Module& module =
      define_module("dataclasses")
          .function("dataclass",
                    "cls=None, /, *, init=True, repr=True, eq=True, order=False, "
                    "unsafe_hash=False, frozen=False, kw_only=False, slots=False",
                    dataclass)
          .function("field",
                    "*, default=None, default_factory=None, init=True, repr=True, hash=None, "
                    "compare=True, kw_only=False",
                    [](Arguments& a, Interpreter& in) -> Value {
                      return make<FieldSpec>(
                          a.given("default") ? a["default"] : Value(),
                          a.given("default_factory") ? a["default_factory"] : Value(),
                          a.boolean("init", in));
                    })
          .function("asdict", "obj", asdict)
          .function("replace", "obj, /, **changes", replaced);
  return module;
}

const Module& enum_module() {
  static const Module& module =
      define_module("enum")
          .add("Enum", Value(const_cast<Type*>(&enum_type())))
          .function("auto", "", [](Arguments&, Interpreter&) { return ellipsis(); })
          .unsupported("IntEnum", "use Enum")
          .unsupported("Flag", "use Enum");
  return module;
}

const Module& copy_module() {
  static const Module& module =
      define_module("copy")
          .function("copy", "x",
                    [](Arguments& a, Interpreter& in) { return copied(a["x"], false, in); })
          .function("deepcopy", "x, memo=None",
                    [](Arguments& a, Interpreter& in) { return copied(a["x"], true, in); });
  return module;
}

const Module& future_module() {
  static const Module& module =
      define_module("__future__").add("annotations", Value::none()).add("division", Value::none());
  return module;
}

}  // namespace cadrecode::interpreter
