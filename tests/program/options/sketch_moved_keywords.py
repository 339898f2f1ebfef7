# moved with keywords, located.
import cadquery as cq
s = cq.Sketch().rect(2, 1)
r = cq.Workplane().placeSketch(s.moved(x=3, rz=30), s.located(cq.Location(cq.Vector(0, 5, 0)))).extrude(1)
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=4 area=20
# expect: bbox=-1,-0.9330127019,0,4.116025404,0.9330127019,1 center=1.5,0,0.5
