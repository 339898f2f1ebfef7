# Arc by centre, radius, start and sweep.
import cadquery as cq
r = cq.Sketch().arc((1, 1), 2, 0, 90).segment((1, 1)).close().assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=3 vertices=3
# expect: volume=0 area=3.141592654
# expect: bbox=1,1,0,3,3,0 center=1.848826363,1.848826363,0
