# Nothing selected.
import cadquery as cq
r = cq.Sketch().rect(2, 2).distribute(3).circle(0.1)
# expect: error kind=value line=3
