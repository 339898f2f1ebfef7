# r before result.
import cadquery as cq
result = cq.Workplane().box(9, 9, 9)
r = cq.Workplane().box(1, 1, 1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=1 area=6
# expect: bbox=-0.5,-0.5,-0.5,0.5,0.5,0.5 center=0,0,0
