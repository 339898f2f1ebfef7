# >>X without an index is the farthest.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).edges(">>X")
# expect: status=ok valid=true solids=0 faces=0 edges=4 vertices=4
# expect: volume=0 area=0
# expect: bbox=2,-2,-0.5,2,2,0.5 center=2,0,0
