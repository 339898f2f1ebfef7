# Sketch.moved.
import cadquery as cq
s = cq.Sketch().rect(2, 1).moved(cq.Location(cq.Vector(3, 4, 0), cq.Vector(0, 0, 1), 90))
r = cq.Workplane().placeSketch(s).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=2 area=10
# expect: bbox=2.5,3,0,3.5,5,1 center=3,4,0.5
