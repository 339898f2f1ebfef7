# expect: kind=value|geometry
import cadquery as cq
r = cq.Workplane().rect(1, 2).extrude(0)
