# A circle of negative radius.
import cadquery as cq
r = cq.Workplane().circle(-1).extrude(2)
# expect: error kind=geometry line=3
