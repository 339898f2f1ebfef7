# Points may lie off the plane.
import cadquery as cq
r = cq.Workplane().pushPoints([(0, 0, 0), (5, 0, 2)]).rect(1, 1).extrude(1)
# expect: error kind=value line=3
