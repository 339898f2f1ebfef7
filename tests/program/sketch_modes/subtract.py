# mode="s".
import cadquery as cq
r = cq.Sketch().rect(4, 4).circle(1, mode="s")
# expect: status=ok valid=true solids=0 faces=1 edges=5 vertices=5
# expect: volume=0 area=12.85840735
# expect: bbox=-2,-2,0,2,2,0 center=0,0,0
