# Locations multiply, invert and repeat.
import cadquery as cq
a = cq.Location(cq.Vector(1, 0, 0), cq.Vector(0, 0, 1), 90)
r = cq.Solid.makeBox(1, 2, 3).moved(a * cq.Location(cq.Vector(5, 0, 0)) * a.inverse)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=0,5,0,1,7,3 center=0.5,6,1.5
