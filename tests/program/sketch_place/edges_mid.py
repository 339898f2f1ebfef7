# Selected edges stand for their middles.
import cadquery as cq
r = cq.Sketch().rect(6, 4).edges("|X").circle(1, mode="s")
# expect: status=ok valid=true solids=0 faces=1 edges=8 vertices=8
# expect: volume=0 area=20.85840735
# expect: bbox=-3,-2,0,3,2,0 center=0,0,0
