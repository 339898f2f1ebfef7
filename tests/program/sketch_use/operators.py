# Sketches add, subtract and intersect.
import cadquery as cq
a = cq.Sketch().rect(4, 4)
b = cq.Sketch().push([(2, 2)]).circle(1)
r = cq.Workplane().placeSketch(a - b).extrude(1).add(cq.Workplane(origin=(9, 0, 0)).placeSketch(a + b).extrude(1)).add(cq.Workplane(origin=(18, 0, 0)).placeSketch(a * b).extrude(1))
# expect: error kind=value line=5
