# An unknown kind.
import cadquery as cq
r = cq.Workplane().rect(4, 3).offset2D(1, "round").extrude(1)
# expect: error kind=value line=3
