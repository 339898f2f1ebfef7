# Cut corners.
import cadquery as cq
r = cq.Sketch().rect(6, 4).vertices().chamfer(0.5)
# expect: status=ok valid=true solids=0 faces=1 edges=8 vertices=8
# expect: volume=0 area=23.5
# expect: bbox=-3,-2,0,3,2,0 center=0,0,0
