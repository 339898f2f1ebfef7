# Several targets and augmented assignments.
import cadquery as cq
a = b = 2
a += 1
b **= 3
b //= 3
r = cq.Workplane().box(a, b, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-1.5,-1,-0.5,1.5,1,0.5 center=0,0,0
