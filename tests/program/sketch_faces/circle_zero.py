# A circle of radius zero.
import cadquery as cq
r = cq.Sketch().circle(0)
# expect: error kind=value line=3
