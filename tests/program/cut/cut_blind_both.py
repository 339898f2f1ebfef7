# both=True cuts to each side of the plane.
import cadquery as cq
r = cq.Workplane().box(6, 6, 6).rect(2, 2).cutBlind(2, both=True)
# expect: status=ok valid=true solids=1 faces=12 edges=24 vertices=16
# expect: volume=200 area=256
# expect: bbox=-3,-3,-3,3,3,3 center=0,0,0
