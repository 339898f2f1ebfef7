# A tag that was never set.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).faces(">Z", tag="lid")
# expect: error kind=value line=3
