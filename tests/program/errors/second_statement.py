# The statement that fails is named.
import cadquery as cq
a = cq.Workplane().box(1, 1, 1)
b = a.edges("|Z").fillet(0.1)
r = b.edges("|Z").fillet(0.9).edges()
# expect: error kind=geometry line=5
