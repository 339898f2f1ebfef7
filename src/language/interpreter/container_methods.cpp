// The types tuple, list, dict, set, range and their methods.
#include <algorithm>

#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"
#include "language/interpreter/sorting.h"

namespace cadrecode::interpreter {
namespace {

const std::vector<Value>& items_of(const Value& self) {
  return self.is_list() ? self.as_list().items() : self.as_tuple().items();
}

Value sequence_find(const Value& self, Arguments& a, Interpreter& in) {
  const auto size = static_cast<int64_t>(items_of(self).size());
  const auto bound = [&](const char* name, int64_t fallback) {
    int64_t i = a.is_none(name) ? fallback : a.integer(name);
    if (i < 0) i = std::max<int64_t>(0, i + size);
    return i;
  };
  const int64_t end = bound("stop", size);
  for (int64_t i = bound("start", 0); i < end && i < static_cast<int64_t>(items_of(self).size());
       ++i) {
    in.charge();
    const Value item = items_of(self)[static_cast<size_t>(i)];
    if (item.same(a["value"]) || equal(item, a["value"], in)) return i;
  }
  throw_value_error(self.is_list() ? repr(a["value"], in) + " is not in list"
                                   : "tuple.index(x): x not in tuple");
}

Value sequence_count(const Value& self, Arguments& a, Interpreter& in) {
  int64_t n = 0;
  for (size_t i = 0; i < items_of(self).size(); ++i) {
    in.charge();
    const Value item = items_of(self)[i];
    n += item.same(a["value"]) || equal(item, a["value"], in);
  }
  return n;
}

Type& add_sequence_methods(Type& type) {
  return type.method("index", "value, start=None, stop=None, /", HostMethod(sequence_find))
      .method("count", "value, /", HostMethod(sequence_count))
      .raises_attribute_error();
}

// --- list ---

Value append(List& self, Arguments& a, Interpreter&) {
  self.edit().push_back(a["object"]);
  self.charge();
  return Value::none();
}

Value extend(List& self, Arguments& a, Interpreter& in) {
  binary_in_place(BinaryOp::kAdd, Value(Ref<List>(&self)), a["iterable"], in);
  return Value::none();
}

Value insert(List& self, Arguments& a, Interpreter& in) {
  const auto size = static_cast<int64_t>(self.items().size());
  int64_t i = a.integer("index");
  if (i < 0) i = std::max<int64_t>(0, i + size);
  in.charge(self.items().size() / 16);
  self.edit().insert(self.edit().begin() + std::min(i, size), a["object"]);
  self.charge();
  return Value::none();
}

Value pop(List& self, Arguments& a, Interpreter& in) {
  if (self.items().empty()) throw_index_error("pop from empty list");
  const int64_t given = a.integer("index"), size = static_cast<int64_t>(self.items().size());
  if (given >= size || given < -size) throw_index_error("pop index out of range");
  const size_t i = static_cast<size_t>(given < 0 ? given + size : given);
  Value value = self.items()[i];
  in.charge((self.items().size() - i) / 16);
  self.edit().erase(self.edit().begin() + static_cast<std::ptrdiff_t>(i));
  return value;
}

Value remove(List& self, Arguments& a, Interpreter& in) {
  for (size_t i = 0; i < self.items().size(); ++i) {
    in.charge();
    const Value item = self.items()[i];
    if (!item.same(a["value"]) && !equal(item, a["value"], in)) continue;
    if (i < self.items().size())
      self.edit().erase(self.edit().begin() + static_cast<std::ptrdiff_t>(i));
    return Value::none();
  }
  throw_value_error("list.remove(x): x not in list");
}

Value clear_list(List& self, Arguments&, Interpreter&) {
  const std::vector<Value> dropped = std::move(self.edit());
  self.edit().clear();
  return Value::none();
}

Value copy_list(List& self, Arguments&, Interpreter& in) {
  in.charge(self.items().size() / 8);
  return make_list(self.items());
}

Value reverse(List& self, Arguments&, Interpreter& in) {
  in.charge(self.items().size() / 8);
  std::reverse(self.edit().begin(), self.edit().end());
  return Value::none();
}

Value sort(List& self, Arguments& a, Interpreter& in) {
  // The list is empty while it is being sorted, as in CPython.
  std::vector<Value> items = std::move(self.edit());
  self.edit().clear();
  try {
    sort_values(items, a["key"], a.boolean("reverse", in), in);
  } catch (...) {
    self.edit() = std::move(items);
    throw;
  }
  self.edit() = std::move(items);
  return Value::none();
}

// --- dict ---

Value get(Dict& self, Arguments& a, Interpreter& in) {
  const Value* value = self.table.find(a["key"], in);
  return value ? *value : a["default"];
}

Value setdefault(Dict& self, Arguments& a, Interpreter& in) {
  if (const Value* value = self.table.find(a["key"], in)) return *value;
  self.table.insert(a["key"], a["default"], in);
  return a["default"];
}

Value pop_key(Dict& self, Arguments& a, Interpreter& in) {
  if (const Value* found = self.table.find(a["key"], in)) {
    const Value value = *found;
    self.table.erase(a["key"], in);
    return value;
  }
  if (a.given("default")) return a["default"];
  throw_key_error(a["key"], in);
}

Value popitem(Dict& self, Arguments&, Interpreter& in) {
  const auto& entries = self.table.entries();
  for (size_t i = entries.size(); i-- > 0;) {
    if (entries[i].key.is_unset()) continue;
    const Table::Entry entry = entries[i];
    self.table.erase(entry.key, in);
    return make_tuple({entry.key, entry.value});
  }
  throw_key_error(Value("popitem(): dictionary is empty"), in);
}

// dict(other), dict(pairs), dict(a=1), and update() of the same.
void merge(Dict& self, const Value& other, const Arguments& a, Interpreter& in) {
  if (other.is_dict()) {
    const auto entries = other.as_dict().table.entries();
    for (const Table::Entry& e : entries) {
      in.charge();
      if (!e.key.is_unset()) self.table.insert(e.key, e.value, in);
    }
  } else if (!other.is_none()) {
    size_t i = 0;
    for (const Value& pair : elements(other, in)) {
      if (!pair.is_object()) {
        throw_type_error("cannot convert dictionary update sequence element #" + std::to_string(i) +
                         " to a sequence");
      }
      const std::vector<Value> two = elements(pair, in);
      if (two.size() != 2) {
        throw_value_error("dictionary update sequence element #" + std::to_string(i) +
                          " has length " + std::to_string(two.size()) + "; 2 is required");
      }
      self.table.insert(two[0], two[1], in);
      ++i;
    }
  }
  for (const auto& [key, value] : a.keywords()) self.table.insert(key, value);
}

Value update(Dict& self, Arguments& a, Interpreter& in) {
  merge(self, a["other"], a, in);
  return Value::none();
}

Value copy_dict(Dict& self, Arguments& a, Interpreter& in) {
  Ref<Dict> copy = make<Dict>();
  copy->factory = self.factory;
  merge(*copy, Value(Ref<Dict>(&self)), a, in);
  return copy;
}

Value clear_dict(Dict& self, Arguments&, Interpreter&) {
  self.table.clear();
  return Value::none();
}

template <DictView::Sort S>
Value view(Dict& self, Arguments&, Interpreter&) {
  return make<DictView>(Ref<Dict>(&self), S);
}

// --- set ---

Value as_set(const Value& v, Interpreter& in) {
  return v.kind() == Kind::kSet ? v : make_set(elements(v, in), in);
}

// union, intersection, … of any number of iterables.
void add_set_operation(Type& type, const char* name, BinaryOp op) {
  type.method(name, "*others", HostMethod([op](const Value& self, Arguments& a, Interpreter& in) {
                Value result = self;
                for (const Value& other : a.rest())
                  result = result.object().binary(op, as_set(other, in), false, in);
                if (a.rest().empty())
                  result = make_set(elements(self, in), in, self.as_set().frozen);
                return result;
              }));
}

void add_set_update(Type& type, const char* name, BinaryOp op) {
  type.method(name, "*others", HostMethod([op](const Value& self, Arguments& a, Interpreter& in) {
                for (const Value& other : a.rest()) {
                  const Value result = self.object().binary(op, as_set(other, in), false, in);
                  self.as_set().table.clear();
                  for (const Value& item : elements(result, in))
                    self.as_set().table.insert(item, Value(), in);
                }
                return Value::none();
              }));
}

void add_set_test(Type& type, const char* name, CompareOp op) {
  type.method(name, "other, /", HostMethod([op](const Value& self, Arguments& a, Interpreter& in) {
                return self.object().compare(op, as_set(a["other"], in), in);
              }));
}

Type& add_set_methods(Type& type) {
  add_set_operation(type, "union", BinaryOp::kOr),
      add_set_operation(type, "intersection", BinaryOp::kAnd);
  add_set_operation(type, "difference", BinaryOp::kSubtract),
      add_set_operation(type, "symmetric_difference", BinaryOp::kXor);
  add_set_test(type, "issubset", CompareOp::kLessEqual),
      add_set_test(type, "issuperset", CompareOp::kGreaterEqual);
  type.method("isdisjoint", "other, /",
              [](const Value& self, Arguments& a, Interpreter& in) -> Value {
                return !self.object()
                            .binary(BinaryOp::kAnd, as_set(a["other"], in), false, in)
                            .object()
                            .truth(in);
              });
  type.method("copy", "", [](const Value& self, Arguments&, Interpreter& in) {
    return make_set(elements(self, in), in, self.as_set().frozen);
  });
  return type.raises_attribute_error();
}

Value add(Set& self, Arguments& a, Interpreter& in) {
  self.table.insert(a["element"], Value(), in);
  return Value::none();
}
Value discard(Set& self, Arguments& a, Interpreter& in) {
  self.table.erase(a["element"], in);
  return Value::none();
}
Value remove_element(Set& self, Arguments& a, Interpreter& in) {
  if (!self.table.erase(a["element"], in)) throw_key_error(a["element"], in);
  return Value::none();
}
Value pop_element(Set& self, Arguments&, Interpreter& in) {
  for (const Table::Entry& e : self.table.entries()) {
    if (e.key.is_unset()) continue;
    const Value key = e.key;
    self.table.erase(key, in);
    return key;
  }
  throw_key_error(Value("pop from an empty set"), in);
}
Value clear_set(Set& self, Arguments&, Interpreter&) {
  self.table.clear();
  return Value::none();
}

Value construct_range(Arguments& a, Interpreter&) {
  const auto& given = a.rest();
  if (given.empty() || given.size() > 3)
    throw_type_error("range expected 1 to 3 arguments, got " + std::to_string(given.size()));
  for (const Value& v : given) {
    if (!v.is_integral())
      throw_type_error("'" + type_name(v) + "' object cannot be interpreted as an integer");
  }
  if (given.size() == 1) return make<Range>(0, given[0].as_int(), 1);
  const int64_t step = given.size() == 3 ? given[2].as_int() : 1;
  if (step == 0) throw_value_error("range() arg 3 must not be zero");
  return make<Range>(given[0].as_int(), given[1].as_int(), step);
}

}  // namespace

void sort_values(std::vector<Value>& items, const Value& key, bool reverse, Interpreter& in) {
  struct Keyed {
    Value key;
    size_t index;
  };
  std::vector<Keyed> order;
  order.reserve(items.size());
  for (size_t i = 0; i < items.size(); ++i) {
    in.charge();
    order.push_back({key.is_none() ? items[i] : in.call(key, {items[i]}), i});
  }
  // Merging never misbehaves on a comparison that contradicts itself (NaN, a
  // program's own __lt__), which std::sort may; equal elements keep their order.
  std::vector<Keyed> buffer(order.size());
  if (reverse) std::reverse(order.begin(), order.end());
  for (size_t width = 1; width < order.size(); width *= 2) {
    for (size_t begin = 0; begin < order.size(); begin += 2 * width) {
      const size_t middle = std::min(begin + width, order.size()),
                   end = std::min(begin + 2 * width, order.size());
      size_t i = begin, k = middle;
      for (size_t out = begin; out < end; ++out) {
        in.charge();
        const bool right = k < end && (i >= middle || less(order[k].key, order[i].key, in));
        buffer[out] = order[right ? k++ : i++];
      }
    }
    std::swap(order, buffer);
  }
  if (reverse) std::reverse(order.begin(), order.end());
  std::vector<Value> sorted;
  sorted.reserve(items.size());
  for (const Keyed& k : order) sorted.push_back(items[k.index]);
  items = std::move(sorted);
}

const Type& tuple_type() {
  static const Type& type =
      add_sequence_methods(define_type("tuple"))
          .constructor("iterable=(), /", [](Arguments& a, Interpreter& in) -> Value {
            return &type_of(a["iterable"]) == &tuple_type()
                       ? a["iterable"]
                       : make_tuple(elements(a["iterable"], in));
          });
  return type;
}

const Type& list_type() {
  static const Type& type = add_sequence_methods(define_type("list"))
                                .constructor("iterable=(), /",
                                             [](Arguments& a, Interpreter& in) {
                                               return make_list(elements(a["iterable"], in));
                                             })
                                .method("append", "object, /", append)
                                .method("extend", "iterable, /", extend)
                                .method("insert", "index, object, /", insert)
                                .method("pop", "index=-1, /", pop)
                                .method("remove", "value, /", remove)
                                .method("clear", "", clear_list)
                                .method("copy", "", copy_list)
                                .method("reverse", "", reverse)
                                .method("sort", "*, key=None, reverse=False", sort);
  return type;
}

const Type& dict_type() {
  static const Type& type =
      define_type("dict")
          .raises_attribute_error()
          .constructor("other=None, /, **kwargs",
                       [](Arguments& a, Interpreter& in) -> Value {
                         Ref<Dict> dict = make<Dict>();
                         merge(*dict, a["other"], a, in);
                         return dict;
                       })
          .method("get", "key, default=None, /", get)
          .method("setdefault", "key, default=None, /", setdefault)
          .method("pop", "key, default=None, /", pop_key)
          .method("popitem", "", popitem)
          .method("update", "other=None, /, **kwargs", update)
          .method("copy", "", copy_dict)
          .method("clear", "", clear_dict)
          .method("keys", "", view<DictView::kKeys>)
          .method("values", "", view<DictView::kValues>)
          .method("items", "", view<DictView::kItems>)
          .static_method("fromkeys", "iterable, value=None, /",
                         [](Arguments& a, Interpreter& in) -> Value {
                           Ref<Dict> dict = make<Dict>();
                           for (const Value& key : elements(a["iterable"], in))
                             dict->table.insert(key, a["value"], in);
                           return dict;
                         });
  return type;
}

const Type& set_type() {
  static const Type& type = []() -> Type& {
    Type& t = add_set_methods(define_type("set"));
    add_set_update(t, "update", BinaryOp::kOr),
        add_set_update(t, "intersection_update", BinaryOp::kAnd);
    add_set_update(t, "difference_update", BinaryOp::kSubtract),
        add_set_update(t, "symmetric_difference_update", BinaryOp::kXor);
    return t.method("add", "element, /", add)
        .method("discard", "element, /", discard)
        .method("remove", "element, /", remove_element)
        .method("pop", "", pop_element)
        .method("clear", "", clear_set)
        .constructor("iterable=(), /", [](Arguments& a, Interpreter& in) {
          return make_set(elements(a["iterable"], in), in);
        });
  }();
  return type;
}

const Type& frozenset_type() {
  static const Type& type = add_set_methods(define_type("frozenset"))
                                .constructor("iterable=(), /", [](Arguments& a, Interpreter& in) {
                                  return make_set(elements(a["iterable"], in), in, true);
                                });
  return type;
}

const Type& Set::type() const { return frozen ? frozenset_type() : set_type(); }

const Type& range_type() {
  static const Type& type =
      define_type("range")
          .raises_attribute_error()
          .constructor("*args", construct_range)
          .property("start",
                    [](const Value& s, Interpreter&) -> Value { return self_as<Range>(s).start; })
          .property("stop",
                    [](const Value& s, Interpreter&) -> Value { return self_as<Range>(s).stop; })
          .property("step",
                    [](const Value& s, Interpreter&) -> Value { return self_as<Range>(s).step; });
  return type;
}

const Type& Range::type() const { return range_type(); }

}  // namespace cadrecode::interpreter
