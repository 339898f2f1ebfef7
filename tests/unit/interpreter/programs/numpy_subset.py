import numpy as np
from numpy import pi, linspace
import math
def show(x):
    if hasattr(x, 'tolist'): x = x.tolist()
    print(x)
for x in [np.array([1, 2, 3]), np.array([1.5, 2]), np.array([[1, 2], [3, 4.5]]), np.linspace(0, 1, 5), np.linspace(0, 1, 4, endpoint=False), linspace(2, 3, 7), np.arange(5), np.arange(1, 2, 0.25),
          np.arange(10, 0, -3), np.arange(0, 360, 60), np.zeros(3), np.ones((2, 2)), np.full(2, 7), np.eye(2), np.zeros(2, dtype=int), np.array([1, 2], dtype=float)]:
    show(x)
a = np.array([1, 2, 3]); b = np.array([0.5, 1.5, 2.5]); m = np.array([[1, 2, 3], [4, 5, 6]])
for x in [a + b, a * 2, 2 * a, a - 1, 1 - a, a / 2, a // 2, a % 2, a ** 2, 2 ** a, -a, a + [1, 1, 1], a > 1, b <= 1.5, a == a, m + a, m * 2.0, m + np.array([[10], [20]]), m @ a, m @ m.T, a @ a, ~(a > 1), (a > 1) & (a < 3)]:
    show(x)
for x in [np.sin(b), np.cos(0), np.radians(180), np.deg2rad(a), np.degrees(pi), np.sqrt(a), np.exp(1), np.log(b), np.abs(-a), np.floor(b), np.ceil(2.1), np.round(b * 1.111, 2), np.arctan2(1, a), np.hypot(3, 4), np.power(a, 2), np.maximum(a, 2), np.minimum(b, a), np.sign(-2.5), np.clip(a, 2, 3), np.mod(7, 4)]:
    show(x)
for x in [a.sum(), b.sum(), np.sum(m), m.sum(axis=0), m.sum(axis=1), np.mean(b), m.mean(axis=0), a.min(), np.max(m), b.std(), a.prod(), np.any(a > 2), np.all(a > 2), np.cumsum(a), a.argmax(), np.sort([3, 1, 2]), np.diff([1, 4, 9]), np.sum([0.1] * 1000), np.linspace(0, 1, 1001).sum(),
          np.dot(a, b), np.cross([1, 0, 0], [0, 1, 0]), np.linalg.norm([3, 4]), np.linalg.norm(m, axis=1), np.where(a > 1, a, 0), np.concatenate([a, b]), np.vstack([a, b]), np.column_stack([a, b]), np.append(a, 4), np.allclose(a, a + 1e-9)]:
    show(x)
print(a[0], a[-1], b[1], m[1, 2], m[0][1], len(a), len(m), m.shape, a.shape, m.size, m.ndim, a.tolist(), m.T.tolist(), m.reshape(3, 2).tolist(), m.flatten().tolist(), m.reshape(-1).tolist())
show(a[1:]); show(m[:, 1]); show(m[0]); show(m[:, :2]); show(a[::-1]); show(a[a > 1]); show(a[[0, 2]]); show(m[1, 1:])
c = a.copy(); c[0] = 9; c[1:] = 7; print(c.tolist(), a.tolist()); d = np.zeros((2, 2)); d[0, 1] = 5; d[1] = [1, 2]; print(d.tolist())
print([float(v) for v in b], sum(a), max(b), [round(float(v), 3) for v in np.sin(np.linspace(0, pi, 4))], 2 in a, list(zip(a.tolist(), b.tolist())))
for x, y in zip(np.cos(b), np.sin(b)): print(round(float(x), 6), round(float(y), 6), end='; ')
print()
pts = [(float(r * np.cos(t)), float(r * np.sin(t))) for r, t in zip([1, 2], np.linspace(0, 2 * np.pi, 2, endpoint=False))]
print(pts, isinstance(a, np.ndarray), math.sqrt(a[2]), a.astype(float).tolist(), b.astype(int).tolist(), bool(np.array([1])))
for f in [lambda: bool(a), lambda: a + np.array([1, 2]), lambda: a[5], lambda: m.reshape(4, 4), lambda: hash(a)]:
    try: print(f())
    except Exception as e: print(type(e).__name__)
