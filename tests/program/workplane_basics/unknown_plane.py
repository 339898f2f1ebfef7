# A plane name that is not known.
import cadquery as cq
r = cq.Workplane("XQ").box(1, 1, 1)
# expect: error kind=value line=3
