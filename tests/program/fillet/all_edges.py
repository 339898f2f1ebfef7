# Every edge of a box.
import cadquery as cq
r = cq.Workplane().box(4, 3, 2).edges().fillet(0.3)
# expect: status=ok valid=true solids=1 faces=26 edges=48 vertices=24
# expect: volume=23.34084938 area=47.26265362
# expect: bbox=-2,-1.5,-1,2,1.5,1 center=0,0,0
