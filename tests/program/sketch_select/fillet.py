# Rounded corners.
import cadquery as cq
r = cq.Sketch().rect(6, 4).vertices().fillet(1)
# expect: status=ok valid=true solids=0 faces=1 edges=8 vertices=8
# expect: volume=0 area=23.14159265
# expect: bbox=-3,-2,0,3,2,0 center=0,0,0
