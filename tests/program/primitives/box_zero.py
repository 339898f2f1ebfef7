# A box of zero height is the kernel's error.
import cadquery as cq
r = cq.Workplane().box(1, 2, 0)
# expect: error kind=geometry line=3
