# Curved faces have no direction.
import cadquery as cq
r = cq.Workplane().circle(2).extrude(3).faces("|Z")
# expect: status=ok valid=true solids=0 faces=2 edges=2 vertices=2
# expect: volume=0 area=25.13274123
# expect: bbox=-2,-2,0,2,2,3 center=0,0,1.5
