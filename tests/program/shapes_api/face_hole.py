# Face.makeFromWires with an inner wire.
import cadquery as cq
r = cq.Face.makeFromWires(cq.Wire.makeCircle(3, (0, 0, 0), (0, 0, 1)), [cq.Wire.makeCircle(1, (0, 0, 0), (0, 0, 1))])
# expect: status=ok valid=true solids=0 faces=1 edges=2 vertices=2
# expect: volume=0 area=25.13274123
# expect: bbox=-3,-3,0,3,3,0 center=0,0,0
