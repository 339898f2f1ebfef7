# An open wire has no face to extrude.
import cadquery as cq
r = cq.Workplane().lineTo(4, 0).lineTo(4, 3).extrude(1)
# expect: error kind=value line=3
