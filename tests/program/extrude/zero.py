# A distance of zero.
import cadquery as cq
r = cq.Workplane().rect(2, 1).extrude(0)
# expect: error kind=geometry line=3
