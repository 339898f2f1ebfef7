// random, after CPython's random.py: the same draws for the same seed. A
// program that never seeds starts from seed 0, so that its result is fixed.
#include <algorithm>
#include <cmath>

#include "language/interpreter/containers.h"
#include "language/interpreter/evaluator.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/mersenne.h"
#include "language/interpreter/modules.h"
#include "language/interpreter/numbers.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

Mersenne& generator(Interpreter& in) {
  auto& random = Evaluator(in).st.random;
  if (!random) random = std::make_unique<Mersenne>();
  return *random;
}

Value seed(Arguments& a, Interpreter& in) {
  const Value& s = a["a"];
  if (!s.is_none() && !s.is_integral()) {
    throw Error(ErrorKind::kUnsupported,
                "random.seed() takes an integer here, not '" + type_name(s) + "'");
  }
  const int64_t i = s.is_none() ? 0 : s.as_int();
  generator(in).seed(i < 0 ? uint64_t{0} - static_cast<uint64_t>(i) : static_cast<uint64_t>(i));
  return Value::none();
}

Value random_range(int64_t start, int64_t stop, int64_t step, Interpreter& in) {
  if (step == 0) throw_value_error("zero step for randrange()");
  const int64_t n = Range(start, stop, step).count();
  if (n == 0) throw_value_error("empty range for randrange()");
  return start + step * static_cast<int64_t>(generator(in).below(static_cast<uint64_t>(n)));
}

Value randrange(Arguments& a, Interpreter& in) {
  if (a.is_none("stop")) return random_range(0, a.integer("start"), 1, in);
  return random_range(a.integer("start"), a.integer("stop"), a.integer("step"), in);
}

Value randint(Arguments& a, Interpreter& in) {
  const int64_t high = a.integer("b");
  if (high < a.integer("a")) throw_value_error("empty range for randrange()");
  if (high == INT64_MAX) throw_integer_overflow();
  return random_range(a.integer("a"), high + 1, 1, in);
}

Value uniform(Arguments& a, Interpreter& in) {
  const double low = real_number(a["a"], in), high = real_number(a["b"], in);
  return low + (high - low) * generator(in).unit();
}

Value choice(Arguments& a, Interpreter& in) {
  const int64_t n = length(a["seq"], in);
  if (n == 0) throw_index_error("Cannot choose from an empty sequence");
  return get_item(a["seq"],
                  Value(static_cast<int64_t>(generator(in).below(static_cast<uint64_t>(n)))), in);
}

Value shuffle(Arguments& a, Interpreter& in) {
  if (!a["x"].is_list()) a.fail("x", "a list");
  std::vector<Value>& items = a["x"].as_list().edit();
  for (size_t i = items.size(); i-- > 1;) {
    in.charge();
    std::swap(items[i], items[generator(in).below(i + 1)]);
  }
  return Value::none();
}

Value sample(Arguments& a, Interpreter& in) {
  if (a["population"].kind() == Kind::kSet)
    throw_type_error("Population must be a sequence.  For dicts or sets, use sorted(d).");
  std::vector<Value> pool = a.items("population", in);
  const int64_t k = a.integer("k"), n = static_cast<int64_t>(pool.size());
  if (k < 0 || k > n) throw_value_error("Sample larger than population or is negative");
  std::vector<Value> result;
  int64_t set_size = 21;
  if (k > 5)
    set_size += static_cast<int64_t>(std::pow(4, std::ceil(std::log(k * 3) / std::log(4))));
  if (n <= set_size) {
    for (int64_t i = 0; i < k; ++i) {
      const auto j = static_cast<size_t>(generator(in).below(static_cast<uint64_t>(n - i)));
      result.push_back(pool[j]);
      pool[j] = pool[static_cast<size_t>(n - i - 1)];
    }
    return make_list(std::move(result));
  }
  std::vector<bool> selected(static_cast<size_t>(n));
  for (int64_t i = 0; i < k; ++i) {
    size_t j;
    do j = generator(in).below(static_cast<uint64_t>(n));
    while (selected[j]);
    selected[j] = true;
    result.push_back(pool[j]);
  }
  return make_list(std::move(result));
}

