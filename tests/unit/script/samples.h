// Programs the tests of this room share: each uses other parts of the grammar.
#pragma once

#include <string>
#include <vector>

namespace cadrecode::script {

inline const std::vector<std::string>& samples() {
  static const std::vector<std::string> kSamples = {
      R"(import cadquery as cq
w0=cq.Workplane('ZX',origin=(0,-22,0))
r=w0.sketch().arc((52,-67),(65,-46),(52,-26)).close().assemble().finalize().extrude(122)
r=r.union(w0.workplane(offset=-45/2).moveTo(-99,-48.5).box(2,103,45))
)",
      R"(from math import pi, sin as sine, cos
from cadquery import *
import os.path, a.b.c as abc
a, (b, *c), [d] = 1, (2, 3, 4), [5]
x: float = 1.5e-3
y: "list[int]"
(z): int = 3
x += 1; y -= 2; z **= 3; a //= b; a >>= 1; a |= 2; a @= b
p = q = r = 0x_ff + 0o17 + 0b1_0 + 1_000 + .5 + 1. + 1e10
)",
      R"(def make(width, /, height=2, *rest, depth: float = 3.0, **options) -> "Workplane":
    """Doc
    string"""
    global counter
    if width < height <= depth != 3 and not (depth is None or width is not None):
        return width if height else depth
    elif height not in rest or depth in options:
        pass
    else:
        while True:
            break
        else:
            height -= 1
    for i, (j, k) in enumerate(rest):
        if i == 2: continue
        print(i, j, k, sep='', *rest, **options)
    else:
        return
    def inner(*, key): nonlocal height; height = key
    return lambda x, *a, y=1, **k: x + y

@decorator(1)
@other.thing
class Box(Base, metaclass=Meta):
    size = 3

    def __init__(self, size=None):
        self.size = size or [s ** -2 for s in range(3) if s if s > 1]

    @property
    def area(self): return self.size[0] * self.size[-1:2, ::3, ...]
)",
      R"(try:
    raise ValueError("bad" 'ly') from None
except (ValueError, TypeError) as error:
    assert error, f"no {error!r:>{width}} {x=} {a['b']} {{literal}} {1 + 2:0.3f}"
except Exception:
    raise
except:
    del a[0], b.c, d
else:
    pass
finally:
    pass
gen = (x for xs in table for x in xs if x)
total = sum(x * 2 for x in gen)
d = {**base, 'a': 1, "b": {1, 2, 3}, **{'c': {}}}
e = {k: v for k, v in d.items()}
f = {x for x in y} if False else {x for x in y if (lambda: x)()}
)",
      R"(def numbers(n):
    x = yield
    yield n, 1
    yield from range(n)
    y = yield n
if (n := len(a)) > 10: print(n)
m = -2 ** -3 ** 2 + ~5 - +6 @ a % 3 << 2 & 7 | 8 ^ 9
s = r'\d' + "it's" + 'say "hi"' + '\x41\u00e9\101\n\t\\' + '''tri
ple''' + """a"b""" + rf'{x}\n' + u'u'
t = not a == b, (1).real, 1.5.real, (-1).real, (1,), (), [], {}
g = a if b else c if d else e
h = (lambda: (yield))
k = x[1:2, *y], x[:], x[::2], x[(1, 2)], x[1,]
if __name__ == "__main__": run()
)"
      "l = a.b(c)(d)[e].f(\n    # comment\n    g, \\\n    h)\n",
  };
  return kSamples;
}

}  // namespace cadrecode::script
