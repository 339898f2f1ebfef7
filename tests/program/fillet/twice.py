# One fillet after another.
import cadquery as cq
r = cq.Workplane().box(6, 6, 3).edges("|Z").fillet(1).faces(">Z").edges().fillet(0.4)
# expect: status=ok valid=true solids=1 faces=18 edges=40 vertices=24
# expect: volume=104.6789318 area=133.235959
# expect: bbox=-3,-3,-1.5,3,3,1.5 center=0,0,-0.01004419861
