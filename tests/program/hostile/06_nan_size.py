# expect: kind=value|geometry
import cadquery as cq
n = float('nan')
r = cq.Workplane().rect(n, 1).extrude(1)
