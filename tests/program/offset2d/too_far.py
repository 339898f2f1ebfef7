# An offset that leaves nothing.
import cadquery as cq
r = cq.Workplane().rect(4, 3).offset2D(-2).extrude(1)
# expect: error kind=value line=3
