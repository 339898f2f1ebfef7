# Iterating gives shapes.
import cadquery as cq
total = 0
for s in cq.Workplane().pushPoints([(0, 0), (5, 0)]).box(1, 2, 3, combine=False):
    total += s.Volume()
r = cq.Workplane().box(total, 1, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=12 area=50
# expect: bbox=-6,-0.5,-0.5,6,0.5,0.5 center=0,0,0
