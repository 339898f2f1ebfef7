# Defaults, keywords, return.
import cadquery as cq
def plate(w, h=2, *, t=1):
    return cq.Workplane().box(w, h, t)
r = plate(4, t=3)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=24 area=52
# expect: bbox=-2,-1,-1.5,2,1,1.5 center=0,0,0
