# Sketches add, subtract and intersect.
import cadquery as cq
a = cq.Sketch().rect(4, 4)
b = cq.Sketch().push([(2, 2)]).circle(1).reset()
r = cq.Workplane().placeSketch(a - b).extrude(1).add(cq.Workplane(origin=(9, 0, 0)).placeSketch(a + b).extrude(1)).add(cq.Workplane(origin=(18, 0, 0)).placeSketch(a * b).extrude(1))
# expect: status=ok valid=true solids=3 faces=19 edges=39 vertices=26
# expect: volume=34.35619449 area=106.5663706
# expect: bbox=-2,-2,0,20,3,1 center=5.366969258,0.1468649945,0.5
