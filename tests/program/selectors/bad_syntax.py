# A selector that cannot be read.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces(">W")
# expect: error kind=value line=3
