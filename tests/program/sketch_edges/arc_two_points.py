# An arc from the last end.
import cadquery as cq
r = cq.Sketch().segment((0, 0), (4, 0)).arc((5, 1.5), (4, 3)).segment((0, 3)).close().assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=14.16788875
# expect: bbox=0,0,0,5,3,0 center=2.369204412,1.5,0
