# Only one corner.
import cadquery as cq
r = cq.Sketch().rect(6, 4).vertices(">X and >Y").fillet(1)
# expect: status=ok valid=true solids=0 faces=1 edges=5 vertices=5
# expect: volume=0 area=23.78539816
# expect: bbox=-3,-2,0,3,2,0 center=-0.02505193883,-0.01602951948,0
