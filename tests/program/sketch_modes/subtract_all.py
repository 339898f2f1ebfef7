# Subtracting everything.
import cadquery as cq
r = cq.Workplane().placeSketch(cq.Sketch().rect(1, 1).rect(3, 3, mode="s")).extrude(1)
# expect: error kind=value line=3
