# tag and select.
import cadquery as cq
r = cq.Sketch().rect(6, 4).vertices(">X").tag("right").reset().vertices("<X").tag("left").reset().select("right", "left").circle(0.5, mode="s")
# expect: status=ok valid=true solids=0 faces=1 edges=8 vertices=8
# expect: volume=0 area=23.21460184
# expect: bbox=-3,-2,0,3,2,0 center=0,0,0
