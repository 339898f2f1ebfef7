# No element at all.
import cadquery as cq
r = cq.Workplane().polarArray(10, 0, 360, 0).rect(2, 1).extrude(1)
# expect: error kind=value line=3
