# Division by zero.
import cadquery as cq
n = 0
r = cq.Workplane().box(1 / n, 1, 1)
# expect: error kind=value line=4
