# Circles at the corners.
import cadquery as cq
r = cq.Sketch().rect(6, 4).vertices().circle(1).reset()
# expect: status=ok valid=true solids=0 faces=9 edges=22 vertices=14
# expect: volume=0 area=33.42477796
# expect: bbox=-4,-3,0,4,3,0 center=0,0,0
