# A radius that does not fit.
import cadquery as cq
r = cq.Workplane().box(4, 3, 2).edges("|Z").fillet(2)
# expect: error kind=geometry line=3
