# Nothing in common leaves no shape.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).intersect(cq.Workplane(origin=(5, 0, 0)).box(1, 1, 1))
# expect: error kind=value
