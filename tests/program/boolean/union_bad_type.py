# union of a number.
import cadquery as cq
r = cq.Workplane().box(2, 2, 2).union(3)
# expect: error kind=value line=3
