# Solid.makeSphere is a half by default.
import cadquery as cq
r = cq.Solid.makeSphere(2)
# expect: status=ok valid=true solids=1 faces=2 edges=2 vertices=2
# expect: volume=16.75516082 area=37.69911184
# expect: bbox=-2,-2,0,2,2,2 center=0,0,0.75
