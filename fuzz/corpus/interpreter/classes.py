class Point:
    """A point."""
    count = 0
    def __init__(self, x=0, y=0):
        self.x, self.y = x, y
        Point.count += 1
    def __repr__(self): return f'Point({self.x}, {self.y})'
    def __eq__(self, o): return isinstance(o, Point) and (self.x, self.y) == (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))
    def __add__(self, o): return Point(self.x + o.x, self.y + o.y)
    def __mul__(self, k): return Point(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __neg__(self): return Point(-self.x, -self.y)
    def __abs__(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def __lt__(self, o): return abs(self) < abs(o)
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return 2
    def __iter__(self): return iter((self.x, self.y))
    def __contains__(self, v): return v in (self.x, self.y)
    def __call__(self, z): return (self.x, self.y, z)
    def __bool__(self): return bool(self.x or self.y)
    @property
    def norm(self): return abs(self)
    @norm.setter
    def norm(self, v): self.x = v
    @staticmethod
    def origin(): return Point()
    @classmethod
    def make(cls, v): return cls(v, v)
p, q = Point(3, 4), Point(1, 2)
print(p, str(p), p + q, p * 2, 2 * p, -p, abs(p), p == Point(3, 4), p != q, q < p, sorted([p, q]), max(p, q), p[0], p[-1], len(p), list(p), 3 in p, p(9), bool(Point()), p.norm)
p.norm = 7; x, y = p; print(p, x, y, Point.origin(), Point.make(5), Point.count, p.count, {Point(1, 2): 'v'}[q], hash(Point(1, 2)) == hash(q))
class Named(Point):
    def __init__(self, name, *a):
        super().__init__(*a)
        self.name = name
    def __repr__(self): return self.name + super().__repr__()
    def greet(self, other='x'): return f'{self.name} {other}'
n = Named('n', 1, 2); print(n, isinstance(n, Point), isinstance(p, Named), type(n).__name__, n.greet(), n.greet(other='y'), Named.greet(n, 'z'), n == q, type(n) is Named, issubclass(Named, Point))
n.extra = [1]; n.extra.append(2); print(n.extra, hasattr(n, 'extra'), getattr(n, 'nope', None)); del n.extra; print(hasattr(n, 'extra')); setattr(n, 'w', 5); print(n.w)
class Stack:
    def __init__(self): self.items = []
    def push(self, v): self.items.append(v); return self
    def __getitem__(self, i): return self.items[i]
    def __setitem__(self, i, v): self.items[i] = v
    def __delitem__(self, i): del self.items[i]
s = Stack().push(1).push(2).push(3); s[0] = 9; del s[1]; print(list(s), s[-1], [v for v in s])
class Counter:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n
print(list(Counter(3)), sum(Counter(4)), 2 in Counter(5), next(Counter(9)))
class E1(Exception):
    def __init__(self, code, msg='m'):
        super().__init__(msg)
        self.code = code
class E2(E1): pass
try: raise E2(5, 'boom')
except E1 as e: print(type(e).__name__, e, e.code, e.args, repr(e), isinstance(e, Exception))
class Empty: pass
e = Empty(); e.a = 1; print(e.a, Empty.__name__, isinstance(e, object))
class Outer:
    class Inner:
        v = 3
    w = [i for i in range(3)]
    def get(self): return self.Inner.v
print(Outer().get(), Outer.Inner.v, Outer.w)
m = p.make; print(m(1)); f = Stack().push; print(f(4).items)
from dataclasses import dataclass, field
@dataclass
class Box:
    w: float
    h: float = 2.0
    tags: list = field(default_factory=list)
    def area(self): return self.w * self.h
    def __post_init__(self): self.d = self.w + self.h
b = Box(3); b.tags.append('x'); print(b, Box(1, 2) == Box(1, 2), b.area(), Box(w=1, h=5).area(), Box(2).tags, b.d)
@dataclass(frozen=True, order=True)
class Key:
    a: int
    b: str = 'k'
print(Key(1) < Key(2), sorted([Key(2), Key(1, 'z'), Key(1)]), {Key(1): 5}[Key(1)])
try: Key(1).a = 2
except AttributeError as e: print('frozen')
from enum import Enum
class Color(Enum):
    RED = 1
    GREEN = 'g'
print(Color.RED, Color.GREEN.value, Color.RED.name, Color('g'), Color['RED'], list(Color), Color.RED == Color.RED, Color.RED is Color(1), len(Color), repr(Color.RED))
from collections import namedtuple, defaultdict
P = namedtuple('P', 'x y'); t = P(1, y=2); print(t, t.x, t[1], t == (1, 2), t._replace(x=5), tuple(t), P('a', 'b').y)
dd = defaultdict(list); dd['a'].append(1); dd['b']; print(dict(dd), len(dd)); ci = defaultdict(int); ci['x'] += 5; print(ci['x'], 'y' in ci)
for h in [lambda: Point(1, 2, 3), lambda: p.nope, lambda: p + 1, lambda: Empty(1), lambda: Empty() < Empty(), lambda: Box(), lambda: Box(1, 2, 3, 4), lambda: Box(1, z=2), lambda: len(Empty()), lambda: Empty()[0], lambda: Empty()(), lambda: list(Empty()), lambda: Color(9), lambda: P(1), lambda: Point.nope, lambda: hash(Box(1)), lambda: Color['Q']]:
    try: print(h())
    except Exception as e: print(type(e).__name__)
