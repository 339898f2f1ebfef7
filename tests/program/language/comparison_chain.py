# Chained comparisons.
import cadquery as cq
x = 3
r = cq.Workplane().box(1 if 1 < x <= 3 else 2, 1 if 3 != x else 4, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=4 area=18
# expect: bbox=-0.5,-2,-0.5,0.5,2,0.5 center=0,0,0
