# end(2).
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces(">Z").edges().end(2)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
