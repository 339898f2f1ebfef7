# Outer and inner wall, each in halves.
import cadquery as cq
r = cq.Workplane().circle(3).circle(2).extrude(2, both=True)
# expect: status=ok valid=true solids=1 faces=6 edges=10 vertices=6
# expect: volume=62.83185307 area=157.0796327
# expect: bbox=-3,-3,-2,3,3,2 center=0,0,0
