# Negative sizes are taken as they are.
import cadquery as cq
r = cq.Sketch().rect(-4, 2)
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=8
# expect: bbox=-2,-1,0,2,1,0 center=0,0,0
