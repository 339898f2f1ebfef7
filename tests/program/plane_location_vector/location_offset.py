# A Location moves a shape.
import cadquery as cq
r = cq.Workplane(cq.Solid.makeBox(1, 2, 3).moved(cq.Location(cq.Vector(4, 5, 6))))
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=4,5,6,5,7,9 center=4.5,6,7.5
