# Outline and its offset: a frame.
import cadquery as cq
r = cq.Workplane().polygon(6, 8).extrude(1).faces(">Z").wires().toPending().offset2D(-1).cutThruAll()
# expect: status=ok valid=true solids=1 faces=14 edges=36 vertices=24
# expect: volume=20.53589838 area=82.14359354
# expect: bbox=-4,-3.464101615,0,4,3.464101615,1 center=0,0,0.5
