# Arc by three points.
import cadquery as cq
r = cq.Sketch().arc((0, 0), (2, 2), (4, 0)).close().assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=2 vertices=2
# expect: volume=0 area=6.283185307
# expect: bbox=0,0,0,4,2,0 center=2,0.8488263632,0
