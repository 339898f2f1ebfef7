# A section with a hole.
import cadquery as cq
r = cq.Workplane().circle(3).circle(1).extrude(4).section(2)
# expect: status=ok valid=true solids=0 faces=1 edges=2 vertices=2
# expect: volume=0 area=25.13274123
# expect: bbox=-3,-3,2,3,3,2 center=0,0,2
