# A line of no length is the kernel's error.
import cadquery as cq
r = cq.Workplane().lineTo(0, 0).lineTo(1, 1).close().extrude(1)
# expect: error kind=geometry line=3
