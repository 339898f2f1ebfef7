# rarray, centred.
import cadquery as cq
r = cq.Sketch().rarray(3, 2, 3, 2).circle(0.5)
# expect: status=ok valid=true solids=0 faces=6 edges=6 vertices=6
# expect: volume=0 area=4.71238898
# expect: bbox=-3.5,-1.5,0,3.5,1.5,0 center=0,0,0
