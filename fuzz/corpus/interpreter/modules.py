import math, itertools, functools, random, copy, operator
from math import pi, sin as sine, radians
from typing import List, Optional
from functools import reduce, partial
print(pi, math.e, math.tau, math.inf, sine(pi / 6), radians(180), math.degrees(math.pi / 3))
print(math.sqrt(2), math.hypot(3, 4), math.hypot(1, 2, 3), math.dist((0, 0), (3, 4)), math.atan2(1, -1), math.tan(0.5), math.asin(0.5), math.acos(0.5), math.atan(0.5))
print(math.floor(2.7), math.ceil(2.1), math.trunc(-2.7), math.floor(-2.1), math.fabs(-2), math.fmod(-7, 3), math.remainder(7, 4), math.copysign(1, -0.0), math.modf(2.5), math.frexp(8), math.ldexp(0.5, 4))
print(math.exp(1), math.log(10), math.log(8, 2), math.log2(8), math.log10(1000), math.log1p(1e-10), math.expm1(1e-10), math.pow(2, 3), math.cbrt(27))
print(math.gcd(12, 18), math.lcm(4, 6), math.factorial(10), math.comb(10, 3), math.perm(5, 2), math.isqrt(17), math.prod([1, 2, 3]), math.fsum([0.1] * 10), math.isclose(0.1 + 0.2, 0.3), math.isnan(math.nan), math.isinf(math.inf), math.isfinite(1))
print(math.sinh(1), math.cosh(1), math.tanh(1), math.asinh(1), math.acosh(2), math.atanh(0.5), math.erf(0.5), math.nextafter(1, 2), math.ulp(1.0))
print([math.hypot(a, b) for a, b in [(1, 1), (0.1, 0.2), (1e200, 1e200), (3, -4)]], math.hypot(), math.hypot(-2))
print(list(itertools.product('ab', [1, 2])), list(itertools.product(range(2), repeat=2)), list(itertools.combinations('abcd', 2)), list(itertools.combinations_with_replacement('ab', 2)))
print(list(itertools.permutations('abc', 2)), list(itertools.permutations(range(3))), list(itertools.chain('ab', [1])), list(itertools.chain.from_iterable([[1], [2, 3]])), list(itertools.accumulate([1, 2, 3])), list(itertools.accumulate([1, 2, 3], lambda a, b: a * b)))
print(list(itertools.islice(itertools.count(5, 2), 3)), list(itertools.islice('abcdef', 1, 5, 2)), list(itertools.islice(itertools.cycle('ab'), 5)), list(itertools.repeat(7, 2)), list(itertools.zip_longest('ab', 'c', fillvalue='-')), list(itertools.takewhile(lambda v: v < 3, [1, 2, 3, 1])), list(itertools.dropwhile(lambda v: v < 3, [1, 2, 3, 1])), list(itertools.pairwise('abc')), list(itertools.starmap(pow, [(2, 3)])))
print([(k, list(g)) for k, g in itertools.groupby('aabbba')], list(itertools.permutations([], 0)), list(itertools.combinations([1], 2)), list(itertools.product()))
print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, [], 5), partial(pow, 2)(5), partial(int, base=2)('101'), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
@functools.lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(60))
random.seed(1)
print([random.randint(1, 100) for _ in range(10)], random.random(), random.uniform(-5, 5), random.choice(['a', 'b', 'c']), random.randrange(0, 100, 7))
l = list(range(10)); random.shuffle(l); print(l, random.sample(range(100), 5), random.choices('abc', k=5), random.choices([1, 2], weights=[1, 9], k=5), random.gauss(0, 1), random.gauss(5, 2), random.triangular(0, 1, 0.3), random.normalvariate(0, 1), random.getrandbits(10), random.expovariate(2))
random.seed(12345678901234); print(random.random(), random.sample(list(range(30)), 25)); random.seed(-3); print(random.random()); random.seed(0); print(random.random())
a = [[1], [2]]; b = copy.copy(a); c = copy.deepcopy(a); a[0].append(9); print(b, c, operator.add(1, 2), operator.itemgetter(1)([5, 6]), sorted([(1, 'b'), (2, 'a')], key=operator.itemgetter(1)), operator.attrgetter('real')(5))
def typed(x: Optional[List[int]] = None) -> List[int]: return x or []
print(typed(), typed([1]), math.pi.__class__.__name__, math.floor(5), math.ceil(-0.5))
