# A trapezoid by base, height and angle.
import cadquery as cq
r = cq.Sketch().trapezoid(6, 3, 60)
# expect: status=ok valid=true solids=0 faces=1 edges=4 vertices=4
# expect: volume=0 area=12.80384758
# expect: bbox=-3,-1.5,0,3,1.5,0 center=0,-0.2029137098,0
