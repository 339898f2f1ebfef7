# A negative length is the kernel's error.
import cadquery as cq
r = cq.Workplane().box(1, -2, 3)
# expect: error kind=geometry line=3
