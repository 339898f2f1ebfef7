# Three points on a line make no arc.
import cadquery as cq
r = cq.Workplane().threePointArc((1, 0), (2, 0)).lineTo(0, 3).close().extrude(1)
# expect: error kind=geometry line=3
