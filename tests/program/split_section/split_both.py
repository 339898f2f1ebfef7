# split keeps both.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").workplane(-1).split(keepTop=True, keepBottom=True)
# expect: status=ok valid=true solids=2 faces=12 edges=24 vertices=16
# expect: volume=64 area=128
# expect: bbox=-2,-2,-2,2,2,2 center=0,0,0
