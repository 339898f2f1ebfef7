# An auxiliary spine guides the turn.
import cadquery as cq
p = cq.Workplane("XZ").lineTo(0, 10)
a = cq.Workplane(cq.Wire.makeHelix(40, 10, 3))
r = cq.Workplane().rect(1, 2).sweep(p, auxSpine=a)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=20.00028912 area=64.18487026
# expect: bbox=-1.118051878,-1.118051878,-1.000000009e-07,1.118051878,1.118051878,10.0000001 center=0,0,5
