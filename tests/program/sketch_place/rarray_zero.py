# No row.
import cadquery as cq
r = cq.Sketch().rarray(3, 2, 0, 2).circle(0.5)
# expect: error kind=value line=3
