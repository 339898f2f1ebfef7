# offset of the outline, subtracted.
import cadquery as cq
r = cq.Sketch().rect(6, 4).wires().offset(-0.5, mode="s")
# expect: status=ok valid=true solids=0 faces=1 edges=8 vertices=8
# expect: volume=0 area=9
# expect: bbox=-3,-2,0,3,2,0 center=0,0,0
