# Two boxes become one solid.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2).union(cq.Workplane(origin=(2, 1, 1)).box(4, 4, 2))
# expect: status=ok valid=true solids=1 faces=12 edges=30 vertices=20
# expect: volume=58 area=106
# expect: bbox=-2,-2,-1,4,3,2 center=1,0.5,0.5
