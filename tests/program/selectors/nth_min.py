# <Z[0] counts from the top.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(">Z").workplane().rect(2, 2).extrude(2).faces("<Z[0]")
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=4
# expect: bbox=-1,-1,2.5,1,1,2.5 center=0,0,2.5
