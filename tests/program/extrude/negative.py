# A negative distance goes against the normal.
import cadquery as cq
r = cq.Workplane().rect(2, 1).extrude(-3)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=6 area=22
# expect: bbox=-1,-0.5,-3,1,0.5,0 center=0,0,-1.5
