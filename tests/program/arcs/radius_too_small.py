# A radius shorter than half the chord.
import cadquery as cq
r = cq.Workplane().lineTo(4, 0).radiusArc((4, 3), 1).lineTo(0, 3).close().extrude(1)
# expect: error kind=value line=3
