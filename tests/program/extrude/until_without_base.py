# until needs a solid to reach.
import cadquery as cq
r = cq.Workplane().rect(2, 1).extrude("next")
# expect: error kind=value line=3
