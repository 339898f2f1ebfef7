# expect: kind=limit
import cadquery as cq
def f(n):
    return f(n + 1) + 1
r = cq.Workplane().box(f(0), 1, 1)
