def make(width, /, height=2, *rest, depth: float = 3.0, **options) -> "Workplane":
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
