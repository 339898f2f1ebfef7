# A negative sweep.
import cadquery as cq
r = cq.Sketch().arc((1, 1), 2, 30, -150).close().assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=2 vertices=2
# expect: volume=0 area=4.235987756
# expect: bbox=0,-1,0,3,2,0 center=1.802343555,0.1976564452,0
