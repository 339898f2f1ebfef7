# The shell of a solid.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).shells()
# expect: status=ok valid=true solids=0 faces=6 edges=12 vertices=8
# expect: volume=0 area=22
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
