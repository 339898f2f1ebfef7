# toTuple, iteration, negation, comparison.
import cadquery as cq
v = -cq.Vector(-1, -2, -3)
x, y, z = v.toTuple()
r = cq.Workplane().box(x, y, z) if v == cq.Vector(1, 2, 3) else None
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
