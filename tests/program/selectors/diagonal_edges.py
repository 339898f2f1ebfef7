# |XZ on a chamfered box.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).edges(">X and >Z").chamfer(1).faces("+XZ")
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=5.656854249
# expect: bbox=1,-2,1,2,2,2 center=1.5,0,1.5
