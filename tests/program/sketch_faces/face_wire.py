# face() of a wire.
import cadquery as cq
r = cq.Sketch().face(cq.Wire.makeCircle(2, cq.Vector(1, 0, 0), cq.Vector(0, 0, 1)))
# expect: status=ok valid=true solids=0 faces=1 edges=1 vertices=1
# expect: volume=0 area=12.56637061
# expect: bbox=-1,-2,0,3,2,0 center=1,0,0
