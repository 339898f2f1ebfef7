# siblings with a level.
import cadquery as cq
r = cq.Workplane().polygon(8, 10).extrude(2).faces(">Y").siblings("Edge", 2)
# expect: status=ok valid=true solids=0 faces=6 edges=19 vertices=14
# expect: volume=0 area=45.92201188
# expect: bbox=-5,-5,0,5,3.535533906,2 center=0,-1.422588984,1
