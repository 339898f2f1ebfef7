# A through hole.
import cadquery as cq
r = cq.Workplane().box(4, 4, 2).faces(">Z").workplane().hole(1)
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=30.42920367 area=68.71238898
# expect: bbox=-2,-2,-1,2,2,1 center=0,0,0
