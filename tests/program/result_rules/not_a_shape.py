# A number called r is no result.
import cadquery as cq
r = 5
result = cq.Workplane().box(r, 1, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=5 area=22
# expect: bbox=-2.5,-0.5,-0.5,2.5,0.5,0.5 center=0,0,0
