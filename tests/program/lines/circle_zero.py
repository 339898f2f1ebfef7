# A circle of radius zero.
import cadquery as cq
r = cq.Workplane().circle(0).extrude(2)
# expect: error kind=value line=3
