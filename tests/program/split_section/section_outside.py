# A section that misses the part.
import cadquery as cq
r = cq.Workplane().box(4, 3, 2).section(7)
# expect: error kind=value
