# A word plus a number.
import cadquery as cq
r = cq.Workplane().box("1" + 1, 1, 1)
# expect: error kind=value line=3
