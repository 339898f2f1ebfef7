# abs, round, enumerate, zip, reversed, any, all, isinstance.
import cadquery as cq
n = 0
for i, (a, b) in enumerate(zip([1, 2], reversed([3, 4]))):
    n += i * a * b
r = cq.Workplane().box(abs(-2), round(2.567, 1), n if any([0, 1]) and all([1, isinstance(3, int)]) else 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=31.2 area=65.6
# expect: bbox=-1,-1.3,-3,1,1.3,3 center=0,0,0
