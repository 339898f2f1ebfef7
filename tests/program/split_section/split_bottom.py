# split keeps the bottom.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").workplane(-1).split(keepBottom=True)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=48 area=80
# expect: bbox=-2,-2,-2,2,2,1 center=0,0,-0.5
