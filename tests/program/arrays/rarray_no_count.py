# At least one row.
import cadquery as cq
r = cq.Workplane().rarray(3, 4, 0, 2).circle(1).extrude(1)
# expect: error kind=value line=3
