# A plane that is not known.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).mirror("XX")
# expect: error kind=value line=3
