def f(a, b=2, *args, c, d=4, **kw): return (a, b, args, c, d, kw)
print(f(1, c=3), f(1, 5, 6, 7, c=3, e=9), f(*[1, 2, 3], **{'c': 4, 'z': 5}), f(c=1, a=2))
def g(a, /, b, *, c=3): return a, b, c
print(g(1, 2), g(1, b=2, c=4))
def default(x, l=[]):
    l.append(x)
    return l
print(default(1), default(2), default(3, []))
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    return inc
c1, c2 = counter(), counter()
print(c1(), c1(), c2(), c1(10))
total = 0
def add(x):
    global total
    total += x
add(3); add(4); print(total)
print((lambda x, y=2: x * y)(4), (lambda *a, **k: (a, k))(1, z=2), list(map(lambda p: p[0], [(1, 2)])))
def fact(n): return 1 if n <= 1 else n * fact(n - 1)
print(fact(10), fact(20))
def gen(n):
    i = 0
    while i < n:
        if i == 3:
            i += 1
            continue
        x = yield i
        print('x', x)
        i += 1
    else:
        yield 'done'
print(list(gen(5)))
def gen2():
    for i in range(3):
        for j in 'ab':
            if i == 1: break
            yield i, j
        else:
            yield 'else'
    yield from [7, 8]
    return 5
print(list(gen2()), list(gen2())[2:4])
def early():
    yield 1
    return
    yield 2
print(list(early()), sum(early()), max(gen2(), key=str))
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
it = fib()
print([next(it) for _ in range(10)])
def outer():
    x = 'outer'
    def inner():
        return x
    x = 'changed'
    return inner()
print(outer())
def shadow():
    try:
        print(y)
        y = 1
    except UnboundLocalError as e:
        print(type(e).__name__)
y = 0
shadow()
def rec(n):
    if n == 0: return 'bottom'
    return rec(n - 1)
print(rec(300))
if (m := 10) > 5: print('walrus', m)
print([last := x for x in range(3)], last, [y2 for x in range(4) if (y2 := x * 2) > 2])
def deco(fn):
    def wrapper(*a, **k):
        return 'wrapped ' + str(fn(*a, **k))
    return wrapper
@deco
def plain(x): return x
print(plain(5), plain.__name__)
def annotated(x: int, y: 'str' = 'a') -> float: return 1.0
print(annotated(1), callable(annotated), callable(5), annotated.__name__)
def doc():
    """Docs."""
print(doc())
for i in range(3):
    if i == 1: break
else: print('no break')
for i in range(3): pass
else: print('else ran', i)
n = 3
while n:
    n -= 1
    if n == 1: continue
    print('n', n)
else: print('while else')
print([f2(3) for f2 in [lambda x: x + 1, lambda x: x * 2]], (lambda: None)())
print(isinstance(1, int), isinstance(True, int), isinstance(1, (str, float)), isinstance('a', str), isinstance([], list), isinstance(None, type(None)), type(1) == int, type(1.0) is float, type('a').__name__, issubclass(bool, int))
print(getattr('abc', 'upper')(), hasattr('abc', 'foo'), getattr(5, 'foo', 'dflt'), getattr(5, 'real'))
print(list(map(str, [1, 2.5, None])), list(map(int, '123')), [*map(float, [1])], sorted(map(abs, [-3, 2])))
add.note = 'x'; print(add.note)
def calls(*args): return args
print(calls(*'ab', *[1]), calls(*()), calls(*range(3), 9))
for h in [lambda: f(), lambda: f(1), lambda: f(1, 2, 3, c=1, a=5), lambda: g(1), lambda: g(1, 2, 3), lambda: g(a=1, b=2), lambda: fact(), lambda: fact(1, 2), lambda: rec(x=1), lambda: (lambda x: x)(), lambda: undefined_name, lambda: 5(), lambda: None.foo, lambda: f.missing, lambda: calls(**{1: 2}), lambda: calls(*5), lambda: outer(1), lambda: print(sep=5)]:
    try:
        print(h())
    except Exception as e:
        print(type(e).__name__)
def fn_args(a, b, c): pass
for args, kw in [((), {}), ((1,), {}), ((1, 2, 3, 4), {}), ((1, 2, 3), {'a': 1}), ((), {'z': 1})]:
    try: fn_args(*args, **kw)
    except TypeError as e: print(e)
