# An argument that does not exist.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3, rounded=True)
# expect: error kind=value line=3
