# expect: kind=syntax
import cadquery as cq
r = cq.Workplane().rect(1, 2).extrude(
