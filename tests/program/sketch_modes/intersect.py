# mode="i".
import cadquery as cq
r = cq.Sketch().rect(4, 4).circle(2.3, mode="i")
# expect: status=ok valid=true solids=0 faces=1 edges=8 vertices=8
# expect: volume=0 area=14.77666451
# expect: bbox=-2,-2,0,2,2,0 center=0,0,0
