# rect with centered per axis.
import cadquery as cq
r = cq.Workplane().rect(4, 2, centered=(True, False)).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=8 area=28
# expect: bbox=-2,0,0,2,2,1 center=0,1,0.5
