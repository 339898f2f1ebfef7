# expect: kind=value|geometry|limit
import cadquery as cq
r = cq.Workplane().box(1e300, 1e300, 1e300).union(cq.Workplane().sphere(1e299))
