# split keeps the top.
import cadquery as cq
r = cq.Workplane().box(4, 4, 4).faces(">Z").workplane(-1).split(keepTop=True)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=16 area=48
# expect: bbox=-2,-2,1,2,2,2 center=0,0,1.5
