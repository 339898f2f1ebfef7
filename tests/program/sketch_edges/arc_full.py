# 360 degrees make a circle.
import cadquery as cq
r = cq.Sketch().arc((1, 1), 2, 0, 360).assemble()
# expect: status=ok valid=true solids=0 faces=1 edges=1 vertices=1
# expect: volume=0 area=12.56637061
# expect: bbox=-1,-1,0,3,3,0 center=1,1,0