Value choices(Arguments& a, Interpreter& in) {
  const std::vector<Value> population = a.items("population", in);
  const int64_t k = a.integer("k");
  if (population.empty()) throw_index_error("Cannot choose from an empty population");
  in.charge(static_cast<uint64_t>(std::max<int64_t>(0, k)));
  std::vector<double> cumulative;
  const bool plain = a.is_none("weights") && a.is_none("cum_weights");
  if (!plain) {
    const bool summed = !a.is_none("cum_weights");
    double total = 0;
    for (const Value& w : a.items(summed ? "cum_weights" : "weights", in)) {
      total = summed ? real_number(w, in) : total + real_number(w, in);
      cumulative.push_back(total);
    }
    if (cumulative.size() != population.size())
      throw_value_error("The number of weights does not match the population");
    if (!(cumulative.back() > 0)) throw_value_error("Total of weights must be greater than zero");
  }
  std::vector<Value> result;
  const auto n = static_cast<double>(population.size());
  for (int64_t i = 0; i < k; ++i) {
    size_t j;
    if (plain) {
      j = static_cast<size_t>(std::floor(generator(in).unit() * n));
    } else {
      const double r = generator(in).unit() * cumulative.back();
      j = static_cast<size_t>(std::upper_bound(cumulative.begin(), cumulative.end() - 1, r) -
                              cumulative.begin());
    }
    result.push_back(population[j]);
  }
  return make_list(std::move(result));
}

Value gauss(Arguments& a, Interpreter& in) {
  Mersenne& g = generator(in);
  double z;
  if (g.next_gauss) {
    z = *g.next_gauss;
    g.next_gauss.reset();
  } else {
    const double angle = g.unit() * 2 * M_PI;
    const double radius = std::sqrt(-2.0 * std::log(1.0 - g.unit()));
    z = std::cos(angle) * radius;
    g.next_gauss = std::sin(angle) * radius;
  }
  return a.number("mu") + z * a.number("sigma");
}

// Kinderman and Monahan's ratio of uniforms.
Value normalvariate(Arguments& a, Interpreter& in) {
  static const double kMagic = 4 * std::exp(-0.5) / std::sqrt(2.0);
  for (;;) {
    in.charge();
    const double u1 = generator(in).unit(), u2 = 1.0 - generator(in).unit();
    const double z = kMagic * (u1 - 0.5) / u2;
    if (z * z / 4.0 <= -std::log(u2)) return a.number("mu") + z * a.number("sigma");
  }
}

Value triangular(Arguments& a, Interpreter& in) {
  double low = a.number("low"), high = a.number("high"), u = generator(in).unit();
  if (high == low) return low;
  double c = a.is_none("mode") ? 0.5 : (a.number("mode") - low) / (high - low);
  if (u > c) {
    u = 1.0 - u, c = 1.0 - c;
    std::swap(low, high);
  }
  return low + (high - low) * std::sqrt(u * c);
}

Module& fill(Module& m) {
  m.function("seed", "a=None, version=2", seed);
  m.function("random", "",
             [](Arguments&, Interpreter& in) -> Value { return generator(in).unit(); });
  m.function("getrandbits", "k, /", [](Arguments& a, Interpreter& in) -> Value {
    const int64_t k = a.integer("k");
    if (k < 0) throw_value_error("number of bits must be non-negative");
    if (k > 63) throw_integer_overflow();
    return k == 0 ? int64_t{0} : static_cast<int64_t>(generator(in).bits(static_cast<int>(k)));
  });
  m.function("randrange", "start, stop=None, step=1", randrange)
      .function("randint", "a, b", randint);
  m.function("uniform", "a, b", uniform)
      .function("choice", "seq", choice)
      .function("shuffle", "x", shuffle);
  m.function("sample", "population, k", sample);
  m.function("choices", "population, weights=None, *, cum_weights=None, k=1", choices);
  m.function("gauss", "mu=0.0, sigma=1.0", gauss)
      .function("normalvariate", "mu=0.0, sigma=1.0", normalvariate);
  m.function("triangular", "low=0.0, high=1.0, mode=None", triangular);
  m.function("expovariate", "lambd", [](Arguments& a, Interpreter& in) -> Value {
    return -std::log(1.0 - generator(in).unit()) / a.number("lambd");
  });
  return m;
}

}  // namespace

const Module& random_module() {
  static const Module& module = fill(define_module("random"));
  return module;
}

}  // namespace cadrecode::interpreter
