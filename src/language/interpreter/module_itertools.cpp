// itertools, functools and operator: the parts that programs use.
#include <algorithm>
#include <numeric>

#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/modules.h"
#include "language/interpreter/numbers.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

// Steps through index tuples; `advance` moves to the next or says it is over.
Value index_iterator(std::vector<std::vector<Value>> pools, std::vector<size_t> indices, bool empty,
                     std::function<bool(std::vector<size_t>&)> advance) {
  return make_iterator([pools = std::move(pools), indices = std::move(indices), done = empty,
                        first = true,
                        advance = std::move(advance)](Value& out, Interpreter& in) mutable {
    in.charge();
    if (!first && !done) done = !advance(indices);
    first = false;
    if (done) return false;
    std::vector<Value> items;
    for (size_t i = 0; i < indices.size(); ++i)
      items.push_back(pools[pools.size() == 1 ? 0 : i][indices[i]]);
    out = make_tuple(std::move(items));
    return true;
  });
}

Value product(Arguments& a, Interpreter& in) {
  std::vector<std::vector<Value>> pools;
  const int64_t repeat = a.integer("repeat");
  if (repeat < 0) throw_value_error("repeat argument cannot be negative");
  for (int64_t r = 0; r < repeat; ++r) {
    for (const Value& v : a.rest()) pools.push_back(elements(v, in));
  }
  const bool empty =
      std::any_of(pools.begin(), pools.end(), [](const auto& p) { return p.empty(); });
  std::vector<size_t> sizes, indices(pools.size());
  for (const auto& p : pools) sizes.push_back(p.size());
  return index_iterator(std::move(pools), std::move(indices), empty,
                        [sizes](std::vector<size_t>& index) {
                          for (size_t i = index.size(); i-- > 0;) {
                            if (++index[i] < sizes[i]) return true;
                            index[i] = 0;
                          }
                          return false;
                        });
}

size_t selection_size(const Arguments& a) {
  const int64_t r = a.integer("r");
  if (r < 0) throw_value_error("r must be non-negative");
  return static_cast<size_t>(std::min<int64_t>(r, 1'000'000));
}

Value combinations(Arguments& a, Interpreter& in, bool replacement) {
  std::vector<Value> pool = a.items("iterable", in);
  const size_t n = pool.size(), r = selection_size(a);
  const bool empty = replacement ? n == 0 && r > 0 : r > n;
  in.charge_memory(r * sizeof(size_t));
  std::vector<size_t> indices(empty ? 0 : r);
  if (!replacement) std::iota(indices.begin(), indices.end(), 0);
  return index_iterator({std::move(pool)}, std::move(indices), empty,
                        [=](std::vector<size_t>& index) {
                          for (size_t i = index.size(); i-- > 0;) {
                            const size_t most = replacement ? n - 1 : i + n - r;
                            if (index[i] >= most) continue;
                            ++index[i];
                            for (size_t k = i + 1; k < index.size(); ++k)
                              index[k] = replacement ? index[i] : index[k - 1] + 1;
                            return true;
                          }
                          return false;
                        });
}

// In lexicographic order of the positions, as CPython gives them.
Value permutations(Arguments& a, Interpreter& in) {
  std::vector<Value> pool = a.items("iterable", in);
  const size_t n = pool.size(), r = a.is_none("r") ? n : selection_size(a);
  std::vector<size_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  return make_iterator([pool = std::move(pool), order = std::move(order), r, first = true](
                           Value& out, Interpreter& in) mutable {
    in.charge();
    if (r > pool.size()) return false;
    if (!first) {
      // Reversing the tail skips the arrangements that differ only beyond r.
      std::reverse(order.begin() + static_cast<std::ptrdiff_t>(r), order.end());
      if (!std::next_permutation(order.begin(), order.end())) return false;
    }
    first = false;
    std::vector<Value> items;
    for (size_t i = 0; i < r; ++i) items.push_back(pool[order[i]]);
    out = make_tuple(std::move(items));
    return true;
  });
}

Value chain(std::vector<Ref<Iterator>> fixed, Ref<Iterator> more) {
  return make_iterator([fixed = std::move(fixed), more = std::move(more), next = size_t{0},
                        current = Ref<Iterator>()](Value& out, Interpreter& in) mutable {
    for (;;) {
      if (current && current->next(out, in)) return true;
      Value iterable;
      in.charge();
      if (next < fixed.size()) {
        current = fixed[next++];
      } else if (more && more->next(iterable, in)) {
        current = iterate(iterable, in);
      } else {
        return false;
      }
    }
  });
}

