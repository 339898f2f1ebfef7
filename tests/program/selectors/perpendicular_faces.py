# #Z on faces.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces("#Z")
# expect: status=ok valid=true solids=0 faces=4 edges=12 vertices=8
# expect: volume=0 area=18
# expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0
