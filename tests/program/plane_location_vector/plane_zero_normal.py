# A normal of no length.
import cadquery as cq
p = cq.Plane((0, 0, 0), (1, 0, 0), (0, 0, 0))
r = cq.Workplane(p).box(1, 1, 1)
# expect: error kind=value line=3
