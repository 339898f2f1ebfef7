# An unknown transition.
import cadquery as cq
r = cq.Workplane().rect(1, 2).sweep(cq.Workplane("XZ").polyline([(0, 0), (0, 5), (5, 10)]), transition="sharp")
# expect: error kind=value line=3
