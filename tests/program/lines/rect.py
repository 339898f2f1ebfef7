# rect is centred.
import cadquery as cq
r = cq.Workplane().rect(4, 2).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=8 area=28
# expect: bbox=-2,-1,0,2,1,1 center=0,0,0.5
