# A chamfer that does not fit.
import cadquery as cq
r = cq.Workplane().box(4, 3, 2).edges("|Z").chamfer(5)
# expect: error kind=geometry line=3
