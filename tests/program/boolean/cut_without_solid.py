# cut needs a solid.
import cadquery as cq
r = cq.Workplane().rect(1, 1).cut(cq.Workplane().box(1, 1, 1))
# expect: error kind=value line=3