Value accumulate(Arguments& a, Interpreter& in) {
  return make_iterator([source = iterate(a["iterable"], in), function = a["func"],
                        total = a["initial"], first = true](Value& out, Interpreter& in) mutable {
    Value item;
    if (first && !total.is_none()) {
      first = false;
      out = total;
      return true;
    }
    if (!source->next(item, in)) return false;
    total = first                ? item
            : function.is_none() ? binary(BinaryOp::kAdd, total, item, in)
                                 : in.call(function, {total, item});
    first = false;
    out = total;
    return true;
  });
}

Value islice(Arguments& a, Interpreter& in) {
  const auto& g = a.rest();
  if (g.empty() || g.size() > 3) throw_type_error("islice expected 2 to 4 arguments");
  const auto whole = [](const Value& v, int64_t fallback) {
    if (v.is_none()) return fallback;
    if (!v.is_integral() || v.as_int() < 0)
      throw_value_error("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    return v.as_int();
  };
  const int64_t start = g.size() == 1 ? 0 : whole(g[0], 0),
                stop = whole(g[g.size() == 1 ? 0 : 1], INT64_MAX);
  const int64_t step = g.size() == 3 ? std::max<int64_t>(1, whole(g[2], 1)) : 1;
  return make_iterator([source = iterate(a["iterable"], in), next = start, stop, step,
                        at = int64_t{0}](Value& out, Interpreter& in) mutable {
    while (next < stop && source->next(out, in)) {
      in.charge();
      if (at++ < next) continue;
      next = next > INT64_MAX - step ? INT64_MAX : next + step;
      return true;
    }
    return false;
  });
}

Value zip_longest(Arguments& a, Interpreter& in) {
  std::vector<Ref<Iterator>> sources;
  for (const Value& v : a.rest()) sources.push_back(iterate(v, in));
  return make_iterator(
      [sources = std::move(sources), fill = a["fillvalue"]](Value& out, Interpreter& in) mutable {
        std::vector<Value> items(sources.size(), fill);
        bool any = false;
        for (size_t i = 0; i < sources.size(); ++i) {
          Value item;
          if (!sources[i] || !sources[i]->next(item, in)) {
            sources[i] = nullptr;
            continue;
          }
          items[i] = std::move(item);
          any = true;
        }
        if (any) out = make_tuple(std::move(items));
        return any;
      });
}

Value groupby(Arguments& a, Interpreter& in) {
  // The groups are lists here, made one at a time.
  return make_iterator([source = iterate(a["iterable"], in), key = a["key"], pending = Value(),
                        pending_key = Value()](Value& out, Interpreter& in) mutable {
    const auto key_of = [&](const Value& v) { return key.is_none() ? v : in.call(key, {v}); };
    if (pending.is_unset()) {
      if (!source->next(pending, in)) return false;
      pending_key = key_of(pending);
    }
    std::vector<Value> group{std::move(pending)};
    const Value group_key = pending_key;
    pending = Value();
    for (Value item; source->next(item, in);) {
      in.charge();
      const Value k = key_of(item);
      if (!equal(k, group_key, in)) {
        pending = item;
        pending_key = k;
        break;
      }
      in.charge_memory(group.size() * sizeof(Value));
      group.push_back(item);
    }
    out = make_tuple({group_key, Value(iterate_values(std::move(group)))});
    return true;
  });
}

Value cycle(Arguments& a, Interpreter& in) {
  return make_iterator(
      [items = elements(a["iterable"], in), next = size_t{0}](Value& out, Interpreter& in) mutable {
        in.charge();
        if (items.empty()) return false;
        out = items[next++ % items.size()];
        return true;
      });
}

Value take_while(Arguments& a, Interpreter& in, bool take) {
  return make_iterator([source = iterate(a["iterable"], in), predicate = a["predicate"], take,
                        over = false](Value& out, Interpreter& in) mutable {
    while (source->next(out, in)) {
      in.charge();
      if (over) return true;
      const bool holds = truth(in.call(predicate, {out}), in);
      if (take) return holds;
      if (!holds) return over = true;
    }
    return false;
  });
}

Value pairwise(Arguments& a, Interpreter& in) {
  return make_iterator(
      [source = iterate(a["iterable"], in), last = Value()](Value& out, Interpreter& in) mutable {
        Value item;
        if (last.is_unset() && !source->next(last, in)) return false;
        if (!source->next(item, in)) return false;
        out = make_tuple({last, item});
        last = item;
        return true;
      });
}

Value starmap(Arguments& a, Interpreter& in) {
  return make_iterator(
      [function = a["function"], source = iterate(a["iterable"], in)](Value& out, Interpreter& in) {
        Value item;
        if (!source->next(item, in)) return false;
        out = in.call(function, elements(item, in));
        return true;
      });
}

Value counting(Arguments& a, Interpreter&) {
  return make_iterator([value = a["start"], step = a["step"]](Value& out, Interpreter& in) mutable {
    in.charge();
    out = value;
    value = binary(BinaryOp::kAdd, value, step, in);
    return true;
  });
}

Value repeat(Arguments& a, Interpreter&) {
  return make_iterator([value = a["object"],
                        left = a.is_none("times") ? -1 : std::max<int64_t>(0, a.integer("times"))](
                           Value& out, Interpreter& in) mutable {
    in.charge();
    if (left == 0) return false;
    if (left > 0) --left;
    out = value;
    return true;
  });
}

Module& fill_itertools(Module& m) {
  m.function("product", "*iterables, repeat=1", product);
  m.function("combinations", "iterable, r",
             [](Arguments& a, Interpreter& in) { return combinations(a, in, false); });
  m.function("combinations_with_replacement", "iterable, r",
             [](Arguments& a, Interpreter& in) { return combinations(a, in, true); });
  m.function("permutations", "iterable, r=None", permutations);
  // A class in Python, with the method chain.from_iterable.
  Type& chain_type = define_type("chain");
  chain_type.constructor("*iterables", [](Arguments& a, Interpreter& in) {
    std::vector<Ref<Iterator>> sources;
    for (const Value& v : a.rest()) sources.push_back(iterate(v, in));
    return chain(std::move(sources), {});
  });
  chain_type.static_method("from_iterable", "iterable, /", [](Arguments& a, Interpreter& in) {
    return chain({}, iterate(a["iterable"], in));
  });
  m.add("chain", Value(&chain_type));
  m.function("accumulate", "iterable, func=None, *, initial=None", accumulate);
  m.function("islice", "iterable, /, *args", islice)
      .function("zip_longest", "*iterables, fillvalue=None", zip_longest);
  m.function("groupby", "iterable, key=None", groupby).function("cycle", "iterable, /", cycle);
  m.function("takewhile", "predicate, iterable, /",
             [](Arguments& a, Interpreter& in) { return take_while(a, in, true); });
  m.function("dropwhile", "predicate, iterable, /",
             [](Arguments& a, Interpreter& in) { return take_while(a, in, false); });
  m.function("pairwise", "iterable, /", pairwise)
      .function("starmap", "function, iterable, /", starmap);
  m.function("count", "start=0, step=1", counting).function("repeat", "object, times=None", repeat);
  return m;
}

// --- functools ---

Value reduce(Arguments& a, Interpreter& in) {
  const Ref<Iterator> source = iterate(a["sequence"], in);
  Value total = a["initial"];
  if (!a.given("initial") && !source->next(total, in))
    throw_type_error("reduce() of empty iterable with no initial value");
  for (Value item; source->next(item, in);) total = in.call(a["function"], {total, item});
  return total;
}

class Partial : public Object {
 public:
  Partial(Value function, std::vector<Value> positional,
          std::vector<std::pair<std::string, Value>> keywords)
      : function_(std::move(function)),
        positional_(std::move(positional)),
        keywords_(std::move(keywords)) {}
  const Type& type() const override {
    static const Type& type = define_type("partial").raises_attribute_error();
    return type;
  }
  bool callable() const override { return true; }
  Value call(const Call& call, Interpreter& in) override {
    std::vector<Value> positional = positional_;
    positional.insert(positional.end(), call.positional.begin(), call.positional.end());
    std::vector<Keyword> keywords;
    for (const auto& [name, value] : keywords_) {
      const bool replaced = std::any_of(call.keywords.begin(), call.keywords.end(),
                                        [&key = name](const Keyword& k) { return k.name == key; });
      if (!replaced) keywords.push_back({name, value});
    }
    keywords.insert(keywords.end(), call.keywords.begin(), call.keywords.end());
    return in.call(function_, positional, keywords);
  }

 private:
  Value function_;
  std::vector<Value> positional_;
  std::vector<std::pair<std::string, Value>> keywords_;
};

// A comparison function as a sort key.
class ComparisonKey : public Object {
 public:
  ComparisonKey(Value function, Value value)
      : function_(std::move(function)), value_(std::move(value)) {}
  const Type& type() const override {
    static const Type& type = define_type("K").raises_attribute_error();
    return type;
  }
  Value compare(CompareOp op, const Value& other, Interpreter& in) override {
    const auto* key = other.as<ComparisonKey>();
    if (!key) return {};
    return interpreter::compare(op, in.call(function_, {value_, key->value_}), Value(0), in);
  }

 private:
  Value function_, value_;
};

// Remembers what a function returned; the memory is the interpreter's to bound.
Value cached(const Value& function) {
  Ref<Dict> results = make<Dict>();
  return make_function("cached", "*args, **kwargs",
                       [function, results](Arguments& a, Interpreter& in) {
                         std::vector<Value> parts = a.rest();
                         std::vector<Keyword> keywords;
                         for (const auto& [name, value] : a.keywords()) {
                           parts.push_back(make_tuple({Value(name), value}));
                           keywords.push_back({name, value});
                         }
                         const Value key = make_tuple(std::move(parts));
                         if (const Value* found = results->table.find(key, in)) return *found;
                         const Value value = in.call(function, a.rest(), keywords);
                         results->table.insert(key, value, in);
                         return value;
                       });
}

Module& fill_functools(Module& m) {
  m.function("reduce", "function, sequence, initial=None, /", reduce);
  m.function("partial", "func, /, *args, **keywords", [](Arguments& a, Interpreter&) -> Value {
    return make<Partial>(a.callable("func"), a.rest(), a.keywords());
  });
  m.function("cmp_to_key", "mycmp", [](Arguments& a, Interpreter&) -> Value {
    return make_function("cmp_to_key", "obj",
                         [f = a["mycmp"]](Arguments& b, Interpreter&) -> Value {
                           return make<ComparisonKey>(f, b["obj"]);
                         });
  });
  m.function("cache", "function", [](Arguments& a, Interpreter&) { return cached(a["function"]); });
  m.function("lru_cache", "maxsize=128, typed=False", [](Arguments& a, Interpreter&) -> Value {
    if (is_callable(a["maxsize"])) return cached(a["maxsize"]);
    return make_function("lru_cache", "function",
                         [](Arguments& b, Interpreter&) { return cached(b["function"]); });
  });
  m.function("wraps", "wrapped", [](Arguments&, Interpreter&) -> Value {
    return make_function("wraps", "function",
                         [](Arguments& b, Interpreter&) { return b["function"]; });
  });
  return m;
}

// --- operator ---

Module& fill_operator(Module& m) {
  static constexpr std::pair<const char*, BinaryOp> kBinary[] = {
      {"add", BinaryOp::kAdd},
      {"sub", BinaryOp::kSubtract},
      {"mul", BinaryOp::kMultiply},
      {"truediv", BinaryOp::kDivide},
      {"floordiv", BinaryOp::kFloorDivide},
      {"mod", BinaryOp::kModulo},
      {"pow", BinaryOp::kPower},
      {"and_", BinaryOp::kAnd},
      {"or_", BinaryOp::kOr},
      {"xor", BinaryOp::kXor},
      {"matmul", BinaryOp::kMatrixMultiply}};
  for (const auto& [name, op] : kBinary) {
    m.function(name, "a, b, /",
               [op = op](Arguments& a, Interpreter& in) { return binary(op, a["a"], a["b"], in); });
  }
  static constexpr std::pair<const char*, CompareOp> kCompare[] = {
      {"eq", CompareOp::kEqual},   {"ne", CompareOp::kNotEqual},
      {"lt", CompareOp::kLess},    {"le", CompareOp::kLessEqual},
      {"gt", CompareOp::kGreater}, {"ge", CompareOp::kGreaterEqual}};
  for (const auto& [name, op] : kCompare) {
    m.function(name, "a, b, /", [op = op](Arguments& a, Interpreter& in) {
      return compare(op, a["a"], a["b"], in);
    });
  }
  m.function("neg", "a, /",
             [](Arguments& a, Interpreter& in) { return unary(UnaryOp::kNegative, a["a"], in); });
  m.function("itemgetter", "*items", [](Arguments& a, Interpreter&) -> Value {
    return make_function("itemgetter", "obj", [items = a.rest()](Arguments& b, Interpreter& in) {
      if (items.size() == 1) return get_item(b["obj"], items[0], in);
      std::vector<Value> out;
      for (const Value& i : items) out.push_back(get_item(b["obj"], i, in));
      return make_tuple(std::move(out));
    });
  });
  m.function("attrgetter", "name", [](Arguments& a, Interpreter&) -> Value {
    return make_function("attrgetter", "obj",
                         [name = a.string("name")](Arguments& b, Interpreter& in) {
                           return get_attribute(b["obj"], name, in);
                         });
  });
  return m;
}

}  // namespace

const Module& itertools_module() {
  static const Module& module = fill_itertools(define_module("itertools"));
  return module;
}
const Module& functools_module() {
  static const Module& module = fill_functools(define_module("functools"));
  return module;
}
const Module& operator_module() {
  static const Module& module = fill_operator(define_module("operator"));
  return module;
}

}  // namespace cadrecode::interpreter
