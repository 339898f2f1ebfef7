# All angles given.
import cadquery as cq
r = cq.Solid.makeSphere(2, cq.Vector(1, 0, 0), cq.Vector(0, 0, 1), -90, 90, 360)
# expect: status=ok valid=true solids=1 faces=1 edges=1 vertices=2
# expect: volume=33.51032164 area=50.26548246
# expect: bbox=-1,-2,-2,3,2,2 center=1,0,0
