# An open chain.
import cadquery as cq
r = cq.Sketch().segment((0, 0), (4, 0)).segment((4, 3)).assemble()
# expect: status=ok valid=false solids=0 faces=1 edges=2 vertices=3
# expect: volume=0 area=12
# expect: bbox=0,0,0,4,3,0 center=2,1.5,0
