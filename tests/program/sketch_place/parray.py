# parray over the full circle.
import cadquery as cq
r = cq.Sketch().parray(5, 0, 360, 6).rect(2, 1)
# expect: status=ok valid=true solids=0 faces=6 edges=24 vertices=24
# expect: volume=0 area=12
# expect: bbox=-6,-5.446152423,0,6,5.446152423,0 center=0,0,0
