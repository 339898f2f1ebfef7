# A cut that makes two solids.
import cadquery as cq
r = cq.Workplane().box(6, 2, 2).faces(">Z").workplane().rect(1, 4).cutThruAll()
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=20 area=56
# expect: bbox=-3,-1,-1,3,1,1 center=0,0,0
