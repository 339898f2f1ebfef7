# Nothing to round.
import cadquery as cq
r = cq.Workplane().rect(1, 1).edges().fillet(0.1)
# expect: error kind=value line=3
