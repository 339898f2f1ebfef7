#include "language/interpreter/builtin_iterators.h"

#include <algorithm>

#include "language/interpreter/containers.h"
#include "language/interpreter/function.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/numbers.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

// An iterator made of a C++ function.
class FunctionIterator : public Iterator {
 public:
  using Next = std::function<bool(Value& out, Interpreter&)>;
  explicit FunctionIterator(Next next) : next_(std::move(next)) {}
  // Refuses to be entered again from its own function: what it steps through
  // may be freed at the inner end.
  bool next(Value& out, Interpreter& interpreter) override {
    if (running_) throw_value_error("iterator already executing");
    if (!next_) return false;
    running_ = true;
    struct Guard {
      bool& flag;
      ~Guard() { flag = false; }
    } guard{running_};
    const bool more = next_(out, interpreter);
    if (!more) next_ = nullptr;
    return more;
  }
  void clear_references() override { next_ = nullptr; }

 private:
  Next next_;
  bool running_ = false;
};

std::vector<Ref<Iterator>> iterators(const std::vector<Value>& iterables, Interpreter& in) {
  std::vector<Ref<Iterator>> out;
  for (const Value& v : iterables) out.push_back(iterate(v, in));
  return out;
}

}  // namespace

Value make_iterator(std::function<bool(Value& out, Interpreter&)> next) {
  return make<FunctionIterator>(std::move(next));
}

Value enumerate_of(Arguments& a, Interpreter& in) {
  return make_iterator([source = iterate(a["iterable"], in), i = a.integer("start")](
                           Value& out, Interpreter& in) mutable {
    Value item;
    if (!source->next(item, in)) return false;
    out = make_tuple({i++, std::move(item)});
    return true;
  });
}

Value zip_of(Arguments& a, Interpreter& in) {
  return make_iterator([sources = iterators(a.rest(), in), strict = a.boolean("strict", in)](
                           Value& out, Interpreter& in) {
    std::vector<Value> items(sources.size());
    for (size_t i = 0; i < sources.size(); ++i) {
      if (sources[i]->next(items[i], in)) continue;
      Value extra;
      for (size_t k = i == 0 ? 1 : sources.size(); strict && k < sources.size(); ++k) {
        if (sources[k]->next(extra, in))
          throw_value_error("zip() argument " + std::to_string(k + 1) +
                            " is longer than argument 1");
      }
      if (strict && i > 0)
        throw_value_error("zip() argument " + std::to_string(i + 1) + " is shorter than argument " +
                          (i == 1 ? "1" : "s 1-" + std::to_string(i)));
      return false;
    }
    if (sources.empty()) return false;
    out = make_tuple(std::move(items));
    return true;
  });
}

Value map_of(Arguments& a, Interpreter& in) {
  if (a.rest().empty()) throw_type_error("map() must have at least two arguments.");
  return make_iterator(
      [function = a["function"], sources = iterators(a.rest(), in)](Value& out, Interpreter& in) {
        std::vector<Value> items(sources.size());
        for (size_t i = 0; i < sources.size(); ++i) {
          if (!sources[i]->next(items[i], in)) return false;
        }
        out = in.call(function, items);
        return true;
      });
}

Value filter_of(Arguments& a, Interpreter& in) {
  return make_iterator(
      [function = a["function"], source = iterate(a["iterable"], in)](Value& out, Interpreter& in) {
        for (Value item; source->next(item, in);) {
          in.charge();
          if (!truth(function.is_none() ? item : in.call(function, {item}), in)) continue;
          out = item;
          return true;
        }
        return false;
      });
}

Value reversed_of(Arguments& a, Interpreter& in) {
  const Value& sequence = a["sequence"];
  const Value made = call_special_method(sequence, {"__reversed__"}, in);
  if (!made.is_unset()) return made;
  if (!sequence.is_object() || !sequence.object().has_length() || sequence.kind() == Kind::kSet) {
    throw_type_error("'" + type_name(sequence) + "' object is not reversible");
  }
  if (const auto* range = sequence.as<Range>()) {
    const int64_t n = range->count();
    if (n == 0) return iterate(make<Range>(0, 0, 1), in);
    const int64_t last = range->start + (n - 1) * range->step;
    return iterate(make<Range>(last, range->start - range->step, -range->step), in);
  }
  std::vector<Value> items = elements(sequence, in);
  std::reverse(items.begin(), items.end());
  return iterate_values(std::move(items));
}

Value iter_of(Arguments& a, Interpreter& in) {
  if (!a.given("sentinel")) return iterate(a["object"], in);
  return make_iterator(
      [function = a["object"], sentinel = a["sentinel"]](Value& out, Interpreter& in) {
        out = in.call(function, {});
        return !equal(out, sentinel, in);
      });
}

Value next_of(Arguments& a, Interpreter& in) {
  Value out;
  auto* iterator = a["iterator"].as<Iterator>();
  if (!iterator) {
    const Value made = call_special_method(a["iterator"], {"__next__"}, in);
    if (made.is_unset())
      throw_type_error("'" + type_name(a["iterator"]) + "' object is not an iterator");
    return made;
  }
  if (iterator->next(out, in)) return out;
  if (a.given("default")) return a["default"];
  throw Exception(make_exception(exception_type("StopIteration"), {}), "StopIteration");
}

}  // namespace cadrecode::interpreter
