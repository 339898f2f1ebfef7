# >>Z[-2] orders by centre.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(">Z").workplane().rect(2, 2).extrude(2).faces(">>Z[-2]")
# expect: status=ok valid=true solids=0 faces=4 edges=12 vertices=8
# expect: volume=0 area=16
# expect: bbox=-1,-1,0.5,1,1,2.5 center=0,0,1.5
