try:
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
