x = 10
x += 5; x -= 3; x *= 2; x //= 5; x **= 3; x %= 50; x <<= 2; x >>= 1; x |= 1; x &= 0xff; x ^= 3; print(x)
y = 7.0; y /= 2; print(y); s = 'a'; s += 'b'; s *= 3; print(s); l = [1]; l *= 2; l += 'ab'; print(l); d = {'k': [1]}; d['k'] += [2]; d['n'] = 0; d['n'] += 1; print(d)
if x > 1000: print('big')
elif x > 10: print('medium')
elif x > 5: print('small')
else: print('tiny')
a = b = c = []; a.append(1); print(b, c is a)
i = 0
while True:
    i += 1
    if i % 2: continue
    if i > 6: break
    print(i, end=' ')
print()
for i, (p, (q, r)) in enumerate([(1, (2, 3)), (4, (5, 6))]): print(i, p, q, r)
for k in {'x': 1, 'y': 2}: print(k, end=',')
print()
n: int = 5
m: 'list'
print(n)
del n
try: print(n)
except NameError as e: print(e)
class C: pass
o = C(); o.v = 1; o.v += 2; o.l = [1, 2]; o.l[0] += 10; print(o.v, o.l)
print(1, 2, sep='-', end='!\n'); print(); print('a', None, True, 1.50, [1, 'b'], sep=', ')
print('yes' if x else 'no', (1, 2, 3)[1], {'a': 1}['a'], [1, 2, 3][-1], 'abc'[1])
print(1 and 2, 0 or 'x', not 0, 1 and 0 or 3, None or 0 or 'z', 1 < 2 and 2 < 3)
print(3 in [1, 2, 3], 4 not in (1, 2), 'a' in {'a': 1}, None is not None, x is x)
if True: z = 1; w = 2
print(z, w)
for i in range(2):
    for j in range(2):
        if j: break
        print(i, j)
    else: print('never')
result = [(i, j) for i in range(3) for j in range(i)]
print(result, i, j)
pts = [(math_i, math_i ** 2) for math_i in range(3)]
(x1, y1), *others = pts
print(x1, y1, others)
if __name__ == "__main__": print('main')
lst = [5, 3, 8]
lst[0], lst[2] = lst[2], lst[0]
print(lst, *lst, sep=' ')
t = 1,
u = (1)
print(t, u, (), (1, 2,), [3, 4, ], {5, })
print(f"{'a' if x else 'b'}" f'{x:>4}', "implicit " "concat")
v = (
    1 +
    2 * 3
)
print(v, 2 \
    + 3)
print([i for i in range(5) if i != 2][::-1], sum(i for i in range(5)), {i: i ** 2 for i in range(3)}, {i % 2 for i in range(5)})
import math as m2, itertools
from math import (sin, cos as co,)
print(m2.floor(2.5), co(0), sin(0))
def f():
    pass
print(f(), f)  if False else print(f())
print(None, ..., Ellipsis, NotImplemented)
print(id(x) == id(x), type(None).__name__, type(f).__name__, type(print).__name__)
pass; pass
raise ValueError(f'end {1 + 1}')
