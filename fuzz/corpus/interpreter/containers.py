a = [3, 1, 2]
a.append(4); a.extend([5, 6]); a.insert(0, 0); a.insert(-1, 9); print(a, len(a))
print(a.pop(), a.pop(0), a.index(9), a.count(3), a); a.remove(9); a.reverse(); print(a)
a.sort(); print(a, sorted(a, reverse=True), sorted(['bb', 'a', 'ccc'], key=len), sorted([(1, 'b'), (0, 'c'), (1, 'a')], key=lambda t: t[0]))
a.sort(key=lambda v: -v); print(a, a[::-1], a[1:3], a * 2, [0] * 3, a + [1], a == [5, 4, 3, 2, 1], a < [9])
a[0] = 10; a[-1] = 11; a[1:3] = ['x', 'y', 'z']; print(a); a[::2] = [1, 2, 3]; print(a); del a[0]; del a[1:3]; print(a); a[1:1] = [7, 8]; print(a); a[:] = []; print(a)
b = a; b += [1]; print(a is b, a); c = a.copy(); c.append(2); print(a, c, a[:] == a, a[:] is a); a.clear(); print(b)
n = [[0] * 2 for _ in range(2)]; n[0][0] = 1; print(n); m = [[0] * 2] * 2; m[0][0] = 1; print(m)
t = (1, 'a', [2]); t[2].append(3); print(t, t[0], t[-1], t[1:], t + (4,), t * 2, (1,) * 3, len(t), t.index('a'), t.count(1), (1, 2) < (1, 3), () == tuple())
x, y = 1, 2; x, y = y, x; (p, q), r = (1, 2), 3; first, *rest = range(4); *init, last = 'abc'; h, *mid, e = [1, 2]; print(x, y, p, q, r, first, rest, init, last, h, mid, e)
[i, j] = 5, 6; i = j = 7; k = [1, 2]; k[0], k[1] = k[1], k[0]; print(i, j, k)
d = {'b': 1, 'a': 2}; d['c'] = 3; d['b'] = 9; print(d, d['a'], d.get('z'), d.get('z', 0), 'a' in d, 'z' not in d, len(d), list(d), list(d.values()), list(d.items()))
d.update({'e': 5}, f=6); d.update([('g', 7)]); print(d.pop('e'), d.pop('q', None), d.setdefault('h', []), d.setdefault('a', 0), d); del d['b']; print(d, d.popitem(), d)
for k, v in d.items(): print(k, v, end=';')
print({**d, 'z': 1}, {k: v for k, v in zip('ab', (1, 2))}, dict(a=1, b=2), dict([(1, 2)]), dict({'x': 1}, y=2), {} == {}, {'a': 1, 'b': 2} == {'b': 2, 'a': 1}, d.keys(), d.values())
print({1: 'a', 1.0: 'b', True: 'c'}, {(1, 2): 3}[1, 2], {'a': 1} | {'a': 2, 'b': 3}, d.copy() == d, {'a': 1}.keys() & {'a', 'b'}, dict.fromkeys([1, 2]))
s = {1, 2, 3}; s.add(4); s.discard(9); s.remove(1); print(sorted(s), 2 in s, len(s), sorted(s | {9}), sorted(s & {2, 3}), sorted(s - {2}), sorted(s ^ {2, 7}), {1, 2} <= {1, 2, 3}, {1} < {1}, {1, 2} == {2, 1}, s.isdisjoint({9}))
print(sorted(set('hello')), set(), frozenset([1]), sorted({x % 3 for x in range(9)}), {frozenset([1]): 2}, sorted(s.union([8], (9,))), s.issubset(range(9)), sorted({1, 2}.symmetric_difference([2, 3])))
print(list(range(5)), list(range(2, 8, 3)), list(range(5, 0, -2)), list(range(0)), range(10)[3], range(10)[2:5], range(10)[-1], 5 in range(10), 5 in range(0, 10, 2), len(range(0, 10, 3)), range(3) == range(0, 3, 1), list(reversed(range(4))), range(1, 10, 2)[::-1] == range(9, -1, -2))
print(list(enumerate('ab')), list(enumerate('ab', 1)), list(zip([1, 2], 'ab', (3, 4, 5))), list(map(lambda u: u * 2, [1, 2])), list(map(lambda u, v: u + v, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 'a'])), list(filter(lambda u: u > 1, [1, 2])), list(reversed([1, 2])), list(reversed('ab')))
print(any([0, 1]), all([]), all([1, 0]), any(x > 2 for x in range(4)), list(zip()), dict(zip('ab', range(2))), list(zip(*[(1, 2), (3, 4)])), sorted({'b': 1, 'a': 2}), max({'x': 1, 'y': 5}.items(), key=lambda kv: kv[1]))
it = iter([1, 2, 3]); print(next(it), next(it), list(it), next(it, 'end')); g = (i * i for i in range(3)); print(next(g), list(g), list(g))
l2 = [1, 2]; l2.append(l2); print(l2); dd = {}; dd['self'] = dd; print(dd)
print([x for x in range(10) if x % 2 if x > 3], [(x, y) for x in range(2) for y in 'ab'], [[j for j in range(i)] for i in range(3)], [x if x else 'zero' for x in range(2)])
print([1, 2, 3][slice(1, None)], (1, 2) + (3,), [*range(2), *'ab'], (*[1], 2), {*[1, 1]}, [1, [2, [3]]][1][1][0], not [], [] or 'default', [] and 1, None is None, [1] is [1])
for v in (1, 2): pass
print(v); z = [lambda: i for i in range(3)]; print([f() for f in z]); z = [lambda i=i: i for i in range(3)]; print([f() for f in z])
for f in [lambda: [][0], lambda: [1][1.0], lambda: {}['k'], lambda: {1: 2}[2], lambda: (1,)[5], lambda: [].pop(), lambda: [].remove(1), lambda: {[]: 1}, lambda: {{}}, lambda: set().pop(), lambda: {}.popitem(), lambda: [1, 2].index(3),
          lambda: range(3)[5], lambda: range(1, 2, 0), lambda: range(1.5), lambda: next(iter([])), lambda: list(5), lambda: [1] < [1, 'a'] < ['b'], lambda: sorted([1, 'a']), lambda: (1, 2)[0:1:0], lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: hash([]), lambda: {1}.remove(5), lambda: [1, 2][None], lambda: 5[0], lambda: iter(5), lambda: dict(5)]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def unpack(n, v):
    try:
        if n == 2: a, b = v
        elif n == 3: a, *b, c = v
    except Exception as e: print(type(e).__name__, e)
unpack(2, [1]); unpack(2, [1, 2, 3]); unpack(2, 5); unpack(3, [1]); unpack(2, 'abc')
t3 = (1, 2)
try: t3[0] = 1
except TypeError as e: print(e)
try: 'abc'[0] = 'x'
except TypeError as e: print(e)
q = [1, 2, 3]
try: q[5] = 1
except IndexError as e: print(e)
try: q[::2] = [1]
except ValueError as e: print(e)
e2 = {'a': 1}
try:
    for k in e2: e2['b'] = 1
except RuntimeError as e: print(e)
