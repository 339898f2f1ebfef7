# The unknown method is named.
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).smoothen(0.1)
# expect: error kind=unsupported line=3 message~="smoothen"
