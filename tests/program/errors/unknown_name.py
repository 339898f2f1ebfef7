# A name that was never assigned.
import cadquery as cq
r = cq.Workplane().box(width, 1, 1)
# expect: error kind=value line=3
