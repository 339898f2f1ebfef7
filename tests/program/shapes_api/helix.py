# Wire.makeHelix.
import cadquery as cq
r = cq.Wire.makeHelix(2, 6, 3)
# expect: status=ok valid=true solids=0 faces=0 edges=1 vertices=2
# expect: volume=0 area=0
# expect: bbox=-3.000000158,-3.000000158,-1e-07,3.000000158,3.000000158,6.0000001 center=0,0,3
