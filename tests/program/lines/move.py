# move is relative, moveTo absolute.
import cadquery as cq
r = cq.Workplane().moveTo(2, 1).move(1, 1).rect(1, 1).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=1 area=6
# expect: bbox=2.5,1.5,0,3.5,2.5,1 center=3,2,0.5
