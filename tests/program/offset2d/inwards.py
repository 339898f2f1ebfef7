# A negative offset.
import cadquery as cq
r = cq.Workplane().rect(4, 3).offset2D(-0.5).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-1.5,-1,0,1.5,1,1 center=0,0,0.5
