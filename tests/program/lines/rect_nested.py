# A rect inside a rect is a hole.
import cadquery as cq
r = cq.Workplane().rect(4, 2).rect(2, 1).extrude(1)
# expect: status=ok valid=true solids=1 faces=10 edges=24 vertices=16
# expect: volume=6 area=30
# expect: bbox=-2,-1,0,2,1,1 center=0,0,0.5
