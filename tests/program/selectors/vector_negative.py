# A vector with negative and broken numbers.
import cadquery as cq
r = cq.Workplane().polygon(6, 4).extrude(1).faces(">(-1, 0.5, 0)")
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=2
# expect: bbox=-2,0,0,-1,1.732050808,1 center=-1.5,0.8660254038,0.5
