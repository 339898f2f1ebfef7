# Offset, axis and angle in degrees.
import cadquery as cq
r = cq.Solid.makeBox(1, 2, 3).moved(cq.Location(cq.Vector(4, 0, 0), cq.Vector(0, 0, 1), 30))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=3,0,0,4.866025404,2.232050808,3 center=3.933012702,1.116025404,1.5
