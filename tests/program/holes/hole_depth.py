# A blind hole.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2).faces(">Z").workplane().hole(1, 0.5)
# expect: status=ok valid=true solids=1 faces=8 edges=15 vertices=10
# expect: volume=31.60730092 area=65.57079633
# expect: bbox=-2,-2,-1,2,2,1 center=0,0,-0.009318236696
