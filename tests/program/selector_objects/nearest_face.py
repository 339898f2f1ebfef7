# Nearest goes by the centre.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces(cq.NearestToPointSelector((0, -5, 0)))
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=3
# expect: bbox=-0.5,-1,-1.5,0.5,-1,1.5 center=0,-1,0
