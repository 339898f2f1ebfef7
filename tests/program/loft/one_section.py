# One section is not enough.
import cadquery as cq
r = cq.Workplane().rect(4, 4).loft()
# expect: error kind=value line=3
