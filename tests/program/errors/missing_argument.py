# An argument is missing.
import cadquery as cq
r = cq.Workplane().box(1, 2)
# expect: error kind=value line=3
