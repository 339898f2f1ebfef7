# Two sketches make a loft.
import cadquery as cq
a = cq.Sketch().rect(4, 4)
b = cq.Sketch().circle(1)
r = cq.Workplane().placeSketch(a, b.moved(cq.Location(cq.Vector(0, 0, 3)))).loft()
# expect: status=ok valid=true solids=1 faces=7 edges=15 vertices=10
# expect: volume=26.3441231 area=54.55139272
# expect: bbox=-2.0000001,-2.0000001,-1e-07,2.0000001,2.0000001,3.0000001 center=0,0,1.13392953
