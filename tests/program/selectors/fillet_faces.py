# Select the faces a fillet made.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).edges("|Z").fillet(1).faces("%CYLINDER").faces(">X")
# expect: status=ok valid=true solids=0 faces=2 edges=8 vertices=8
# expect: volume=0 area=12.56637061
# expect: bbox=1,-2,-2,2,2,2 center=1.636619772,0,0
