# Tapered outline with a hole.
import cadquery as cq
r = cq.Workplane().rect(8, 8).circle(2).extrude(2, taper=5)
# expect: error kind=value line=3
