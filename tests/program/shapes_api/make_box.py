# Solid.makeBox with corner and direction.
import cadquery as cq
r = cq.Solid.makeBox(1, 2, 3, cq.Vector(1, 1, 1), cq.Vector(1, 0, 0))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=1,-1,1,4,1,2 center=2.5,0,1.5
