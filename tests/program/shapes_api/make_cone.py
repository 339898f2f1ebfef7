# Solid.makeCone.
import cadquery as cq
r = cq.Solid.makeCone(3, 1, 4)
# expect: status=ok valid=true solids=1 faces=3 edges=3 vertices=2
# expect: volume=54.45427266 area=87.61444438
# expect: bbox=-3,-3,0,3,3,4 center=0,0,1.384615385
