# taper on both sides.
import cadquery as cq
r = cq.Workplane().rect(4, 3).extrude(2, taper=10, both=True)
# expect: status=ok valid=true solids=1 faces=10 edges=20 vertices=12
# expect: volume=38.7889681 area=66.2549904
# expect: bbox=-2,-1.5,-2,2,1.5,2 center=0,0,0
