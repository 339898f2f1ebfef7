# Nothing to extrude.
import cadquery as cq
r = cq.Workplane().extrude(1)
# expect: error kind=value line=3
