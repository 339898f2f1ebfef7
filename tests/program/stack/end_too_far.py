# No parent left.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).end(5)
# expect: error kind=value line=3
