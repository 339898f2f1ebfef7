# Offset outwards with round corners.
import cadquery as cq
r = cq.Workplane().rect(4, 3).offset2D(0.5).extrude(1)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=19.78539816 area=56.71238898
# expect: bbox=-2.5,-2,0,2.5,2,1 center=0,0,0.5
