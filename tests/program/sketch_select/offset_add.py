# offset outwards.
import cadquery as cq
r = cq.Sketch().circle(3).wires().offset(1)
# expect: status=ok valid=true solids=0 faces=2 edges=2 vertices=2
# expect: volume=0 area=50.26548246
# expect: bbox=-4,-4,0,4,4,0 center=0,0,0
