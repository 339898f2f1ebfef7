# toPending makes wires pending again.
import cadquery as cq
r = cq.Workplane().box(4, 4, 1).faces(">Z").wires().toPending().extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=32 area=64
# expect: bbox=-2,-2,-0.5,2,2,1.5 center=0,0,0.5
