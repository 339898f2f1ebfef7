# An index that does not exist.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces(">Z[7]")
# expect: error kind=value line=3
