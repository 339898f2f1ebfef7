# A cone with a tip.
import cadquery as cq
r = cq.Solid.makeCone(3, 0, 4)
# expect: status=ok valid=true solids=1 faces=2 edges=2 vertices=2
# expect: volume=37.69911184 area=75.39822369
# expect: bbox=-3,-3,0,3,3,4 center=0,0,1
