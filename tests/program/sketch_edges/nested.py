# Two chains: an outline with a hole.
import cadquery as cq
r = cq.Sketch().segment((0, 0), (6, 0)).segment((6, 6)).segment((0, 6)).segment((0, 0)).arc((3, 3), 1, 0, 360).assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=5 vertices=5
# expect: volume=0 area=32.85840735
# expect: bbox=0,0,0,6,6,0 center=3,3,0
