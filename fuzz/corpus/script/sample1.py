from math import pi, sin as sine, cos
from cadquery import *
import os.path, a.b.c as abc
a, (b, *c), [d] = 1, (2, 3, 4), [5]
x: float = 1.5e-3
y: "list[int]"
(z): int = 3
x += 1; y -= 2; z **= 3; a //= b; a >>= 1; a |= 2; a @= b
p = q = r = 0x_ff + 0o17 + 0b1_0 + 1_000 + .5 + 1. + 1e10
