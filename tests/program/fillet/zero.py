# A radius of zero.
import cadquery as cq
r = cq.Workplane().box(4, 3, 2).edges("|Z").fillet(0)
# expect: error kind=geometry line=3
