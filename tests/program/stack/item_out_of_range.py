# item beyond the stack.
import cadquery as cq
r = cq.Workplane().box(1, 2, 3).item(4)
# expect: error kind=value line=3
