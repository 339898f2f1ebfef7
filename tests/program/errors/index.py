# An index out of range.
import cadquery as cq
a = [1, 2]
r = cq.Workplane().box(a[2], 1, 1)
# expect: error kind=value line=4
