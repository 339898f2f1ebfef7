# Text after the selector.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces(">Z Z")
# expect: error kind=value line=3
