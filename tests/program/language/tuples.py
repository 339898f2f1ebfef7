# Unpacking, swapping, star.
import cadquery as cq
a, b = 1, 2
a, b = b, a
c, *d = (3, 4, 5)
r = cq.Workplane().box(a, b, c + sum(d))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=24 area=76
# expect: bbox=-1,-0.5,-6,1,0.5,6 center=0,0,0
