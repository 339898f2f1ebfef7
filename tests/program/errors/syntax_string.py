# A string without end.
import cadquery as cq
r = cq.Workplane("XY).box(1, 1, 1)
# expect: error kind=syntax line=3
