# Too many arguments.
import cadquery as cq
r = cq.Workplane().circle(1, False, 3, 4)
# expect: error kind=value line=3
