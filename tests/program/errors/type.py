# A word where a number belongs.
import cadquery as cq
r = cq.Workplane().box("wide", 1, 1)
# expect: error kind=value line=3
