# Solid.makeWedge.
import cadquery as cq
r = cq.Solid.makeWedge(4, 3, 2, 1, 0.5, 3, 1.5)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=14 area=37.73512057
# expect: bbox=0,0,0,4,3,2 center=2,1.178571429,1
