# A circle.
import cadquery as cq
r = cq.Sketch().circle(2)
# expect: status=ok valid=true solids=0 faces=1 edges=1 vertices=1
# expect: volume=0 area=12.56637061
# expect: bbox=-2,-2,0,2,2,0 center=0,0,0
