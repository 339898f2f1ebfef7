# The rim of a cylinder.
import cadquery as cq
r = cq.Workplane().circle(3).extrude(2).edges(">Z").fillet(0.5)
# expect: status=ok valid=true solids=1 faces=4 edges=5 vertices=3
# expect: volume=55.57502863 area=90.09142368
# expect: bbox=-3,-3,0,3.0000001,3,2 center=0,0,0.9844686326
