# >Z[-2]: the second from the top.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(">Z").workplane().rect(2, 2).extrude(2).faces(">Z[-2]")
# expect: status=ok valid=true solids=0 faces=1 edges=8 vertices=8
# expect: volume=0 area=12
# expect: bbox=-2,-2,0.5,2,2,0.5 center=0,0,0.5
